"""A public comment begun from a docket or its comment period: identifiers, agency and the notice's questions are filled in."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.html import format_html
from django.utils.text import Truncator

from cms.models import Person, User
from events.domain.called_off import check_takes_place
from events.enums import OFF, EventKind
from events.models import Event, Presentation, Vehicle
from testimony.domain.comments import comment_title, question_heading
from testimony.domain.known_issues import issues_known_of
from testimony.domain.new_testimony import DOUBLE_CLICK, just_started, place_for_drafts
from testimony.domain.openings import opening, salutation
from testimony.enums import DocumentKind
from testimony.models import TestimonyPage


@transaction.atomic
def start_comment(vehicle: Vehicle, *, user: User, event: Event | None = None) -> TestimonyPage:
    """A draft with a heading for each question. Raises PermissionDenied, NoArchive and PresentationRefused as
    testimony does."""
    parent = place_for_drafts(user)
    event = event or comment_period(vehicle)
    if event is not None:
        check_takes_place(event)
    about: dict[str, Any] = {"vehicle": vehicle, "event": event}
    existing = just_started(user, DOUBLE_CLICK, **about).filter(
        document_kind=DocumentKind.PUBLIC_COMMENT
    )
    page = existing.first()
    if page is not None and page.revisions.count() == 1:
        return page
    page = _draft(vehicle, event)
    page.owner = user
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    return page


def comment_period(vehicle: Vehicle) -> Event | None:
    """Its latest that is not called off, which is the one that is open when any is."""
    periods = vehicle.events.filter(kind=EventKind.COMMENT_PERIOD).exclude(status__in=OFF)
    return periods.select_related("body").first()


def _draft(vehicle: Vehicle, event: Event | None) -> TestimonyPage:
    speaker = _signer(event)
    page = TestimonyPage(
        live=False,
        document_kind=DocumentKind.PUBLIC_COMMENT,
        event=event,
        vehicle=vehicle,
        position=vehicle.position,
        date=event.local_date if event else None,
        speaker=speaker,
        speaker_role=speaker.role_title if speaker else "",
    )
    with translation.override(page.language):
        page.title = Truncator(comment_title(vehicle)).chars(255)
        page.draft_title = page.title
    page.issues.set(issues_known_of(vehicle))
    page.salutation = salutation(page, page.language)
    body: list[tuple[str, Any]] = [
        ("paragraph", format_html("<p>{}</p>", opening(page, page.language)))
    ]
    for question in vehicle.questions.all():
        body += [("heading", question_heading(question, page.language)), ("paragraph", "")]
    page.body = body
    return page


def _signer(event: Event | None) -> Person | None:
    """Whoever stands on the list of the comment period."""
    if event is None:
        return None
    first = (
        Presentation.objects.open()
        .filter(event=event)
        .select_related("speaker__organization")
        .first()
    )
    return first.speaker if first else None
