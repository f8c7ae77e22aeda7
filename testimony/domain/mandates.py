"""What a document about a bill or rule stands on: positions on record, a new version to look at, the agency's questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from cms.domain.visibility import public_pages
from events.domain.agendas import register_vehicle_issues
from events.domain.authority import positions_on
from events.domain.versions import Citing, register_citing
from events.models import Event, Position, Vehicle, VehicleQuestion, VersionReview
from events.models.event import still_to_come
from testimony.domain.comments import is_comment
from testimony.models import DocumentPage, FactSheetPage, TestimonyPage


@dataclass(frozen=True)
class Mandate:
    positions: tuple[Position, ...] = ()
    review: VersionReview | None = None
    questions: tuple[VehicleQuestion, ...] = ()


def mandates_of(pages: Sequence[DocumentPage]) -> list[Mandate]:
    """One for each page, in three queries at most."""
    about = {page.vehicle_id for page in pages} - {None}
    if not about:
        return [Mandate() for _page in pages]
    stances = {it.vehicle_id for it in pages if isinstance(it, TestimonyPage) and it.position}
    positions = positions_on(stances - {None})
    rows = VersionReview.objects.open().filter(vehicle__in=about, page__in=[it.pk for it in pages])
    reviews = {(it.page_id, it.vehicle_id): it for it in rows.select_related("vehicle")}
    questions = _questions({it.vehicle_id for it in pages if is_comment(it)} - {None})
    return [
        Mandate(
            tuple(positions.get(page.vehicle_id, ())),
            reviews.get((page.pk, page.vehicle_id)),
            tuple(questions.get(page.vehicle_id, ())) if is_comment(page) else (),
        )
        for page in pages
    ]


def citing(vehicle: Vehicle) -> Iterable[Citing]:
    """Documents about `vehicle` that are still open: drafts, and what is to be said at an event to come. What was
    delivered or imported is past."""
    found: dict[int, Citing] = {}
    for model in (TestimonyPage, FactSheetPage):
        is_open = Q(live=False) | Q(has_unpublished_changes=True)
        rows = model.objects.filter(vehicle=vehicle, delivered_records__isnull=True)
        if model is TestimonyPage:
            coming = Event.objects.filter(still_to_come()).values("pk")
            rows, is_open = rows.filter(source_key=None), is_open | Q(event__in=coming)
        for pk, owner in rows.filter(is_open).values_list("pk", "owner_id"):
            found[pk] = Citing(pk, owner)
    return found.values()


def issues_about(vehicles: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Issues of what is published about `vehicles`, two queries."""
    for model in (TestimonyPage, FactSheetPage):
        pages = public_pages(model.objects.filter(vehicle__in=vehicles, issues__isnull=False))
        yield from pages.order_by().values_list("vehicle_id", "issues").distinct()


def register() -> None:
    register_citing("testimony", citing)
    register_vehicle_issues("testimony", issues_about)


def _questions(vehicles: set[int]) -> dict[int, list[VehicleQuestion]]:
    found: dict[int, list[VehicleQuestion]] = {}
    if vehicles:
        for question in VehicleQuestion.objects.filter(vehicle__in=vehicles):
            found.setdefault(question.vehicle_id, []).append(question)
    return found
