"""Documents follow what they show: when that changes or goes, their archive rows are made anew.

They show items of the library by reference, and name a speaker, a contact, an event, its body and a vehicle.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django_tasks import task

from cms.archive import projection
from cms.models import PagePdf, PageTwin, Person
from cms.pdf import upkeep
from events.models import Body, Event, Vehicle
from testimony.domain import finding, refreshing
from testimony.domain.refreshing import refresh
from testimony.domain.use_graph import key_of
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

# Where the archive's rows say it.
COLUMNS: dict[str, tuple[str, ...]] = {
    "speaker": ("speaker", "keywords"),
    "contact": (),
    "event": ("body_name", "keywords"),
    "event__body": ("body_name", "keywords"),
    "vehicle": ("vehicle", "keywords"),
}


def follow_change(item: models.Model, *, was_public: bool = True) -> None:
    """Have what shows `item` refreshed in the background, once the change is committed."""
    if type(item) not in NAMED:
        refreshing.start(item, everywhere=not was_public)
    else:
        transaction.on_commit(partial(_enqueue_naming, item), robust=True)


@transaction.atomic
def follow_withdrawal(item: models.Model) -> None:
    """`item` is unpublished or about to be deleted: its words leave the archive's rows with it, in the same
    transaction and in a few statements, however many documents show it.

    What these rows may still say is made anew in the background, where a worker runs or not.
    """
    if type(item) not in NAMED:
        refreshing.start(item, everywhere=True)  # first: it waits for a chunk that is being done
        withhold(Use.objects.of(item).living().in_pages().values("page_id"), ["search_text"])
        return
    for model, lookup in NAMED[type(item)]:
        withhold(model.objects.filter(**{lookup: item.pk}).values("pk"), COLUMNS[lookup])
    # Found now: a deletion takes the references along.
    page_ids = sorted(documents_showing(item))
    if page_ids:
        transaction.on_commit(partial(refresh_documents.enqueue, page_ids), robust=True)


def withhold(pages: models.QuerySet, columns: Collection[str]) -> None:
    """Take from `pages` at once what lists and search show of others, and the PDFs that show it."""
    if columns:
        projection.withhold(pages, columns)
    PagePdf.objects.filter(page__in=pages).delete()
    PageTwin.objects.filter(page__in=pages, is_draft=False).delete()


def follow_figures(item: models.Model) -> None:
    """Have the rows that staff search made anew for the points and maps that show `item`: they hold its figure.

    Documents get theirs with their refreshing.
    """
    if isinstance(item, (Statistic, TalkingPoint)) and _parts_showing(item).exists():
        transaction.on_commit(partial(renew_parts.enqueue, *key_of(item)), robust=True)


def _parts_showing(item: models.Model):
    return Use.objects.of(item).filter(part_id__isnull=False)


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


def _enqueue_naming(item: models.Model) -> None:
    page_ids = documents_showing(item)
    if page_ids:
        refresh_documents.enqueue(sorted(page_ids))


@task()
def refresh_documents(page_ids: list[int]) -> None:
    refresh(page_ids)
    upkeep.wake()


@task()
def renew_parts(type_id: int, pk: int) -> None:
    parts = Use.objects.filter(item_type=type_id, item_id=pk, part_type__isnull=False)
    keys = parts.values_list("part_type", "part_id")
    finding.renew_parts({(kind, part) for kind, part in keys if kind and part})
