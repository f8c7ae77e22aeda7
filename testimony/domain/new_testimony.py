"""Testimony begun from a hearing: what the hearing knows is filled in, and nothing is typed twice."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models import Person, User
from events.domain.called_off import check_takes_place
from events.domain.errors import PresentationRefused
from events.domain.presentations import add_material, add_presentation
from events.enums import PresentationStatus
from events.models import Event, Presentation, Vehicle
from events.permissions import ADD_PRESENTATION, CHANGE_PRESENTATION
from testimony.domain.known_issues import issues_known_of
from testimony.domain.openings import follow_speaker, opening, salutation
from testimony.models import TestimonyPage
from testimony.permissions import archive_page

# A second click within this time gets the draft of the first one, unless somebody has worked on it.
DOUBLE_CLICK = dt.timedelta(minutes=1)
# The same for the button that names nobody: afterwards a click asks who will speak.
SECOND_CLICK = dt.timedelta(seconds=10)


class NoArchive(Exception):
    """Raised when the site has no archive page to put testimony under."""


def start_testimony(
    event: Event,
    *,
    user: User,
    speaker: Person | None = None,
    presentation: Presentation | None = None,
) -> TestimonyPage:
    """A draft for `event` with salutation, bill, position and date filled in, and the opening of `speaker`.

    It becomes a document of `presentation`, else of the speaker's open one; a speaker who is not on the
    event's list is put on it. Without both it is a draft of which nobody knows yet who will speak.
    Raises PermissionDenied when `user` may not add documents, NoArchive on a site without an archive,
    PresentationRefused when the presentation was closed this moment, or the event is off; then there is no draft
    either.
    """
    with transaction.atomic():
        parent = place_for_drafts(user)
        check_takes_place(event)
        speaker = presentation.speaker if presentation else speaker
        existing = just_started(user, DOUBLE_CLICK, event=event).filter(speaker=speaker).first()
        if existing is not None and existing.revisions.count() == 1:
            return existing
        if speaker is not None and presentation is None:
            presentation = _presentation(event, speaker)
        page = _draft(event, speaker, presentation)
        page.owner = user
        parent.add_child(instance=page)
        page.save_revision(user=user, log_action=True)
        _bring(page, event, speaker, presentation, user)
        return page


@transaction.atomic
def give_speaker(
    page: TestimonyPage,
    *,
    user: User,
    speaker: Person | None = None,
    presentation: Presentation | None = None,
) -> TestimonyPage:
    """Say who will speak a draft that was begun for an event: it becomes a document of `presentation`, else of
    the speaker's open one, else the speaker is put on the list. A new revision names them.

    Raises PermissionDenied as the editor does, and PresentationRefused where the event is off, the page is no
    draft any more, or somebody holds it locked.
    """
    page = TestimonyPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    rights = page.permissions_for_user(user)
    if page.event is None or not rights.can_edit():
        raise PermissionDenied
    check_takes_place(page.event)
    if page.live or rights.page_locked():
        raise PresentationRefused(
            _("“%(title)s” is published or locked: change its speaker in the editor.")
            % {"title": page.draft_title}
        )
    who = presentation.speaker if presentation else speaker
    if who is None:
        raise PresentationRefused(_("Choose a person first."))
    presentation = presentation or _presentation(page.event, who)
    draft: TestimonyPage = page.get_latest_revision_as_object()
    role = (presentation and presentation.role_title) or who.role_title
    follow_speaker(draft, who, role)
    draft.save()  # of what is not published the columns hold the draft, as the editor keeps them
    draft.save_revision(user=user, log_action=True)
    _bring(draft, page.event, who, presentation, user)
    return draft


def place_for_drafts(user: User) -> Page:
    """The archive, locked: one draft at a time, so that a double click finds the first click's.

    Raises NoArchive, PermissionDenied.
    """
    archive = archive_page()
    if archive is None:
        raise NoArchive(_("The site has no archive page. Add one under the home page first."))
    if not archive.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    return Page.objects.select_for_update().get(pk=archive.pk)


def waiting_presentations(event: Event) -> list[Presentation]:
    """Open presentations of `event` without a document, in the order of its list."""
    waiting = Presentation.objects.open().filter(event=event).filter(materials__isnull=True)
    return list(waiting.select_related("speaker__organization"))


def obvious_presentation(event: Event, user: User) -> Presentation | None:
    """The only open presentation without a document; the one that just got its draft for a second click."""
    waiting = waiting_presentations(event)
    if waiting:
        return waiting[0] if len(waiting) == 1 else None
    started = just_started(user, SECOND_CLICK, event=event).values("pk")
    given = Presentation.objects.open().filter(event=event).filter(materials__page__in=started)
    return given.select_related("speaker__organization").first()


def _bring(
    page: TestimonyPage,
    event: Event,
    speaker: Person | None,
    presentation: Presentation | None,
    user: User,
) -> None:
    """Make `page` a document of the speaker's presentation, as far as `user` may change the list."""
    if presentation is not None:
        if user.has_perm(CHANGE_PRESENTATION):
            add_material(presentation, page, user=user)
    elif (
        speaker is not None and not _has_spoken(event, speaker) and user.has_perm(ADD_PRESENTATION)
    ):
        add_presentation(event, speaker, user=user, pages=[page])


def _has_spoken(event: Event, speaker: Person) -> bool:
    """What is delivered is closed: a paper written afterwards stands alone."""
    delivered = event.presentations.filter(status=PresentationStatus.DELIVERED)
    return delivered.filter(speaker=speaker).exists()


def just_started(user: User, within: dt.timedelta, **about: object) -> QuerySet[TestimonyPage]:
    """Drafts of `user` from this moment; `about` says of which event, or which docket."""
    drafts = TestimonyPage.objects.filter(
        **about,
        owner=user,
        live=False,
        first_published_at__isnull=True,
        latest_revision_created_at__gte=timezone.now() - within,
    )
    return drafts.order_by("-pk")


def _presentation(event: Event, speaker: Person) -> Presentation | None:
    """The speaker's open presentation, rather one that wants a document."""
    own = Presentation.objects.open().filter(event=event).filter(speaker=speaker)
    return own.filter(materials__isnull=True).first() or own.first()


def _draft(
    event: Event, speaker: Person | None, presentation: Presentation | None
) -> TestimonyPage:
    vehicle = event.vehicle
    role = (presentation and presentation.role_title) or (speaker.role_title if speaker else "")
    page = TestimonyPage(
        live=False,
        event=event,
        vehicle=vehicle,
        position=vehicle.position if vehicle else "",
        date=event.local_date,
        speaker=speaker,
        speaker_role=role,
    )
    with translation.override(page.language):
        page.title = Truncator(_title(event, vehicle)).chars(255)
        page.draft_title = page.title
    page.issues.set(issues_known_of(vehicle))
    page.salutation = salutation(page, page.language)
    if words := opening(page, page.language):
        page.body = [("paragraph", format_html("<p>{}</p>", words))]
    return page


def _title(event: Event, vehicle: Vehicle | None) -> str:
    if vehicle is None:
        return _("Testimony: %(event)s") % {"event": event.title}
    return _("Testimony on %(vehicle)s") % {"vehicle": str(vehicle)}
