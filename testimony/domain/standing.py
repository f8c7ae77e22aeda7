"""How a reference stands to the library today, in words for the editor."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.blocks import StructValue
from wagtail.rich_text import expand_db_html

from testimony.blocks import PlacedBlock
from testimony.domain.pinning import CARE
from testimony.domain.resolve import plain_text
from testimony.enums import ReferenceMode
from testimony.formats import written_as_text
from testimony.models import PinnedItem, Source, Statistic, TalkingPoint
from testimony.richtext import References, reference_cache, within

Standing = dict[str, Any]  # words, changed, url, says: as the editor's scripts read it
NOTES = ".note-ref, .footnote, .note-again"


def standing_of_block(block: PlacedBlock, value: StructValue) -> Standing | None:
    """Of the item that a block places; None while none is chosen."""
    item = value.get(block.item_name)
    if item is None:
        return None
    with reference_cache(value) as references:
        mode, pin = value.get("mode") or ReferenceMode.FOLLOW, value.get("pin")
        living = item if item.live else None
        said = standing(references, living, mode, item, pin)
        return {**said, "says": says(references, living, mode, pin)}


def says(references: References, living: Any, mode: str, pin: int | None) -> str:
    """What is printed of a placed item, as plain text. Empty where nothing is printed, and for a wording of one's
    own, which stands beside it."""
    if living is None or mode == ReferenceMode.ADAPTED:
        return ""
    # What follows the library may still name the pin that it once had.
    pin = pin if mode == ReferenceMode.PINNED else None
    pinned = references.pinned(living, pin)
    if pinned is None and pin is not None:
        return ""
    item = pinned.item if pinned else living
    with written_as_text(), within(pinned):
        if isinstance(item, Statistic):
            return f"{item.display} {item.label}"
        return plain_text(expand_db_html(item.text), without=NOTES)


def standing(
    references: References,
    living: Model | None,
    mode: str,
    named: Model,
    pin: int | None,
) -> Standing:
    """`living` is the published item, None when there is none; `named` says which one is meant."""
    if living is None:
        return _said(_("No longer published: nothing is printed here."), changed=True)
    if mode == ReferenceMode.FOLLOW:
        return _said(_("Follows the library."))
    pinned = references.pinned(named, pin)
    if mode == ReferenceMode.ADAPTED:
        return _adapted(references, living, pinned)
    if pinned is None:
        if pin is None:
            return _said(_("Today’s wording is kept when you save."))
        return _said(_("The wording that was kept is gone: nothing is printed here."), changed=True)
    return _pinned(references, living, pinned)


def has_changed(references: References, living: Model, pinned: PinnedItem) -> bool:
    """Whether the published item, or anything it showed, reads differently from what the pin holds."""
    if printed(living) != printed(pinned.item):
        return True
    for (model, pk), part in pinned.parts.items():
        today = references.statistics.get(pk) if model is Statistic else references.sources.get(pk)
        if today is None or printed(today) != printed(part):
            return True
    return False


def printed(item: Model) -> tuple:
    """What documents print of an item, and what it names."""
    if isinstance(item, TalkingPoint):
        return (item.text,)
    if isinstance(item, Statistic):
        return (item.display, item.label, item.source_id)
    return tuple(
        getattr(item, column.attname)
        for column in Source._meta.concrete_fields
        if column.name not in CARE
    )


def _pinned(references: References, living: Any, pinned: PinnedItem) -> Standing:
    day = _day(pinned.taken_at)
    if not has_changed(references, living, pinned):
        return _said(_("Pinned on %(day)s. The library says the same today.") % {"day": day})
    if isinstance(living, Statistic) and living.display != pinned.item.display:
        words = _("Pinned: %(then)s as of %(day)s. The library now says %(now)s.") % {
            "then": pinned.item.display,
            "day": day,
            "now": living.display,
        }
    else:
        words = _("Pinned on %(day)s. The library has changed since.") % {"day": day}
    return _said(words, changed=True, url=_difference(pinned))


def _adapted(references: References, living: Model, pinned: PinnedItem | None) -> Standing:
    if pinned is None:
        return _said(_("Our own wording, adapted from the library."))
    day = _day(pinned.taken_at)
    if has_changed(references, living, pinned):
        words = _("Our own wording, adapted on %(day)s. The library has changed since.")
        return _said(words % {"day": day}, changed=True, url=_difference(pinned))
    return _said(_("Our own wording, adapted from the library on %(day)s.") % {"day": day})


def _said(words: str, *, changed: bool = False, url: str = "") -> Standing:
    return {"words": words, "changed": changed, "url": url}


def _difference(pinned: PinnedItem) -> str:
    return reverse("testimony:pin_difference", args=[pinned.pin_id])


def _day(moment: dt.datetime) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
