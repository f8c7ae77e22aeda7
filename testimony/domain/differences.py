"""What changed in an item, side by side, and where a document shows it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, Model
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.admin.compare import TextDiff, diff_text
from wagtail.fields import RichTextField
from wagtail.models import Revision
from wagtail.rich_text import expand_db_html

from testimony.domain.references import Reference, references_of
from testimony.domain.resolve import plain_text
from testimony.domain.ripples import changed_fields
from testimony.domain.use_graph import Key, below, key_of
from testimony.models import DocumentPage
from testimony.richtext import reference_cache

PLACES = 5  # of one item in one document


@dataclass(frozen=True)
class Difference:
    """One field. What was taken away is marked in `before`, what came in `after`."""

    label: str
    before: SafeString
    after: SafeString


def differences(before: Revision | None, after: Revision | None) -> list[Difference] | None:
    """What readers see of an item, in two versions; None when one of them is not kept any more."""
    if before is None or after is None:
        return None
    old, new = before.as_object(), after.as_object()
    return [difference(old, new, name) for name in changed_fields(old, new)]


def places(page: DocumentPage, item: Model) -> list[str]:
    """The words of `page` around `item`, a text for each place, as they read now."""
    key = key_of(item)
    found: dict[str, str] = {}
    references = [(_key(reference), reference.path) for reference in references_of(page)]
    shown = below({named for named, _path in references})
    with reference_cache(page.body, getattr(page, "ask", "")):
        for named, path in references:
            if path not in found and (named == key or key in shown.get(named, ())):
                found[path] = _words_at(page, path)
    return [words for words in found.values() if words][:PLACES]


def _key(reference: Reference) -> Key:
    return Key(ContentType.objects.get_for_model(reference.model).pk, reference.object_id)


def _words_at(page: DocumentPage, path: str) -> str:
    field_name, _dot, block_id = path.partition(".")
    value = getattr(page, field_name)
    if not block_id:
        return plain_text(expand_db_html(value)) if isinstance(value, str) else str(value or "")
    for child in value:
        if child.id == block_id:
            context = {"medium": "web", "show_gaps": True, "page": page}
            return plain_text(child.render(context))
    return ""


def difference(old: Model, new: Model, name: str) -> Difference:
    field: Any = type(new)._meta.get_field(name)
    before, after = marked(*[readable(item, field) for item in (old, new)])
    return Difference(capfirst(str(field.verbose_name)), before, after)


def marked(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both texts, with what went marked in the one and what came in the other."""
    changes = diff_text(before, after).changes
    return (
        TextDiff([part for part in changes if part[0] != "addition"]).to_html(),
        TextDiff([part for part in changes if part[0] != "deletion"]).to_html(),
    )


def readable(item: Model, field: Any) -> str:
    """As people read it: references resolved, choices in words, the name behind a key."""
    value = getattr(item, field.attname)
    if isinstance(field, RichTextField):
        return plain_text(expand_db_html(value or ""))
    if isinstance(field, ForeignKey):
        return str(field.remote_field.model._default_manager.filter(pk=value).first() or "")
    if field.choices:
        return str(getattr(item, f"get_{field.name}_display")())
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"  # as it was typed, without the zeros of the column
    return "" if value is None else str(value)
