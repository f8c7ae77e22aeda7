"""Names a block of a page for people: events know no document types, only that pages hold streams."""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

PREFIX = "block-"  # print HTML carries id="block-<uuid>"


def describe_block(page: Page, block_id: str | None) -> str:
    """For example: number 3 (Statistic). Empty when the page has no such block."""
    if not block_id:
        return ""
    wanted = block_id.removeprefix(PREFIX)
    for field in page._meta.get_fields():
        if not isinstance(field, StreamField):
            continue
        for number, child in enumerate(getattr(page, field.name), start=1):
            if child.id == wanted:
                return _("number %(number)d (%(kind)s)") % {
                    "number": number,
                    "kind": child.block.label or child.block_type,
                }
    return ""
