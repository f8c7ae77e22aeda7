"""What a form posts without a form class: words and numbers that anybody may have written by hand."""

from __future__ import annotations

from django.http import HttpRequest

LONGEST_NUMBER = 18  # digits that every database can hold


def words(request: HttpRequest, name: str) -> str:
    """With a space for NUL, which PostgreSQL refuses, and without the spaces around."""
    return request.POST.get(name, "").replace("\0", " ").strip()


def number(request: HttpRequest, name: str) -> int:
    """0, the key of no row, for what is no number or too long for one."""
    return key(request.POST.get(name, ""))


def key(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0
