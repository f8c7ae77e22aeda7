"""What a document needs before others decide on it: some text, and an issue. Drafts are free.

Asked by the editor's form (in words beside the field), by every way of publishing, and by the workflow. A
testimony that was imported (it has a `source_key`) is exempt from the rule about issues: old documents come
with what their source knew.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue, StructValue
from wagtail.rich_text import RichText

# Headings alone say nothing.
HEADINGS = frozenset({"heading", "subheading"})
# What a block of several fields is about; the others have defaults or only go with it.
MAIN_FIELD = {
    "quote": "text",
    "talking_point": "point",
    "statistic": "statistic",
    "chart": "rows",
    "image": "image",
}
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


def has_words(text: str) -> bool:
    """True when rich or plain `text` shows something: a letter, a figure or note placed by reference."""
    if "<embed" in text:
        return True
    return bool(INVISIBLE.sub("", html.unescape(strip_tags(text))).strip())


def says_something(name: str, value: Any) -> bool:
    """Whether the block `name` shows anything."""
    if name in HEADINGS or value is None:
        return False
    if isinstance(value, StructValue):
        main = value.get(MAIN_FIELD.get(name, ""))
        return says_something("", main)
    if isinstance(value, RichText):
        return has_words(value.source)
    if isinstance(value, str):
        return has_words(value)
    if rows := getattr(value, "row_data", None):
        return any(says_something("", cell) for row in rows for cell in row["values"])
    return bool(value)


def what_is_missing(
    *, body: StreamValue | None, texts: Iterable[str], issues: Iterable[object], imported: bool
) -> dict[str, str]:
    """Field and sentence for each thing that is missing; `texts` are words outside the body."""
    missing: dict[str, str] = {}
    blocks = body or ()
    written = any(has_words(text) for text in texts)
    if not written and not any(says_something(b.block_type, b.value) for b in blocks):
        missing["body"] = _("Write some text before you submit or publish it.")
    if not imported and not list(issues):
        missing["issues"] = needs_issue()
    return missing


def needs_issue() -> str:
    return _("Choose at least one issue before you submit or publish it.")


def check_ready(page: Any) -> None:
    """Raise ValidationError, by field, when `page` may not be submitted, approved or published as it is."""
    missing = what_is_missing(
        body=page.body,
        texts=[getattr(page, name) for name in page.own_texts],
        issues=page.issues.all(),
        imported=page.is_imported,
    )
    if missing:
        raise ValidationError(missing)
