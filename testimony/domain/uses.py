"""Keeps `Use` in step: which document, item or record shows which item of the library.

`index()` makes one holder's rows agree with what the database holds of it, whatever happened to it; every signal
and `rebuild()` come through here, so that the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from wagtail.models import Page, get_page_models

from events.enums import RecordKind
from events.models import Record
from testimony.domain.references import LIBRARY
from testimony.domain.use_graph import (
    Key,
    Named,
    Shown,
    add_indirect,
    below,
    direct,
    key_of,
    parts_of,
    row_key,
    row_shown,
    with_indirect,
)
from testimony.enums import UseState
from testimony.models import DocumentPage, MessageMap, Statistic, TalkingPoint, Use

PARTS: tuple[type[Model], ...] = (
    Statistic,
    TalkingPoint,
    MessageMap,
)  # what shows items, besides documents
CHUNK = 500
Progress = Callable[[int, int], None]


def document_models() -> list[type[DocumentPage]]:
    return [model for model in get_page_models() if issubclass(model, DocumentPage)]


@transaction.atomic
def index(holder: Model) -> None:
    """Make the uses of a document, or of what else shows items, agree with its stored versions."""
    before = _shown_items(holder)
    _store(holder, _contents(holder))
    now = _shown_items(holder)
    # What is withdrawn shows nothing: that reaches its pages with their refreshing, in the background.
    if now != before and _is_public(holder):
        follow_parts(key_of(holder))


def index_record(record: Record) -> None:
    """What the frozen copy shows, as it was noted when it was frozen."""
    state = UseState.DELIVERED if record.kind == RecordKind.AS_DELIVERED else UseState.FILED
    noted = record.payload.get("library")
    if noted is None:  # frozen by a program that does not know the library
        wanted = direct(record.revision.as_object()).items
    else:
        wanted = dict(_read_note(entry) for entry in noted)
    _write(Use.objects.filter(record=record), {"record_id": record.pk}, {state: wanted})


def forget(item: Model) -> None:
    """A deleted item shows nothing any more; documents that still name it have a gap.

    Rows of pages that came through it go when the pages are refreshed, in the background.
    """
    key = key_of(item)
    Use.objects.filter(part_type=key.type_id, part_id=key.pk).delete()


def note(page: DocumentPage) -> list[dict[str, Any]]:
    """All that `page` shows at this moment, as plain data to be frozen with it."""
    labels = {
        ContentType.objects.get_for_model(model).pk: model._meta.label_lower for model in LIBRARY
    }
    return [
        {
            "item": [labels[key.type_id], key.pk],
            "through": shown.through and [labels[shown.through.type_id], shown.through.pk],
            "how": list(shown[1:]),
        }
        for key, shown in sorted(with_indirect(direct(page)).items())
    ]


def follow_parts(key: Key) -> None:
    """After what an item shows has changed: every page that shows the item, in chunks."""
    holders = Use.objects.in_pages().filter(item_type=key.type_id, item_id=key.pk)
    last = 0
    while page_ids := list(
        holders.filter(page_id__gt=last)
        .order_by("page_id")
        .values_list("page_id", flat=True)
        .distinct()[:CHUNK]
    ):
        redo_indirect(page_ids)
        last = page_ids[-1]


def rebuild(progress: Progress | None = None) -> int:
    """Make every row anew; returns how many there are."""
    sources: list[type[Model]] = [*PARTS, *document_models(), Record]
    total, done = sum(model._base_manager.count() for model in sources), 0
    for model in sources:
        for pk in _keys(model):
            _rebuild_one(model, pk)
            done += 1
            if progress and (done % CHUNK == 0 or done == total):
                progress(done, total)
    for model in PARTS:
        parts = Use.objects.filter(part_type=ContentType.objects.get_for_model(model))
        parts.exclude(part_id__in=model._base_manager.values("pk")).delete()
    return Use.objects.count()


def _rebuild_one(model: type[Model], pk: int) -> None:
    if model is Record:
        index_record(Record.objects.select_related("revision").get(pk=pk))
    else:
        _store(model(pk=pk), _contents(model(pk=pk)))


def _keys(model: type[Model]) -> Iterator[int]:
    """Ascending, a chunk at a time: an open cursor would not outlive the writing."""
    last = 0
    rows = model._base_manager.order_by("pk").values_list("pk", flat=True)
    while keys := list(rows.filter(pk__gt=last)[:CHUNK]):
        yield from keys
        last = keys[-1]


def _contents(holder: Model) -> dict[str, Model]:
    """What the database holds of it: the living content, and the newest draft where it differs."""
    stored: Any = (
        type(holder)._base_manager.select_related("latest_revision").filter(pk=holder.pk).first()
    )
    if stored is None:
        return {}
    contents: dict[str, Model] = {}
    if stored.live:
        contents[UseState.LIVING] = stored
    if not stored.live or stored.has_unpublished_changes:
        revision = stored.latest_revision
        contents[UseState.DRAFT] = stored
        if revision is not None:
            # Unchecked: a reference to something deleted is still a place with a gap.
            contents[UseState.DRAFT] = type(stored).from_serializable_data(
                revision.content, check_fks=False
            )
    return contents


def _store(holder: Model, contents: dict[str, Model]) -> None:
    named = {state: direct(content) for state, content in contents.items()}
    if isinstance(holder, Page):
        wanted = {state: with_indirect(one) for state, one in named.items()}
        _write(Use.objects.filter(page_id=holder.pk), {"page_id": holder.pk}, wanted)
    else:
        part = {"part_type_id": key_of(holder).type_id, "part_id": holder.pk}
        _write(Use.objects.filter(**part), part, {state: n.items for state, n in named.items()})


def _write(rows, holder: dict[str, Any], wanted: dict[str, dict[Key, Shown]]) -> None:
    """Leave exactly the rows of one holder that it should have; touch no other."""
    missing = {
        (state, key): shown for state, items in wanted.items() for key, shown in items.items()
    }
    stale = []
    for row in rows:
        place = (row.state, row_key(row))
        if missing.get(place) == row_shown(row):
            del missing[place]
        else:
            stale.append(row.pk)
    if stale:
        Use.objects.filter(pk__in=stale).delete()
    if missing:
        # Two saves of one page at the same moment may both find a row missing.
        Use.objects.bulk_create(
            (_row(holder, *place, shown) for place, shown in sorted(missing.items())),
            ignore_conflicts=True,
        )


def _row(holder: dict[str, Any], state: str, key: Key, shown: Shown) -> Use:
    through = shown.through or (None, None)
    return Use(
        item_type_id=key.type_id,
        item_id=key.pk,
        state=state,
        through_type_id=through[0],
        through_id=through[1],
        follows=shown.follows,
        is_pinned=shown.is_pinned,
        is_adapted=shown.is_adapted,
        pin=shown.pin,
        **holder,
    )


def _shown_items(holder: Model) -> set[Key]:
    """What an item shows while it is published; a document shows nothing on to others."""
    if not isinstance(holder, LIBRARY):
        return set()
    key = key_of(holder)
    return parts_of({key}).get(key, set())


def _is_public(holder: Model) -> bool:
    return type(holder)._base_manager.filter(pk=holder.pk, live=True).exists()


def redo_indirect(page_ids: list[int]) -> None:
    """Rows of pages that came through other items, from the rows of what they name themselves.

    Which pins a page holds its rows do not say: such a page is read itself.
    """
    rows = list(Use.objects.filter(page__in=page_ids))
    pinned = {row.page_id for row in rows if row.is_direct and row.is_pinned}
    for page in Page.objects.filter(pk__in=pinned).specific(defer=True):
        _store(page, _contents(page))
    named: dict[tuple[int, str], Named] = {}
    for row in rows:
        if row.page_id and row.is_direct and row.page_id not in pinned:
            place = named.setdefault((row.page_id, row.state), Named())
            place.items[row_key(row)] = row_shown(row)
    parts = below({key for place in named.values() for key in place.following})
    wanted = [
        _row({"page_id": page_id}, state, key, shown)
        for (page_id, state), place in sorted(named.items(), key=lambda pair: pair[0])
        for key, shown in sorted(add_indirect(place, parts).items())
        if shown.through
    ]
    with transaction.atomic():
        unpinned = Use.objects.filter(page__in={row.page_id for row in rows} - pinned)
        unpinned.filter(through_id__isnull=False).delete()
        Use.objects.bulk_create(wanted, batch_size=CHUNK, ignore_conflicts=True)


def _read_note(entry: dict[str, Any]) -> tuple[Key, Shown]:
    through = entry["through"] and _labelled(entry["through"])
    return _labelled(entry["item"]), Shown(through, *entry["how"])


def _labelled(pair: list) -> Key:
    return Key(ContentType.objects.get_by_natural_key(*pair[0].split(".")).pk, pair[1])
