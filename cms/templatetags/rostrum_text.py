"""Filters for words and addresses that may run against the direction of the document they stand in."""

from __future__ import annotations

from django import template

from cms import directions

register = template.Library()
register.simple_tag(directions.comma)
register.simple_tag(directions.isolated_run)
register.filter("isolated", directions.isolated)
register.filter("numbers_kept", directions.numbers_kept)
register.filter("unbroken", directions.unbroken)
register.filter("isolated_lines", directions.isolated_lines)
register.filter("address", directions.address)
register.filter("direction", directions.direction_of)
