"""Documents follow what they show: when that changes or goes, their archive rows are made anew.

They show items of the library by reference, and name a speaker, a contact, an event, its body and a vehicle.
"""

from __future__ import annotations

from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django_tasks import task

from cms.models import Person
from events.models import Body, Event, Vehicle
from testimony.domain import finding, refreshing
from testimony.domain.refreshing import refresh
from testimony.models import (
    DocumentPage,
    FactSheetPage,
    Source,
    Statistic,
    TalkingPoint,
    TestimonyPage,
    Use,
)

PAGES_IN_A_TASK = 200
LIBRARY: tuple[type[models.Model], ...] = (Source, Statistic, TalkingPoint)
# Where documents name them. Asked directly: the reference index would also lead from a person over their
# presentations to events, and from there to documents that do not name the person.
NAMED: dict[type[models.Model], tuple[tuple[type[DocumentPage], str], ...]] = {
    Person: ((TestimonyPage, "speaker"), (TestimonyPage, "contact"), (FactSheetPage, "contact")),
    Event: ((TestimonyPage, "event"),),
    Body: ((TestimonyPage, "event__body"),),
    Vehicle: ((TestimonyPage, "vehicle"), (FactSheetPage, "vehicle")),
}


def follow_change(item: models.Model) -> None:
    """Once the change is committed, have what shows `item` refreshed in the background."""
    transaction.on_commit(partial(_enqueue, item), robust=True)


def follow_withdrawal(item: models.Model) -> None:
    """Refresh what shows `item`, unpublished or about to be deleted, as soon as that is committed.

    Not in the background: its words must leave the public search even while no worker runs. What shows
    it is found now, since a deletion takes the references along.
    """
    page_ids = documents_showing(item)
    if page_ids:
        transaction.on_commit(partial(refresh, page_ids), robust=True)


def follow_figures(item: models.Model) -> None:
    """Have the rows that staff search made anew for what shows `item`: they hold its figure."""
    if isinstance(item, (Statistic, TalkingPoint)):
        # Found now: a deletion may take them along.
        uses = Use.objects.of(item).filter(record__isnull=True)
        points = ContentType.objects.get_for_model(TalkingPoint)
        holders = uses.values_list("page_id", "part_type_id", "part_id")
        page_ids = sorted({page for page, _type, _part in holders if page})
        point_ids = sorted({part for _page, kind, part in holders if part and kind == points.pk})
        if page_ids or point_ids:
            transaction.on_commit(partial(_enqueue_entries, page_ids, point_ids), robust=True)


def _enqueue_entries(page_ids: list[int], point_ids: list[int]) -> None:
    chunks = [
        *((chunk, []) for chunk in _chunks(page_ids)),
        *(([], chunk) for chunk in _chunks(point_ids)),
    ]
    # Where tasks run inside the request, `manage.py rebuild_uses` does the rest.
    limit = refreshing.CHUNKS_IN_REQUEST if refreshing.runs_in_request() else len(chunks)
    for pages, points in chunks[:limit]:
        renew_entries.enqueue(pages, points)


def _chunks(ids: list[int]) -> list[list[int]]:
    return [ids[at : at + PAGES_IN_A_TASK] for at in range(0, len(ids), PAGES_IN_A_TASK)]


def follow_citation_style() -> None:
    """Have every document that cites refreshed: its notes, and so its words, read differently now."""
    transaction.on_commit(_enqueue_citing, robust=True)


def _enqueue_citing() -> None:
    sources = ContentType.objects.get_for_model(Source)
    uses = Use.objects.filter(item_type=sources).living().in_pages()
    page_ids = sorted(set(uses.values_list("page_id", flat=True)))
    for start in range(0, len(page_ids), PAGES_IN_A_TASK):
        refresh_documents.enqueue(page_ids[start : start + PAGES_IN_A_TASK])


def documents_showing(item: models.Model) -> set[int]:
    """Ids of pages whose live words show or name `item`."""
    if type(item) not in NAMED:
        return documents_using(item)
    return {
        pk
        for model, lookup in NAMED[type(item)]
        for pk in model.objects.filter(**{lookup: item.pk}).values_list("pk", flat=True)
    }


def documents_using(item: models.Model) -> set[int]:
    """Ids of pages whose live words show `item`, directly or through another library item."""
    return set(Use.objects.of(item).living().in_pages().values_list("page_id", flat=True))


def _enqueue(item: models.Model) -> None:
    if type(item) not in NAMED:
        refreshing.start(item)
        return
    page_ids = documents_showing(item)
    if page_ids:
        refresh_documents.enqueue(sorted(page_ids))


@task()
def refresh_documents(page_ids: list[int]) -> None:
    refresh(page_ids)


@task()
def renew_entries(page_ids: list[int], point_ids: list[int]) -> None:
    finding.renew(page_ids, point_ids)
