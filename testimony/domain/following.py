"""Documents follow what they show: when that changes or goes, their archive rows are made anew.

They show items of the library by reference, and name a speaker, a contact, an event, its body and a vehicle.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db import models, transaction
from django_tasks import task
from wagtail.models import Page, ReferenceIndex

from cms.archive.projection import project_pages
from cms.models import PagePdf, Person
from events.models import Body, Event, Vehicle
from testimony.models import (
    DocumentPage,
    FactSheetPage,
    Source,
    Statistic,
    TalkingPoint,
    TestimonyPage,
)

LIBRARY: tuple[type[models.Model], ...] = (Source, Statistic, TalkingPoint)
# Where documents name them. Asked directly: the reference index would also lead from a person over their
# presentations to events, and from there to documents that do not name the person.
NAMED: dict[type[models.Model], tuple[tuple[type[DocumentPage], str], ...]] = {
    Person: ((TestimonyPage, "speaker"), (TestimonyPage, "contact"), (FactSheetPage, "contact")),
    Event: ((TestimonyPage, "event"),),
    Body: ((TestimonyPage, "event__body"),),
    Vehicle: ((TestimonyPage, "vehicle"), (FactSheetPage, "vehicle")),
}
MAX_DEPTH = 3  # a document shows a talking point, which shows a statistic, which names a source


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
    pages: set[int] = set()
    seen: set[tuple[type, str]] = set()
    frontier: list[models.Model] = [item]
    for _depth in range(MAX_DEPTH):
        found: list[models.Model] = []
        for current in frontier:
            for reference in ReferenceIndex.get_references_to(current).select_related(
                "base_content_type"
            ):
                key = (reference.base_content_type.model_class(), reference.object_id)
                if key in seen or key[0] is None:
                    continue
                seen.add(key)
                if issubclass(key[0], Page):
                    pages.add(int(reference.object_id))
                else:
                    found.extend(key[0]._default_manager.filter(pk=reference.object_id))
        frontier = found
    return pages


def refresh(page_ids: Iterable[int]) -> None:
    """Make archive rows anew; a page that cannot be is logged and stops no other.

    PDFs are found by content, so an old one cannot be served; what the pages say of size and length is
    forgotten until the new one is made.
    """
    pages = Page.objects.filter(pk__in=page_ids)
    PagePdf.objects.filter(page__in=pages).delete()
    project_pages(pages)


def _enqueue(item: models.Model) -> None:
    page_ids = documents_showing(item)
    if page_ids:
        refresh_documents.enqueue(sorted(page_ids))


@task()
def refresh_documents(page_ids: list[int]) -> None:
    refresh(page_ids)
