"""Pinning: keeping for a document what an item of the library says today."""

from __future__ import annotations

import hashlib
import json

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import Revision

from testimony.domain.references import references_of
from testimony.enums import ReferenceMode
from testimony.models import Pin, PinPart, Source, Statistic, built
from testimony.models.library_item import LibraryItem

# Not words: who keeps the item, whether it is published, locked, scheduled.
CARE = {field.name for field in LibraryItem._meta.get_fields()}


class PinRefused(Exception):
    """Raised with a sentence that says why a reference cannot be pinned like that."""


class NotPublished(PinRefused):
    """There are no public words to keep."""


class PinOfAnother(PinRefused):
    """The pin keeps another item, or is gone."""


@transaction.atomic
def pin_current(item: LibraryItem, *, user=None) -> Pin:
    """The pin of what `item` says to the public now, with all that it shows; the same one until that changes.

    A newer draft is not looked at. Raises NotPublished.
    """
    row = type(item)._default_manager.select_related("live_revision").filter(pk=item.pk).first()
    if row is None or not row.live:
        raise NotPublished(
            _("“%(item)s” is not published, so there are no words to keep.") % {"item": item}
        )
    revision = published_revision(row, user=user)
    parts = [published_revision(part, user=user) for part in _shown_by(row)]
    names = [revision.pk, *sorted({part.pk for part in parts})]
    pin, new = Pin.objects.get_or_create(
        key=hashlib.sha256(json.dumps(names).encode()).hexdigest(),
        defaults={
            "content_type": ContentType.objects.get_for_model(row),
            "object_id": row.pk,
            "revision": revision,
            "created_by": user,
        },
    )
    if new:
        PinPart.objects.bulk_create([PinPart(pin=pin, revision_id=pk) for pk in names[1:]])
    return pin


def settle(item: LibraryItem | None, mode: str, pin_id: int | None) -> int | None:
    """The pin that a reference in `mode` holds: none while it follows, a new one where none is named.

    Raises PinRefused: the item is not published, or `pin_id` keeps something else.
    """
    if item is None or mode == ReferenceMode.FOLLOW:
        return None
    if pin_id is not None:
        if not pins_of(item).filter(pk=pin_id).exists():
            raise PinOfAnother(
                _("The kept wording belongs to something else. Choose again what is to be kept.")
            )
        return pin_id
    try:
        return pin_current(item, user=get_active_log_context().user).pk
    except NotPublished:
        if mode == ReferenceMode.ADAPTED:
            return None
        raise


def pins_of(item: LibraryItem):
    return Pin.objects.filter(
        content_type=ContentType.objects.get_for_model(item), object_id=item.pk
    )


def published_revision(row: LibraryItem, *, user=None) -> Revision:
    """The revision that says what the published `row` says, which is then its live one.

    It is not the latest one, so that a waiting draft stays what the editor opens.
    """
    revision = revision_saying(row, user=user)
    if revision.pk == row.live_revision_id:
        return revision
    named = {"live_revision": revision}
    if row.latest_revision_id is None:
        named["latest_revision"] = revision
    type(row)._default_manager.filter(pk=row.pk).update(**named)
    return revision


def revision_saying(row: LibraryItem, *, user=None) -> Revision:
    """The live revision; made from the row where a program made or changed the item without one."""
    revision = row.live_revision
    if revision is not None and _says_the_same(row, revision):
        return revision
    content = json.loads(json.dumps(row.serializable_data(), cls=DjangoJSONEncoder))
    return Revision.objects.create(
        content_object=row,
        base_content_type=row.get_base_content_type(),
        object_str=str(row),
        content=content,
        user=user,
        created_at=row.last_published_at or timezone.now(),
    )


def _says_the_same(row: LibraryItem, revision: Revision) -> bool:
    held = built(revision)
    return all(
        getattr(held, column.attname) == getattr(row, column.attname)
        for column in row._meta.concrete_fields
        if column.name not in CARE
    )


def _shown_by(row: LibraryItem) -> list[LibraryItem]:
    """The published statistics and sources that `row` shows and does not itself pin, at any depth."""
    named = [reference for reference in references_of(row) if reference.pin is None]
    ids = {reference.object_id for reference in named if reference.model is Source}
    statistics = _published(
        Statistic, {reference.object_id for reference in named if reference.model is Statistic}
    )
    ids |= {statistic.source_id for statistic in statistics} - {None}
    return [*statistics, *_published(Source, ids)]


def _published(model: type[LibraryItem], ids: set[int]) -> list:
    if not ids:
        return []
    found = model.objects.live().select_related("live_revision").filter(pk__in=ids)
    return list(found.order_by("pk"))
