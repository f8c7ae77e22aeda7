"""What the library and the archive offer for the packet of an event, beside what the speakers bring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.domain.visibility import public_pages
from cms.models import Issue
from cms.pdf.registry import kind_for
from events.domain.limits import limit_of
from events.domain.packets import (
    Candidate,
    materials_of,
    register_packet_source,
    register_packet_versions,
)
from events.enums import PresentationStatus
from events.models import Event, Presentation
from testimony.domain.cuts import LENGTHS, cut, measure
from testimony.enums import PointKind
from testimony.models import DocumentPage, FactSheetPage, MessageMap, TalkingPoint, TestimonyPage

WHOLE = ""  # the version of a podium copy that leaves nothing out
MOST = 20  # a list that nobody reads to its end helps nobody choose


def issues_of(event: Event, pages: Sequence[Page] | None = None) -> list[Issue]:
    """Those of the documents that are brought to it, in the order of the documents."""
    found: dict[int, Issue] = {}
    for page in materials_of(event) if pages is None else pages:
        if isinstance(page, DocumentPage):
            found.update({issue.pk: issue for issue in page.issues.all()})
    return list(found.values())


def questions_for(event: Event) -> QuerySet[TalkingPoint]:
    """Published questions with their answers on what the event is about."""
    points = TalkingPoint.objects.live().filter(kind=PointKind.QUESTION)
    return points.filter(issues__in=issues_of(event)).distinct().order_by("title")


def offer(event: Event, pages: Sequence[Page]) -> Iterable[Candidate]:
    """Fact sheets on the bill, ticked; those on its issues and the message maps, for who wants them."""
    issues = issues_of(event, pages)
    sheets = public_pages(FactSheetPage.objects.all()).order_by("title", "pk")
    if event.vehicle_id:
        for sheet in sheets.filter(vehicle=event.vehicle_id)[:MOST]:
            yield _candidate(sheet, "")
    for sheet in sheets.filter(issues__in=issues).distinct()[:MOST]:
        yield _candidate(sheet, _("Fact sheet on the same issue"), included=False)
    for message_map in MessageMap.objects.filter(issue__in=issues).order_by("issue__name")[:MOST]:
        yield _candidate(message_map, _("Message map, for our own people"), included=False)


def podium_versions(
    event: Event, page: Page, presentation: Presentation | None = None
) -> list[str]:
    """What fits the limit of the event first; then the whole text, and shorter ones for when time runs out."""
    speaks = event.presentations.exclude(status=PresentationStatus.WITHDRAWN)
    limit = limit_of(event, presentation or speaks.filter(materials__page=page.pk).first())
    if not isinstance(page, TestimonyPage) or not limit.base:
        return [WHOLE]
    said = page if page.live else page.get_latest_revision_as_object()
    fits = not cut(measure(said, limit)).meter.over_by
    shorter = [str(seconds) for seconds in LENGTHS if seconds < limit.base]
    return [WHOLE, *shorter] if fits else [str(limit.base), WHOLE, *shorter]


def _candidate(obj: Model, note: str, *, included: bool = True) -> Candidate:
    kind = kind_for(obj)
    name, label = (kind.name, str(kind.label)) if kind else ("", "")
    return Candidate(obj, name, str(obj), label, note=note, included=included)


def register() -> None:
    """Called once by `TestimonyConfig.ready()`."""
    register_packet_source("testimony", offer)
    register_packet_versions("podium", podium_versions)
