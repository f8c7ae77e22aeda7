"""Testimony begun from a hearing: what the hearing knows is filled in, and nothing is typed twice."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.models import Person, User
from events.domain.presentations import add_material
from events.enums import Stance
from events.models import Event, Presentation, Vehicle
from events.permissions import CHANGE_PRESENTATION
from testimony.models import TestimonyPage
from testimony.permissions import archive_page

# A second click within this time gets the draft of the first one, unless somebody has worked on it.
DOUBLE_CLICK = dt.timedelta(minutes=1)

OPENINGS: dict[str, Promise] = {
    Stance.SUPPORT: gettext_lazy("I am here in support of %(vehicle)s."),
    Stance.SUPPORT_IF_AMENDED: gettext_lazy(
        "I am here in support of %(vehicle)s, provided that it is amended."
    ),
    Stance.NEUTRAL: gettext_lazy("I am here to give information on %(vehicle)s."),
    Stance.CONCERNS: gettext_lazy("I am here to state concerns about %(vehicle)s."),
    Stance.OPPOSE_UNLESS_AMENDED: gettext_lazy(
        "I am here in opposition to %(vehicle)s, unless it is amended."
    ),
    Stance.OPPOSE: gettext_lazy("I am here in opposition to %(vehicle)s."),
}
NO_POSITION: Promise = gettext_lazy("I am here to speak on %(vehicle)s.")


class NoArchive(Exception):
    """Raised when the site has no archive page to put testimony under."""


def start_testimony(event: Event, *, user: User, speaker: Person | None = None) -> TestimonyPage:
    """A draft for `event` with salutation, bill, position, date, speaker and opening filled in.

    Without `speaker`, it is the one open presentation that has no document yet, else the user's own person.
    Raises PermissionDenied when `user` may not add documents, NoArchive on a site without an archive,
    PresentationRefused when the presentation was closed this moment; then there is no draft either.
    """
    with transaction.atomic():
        archive = archive_page()
        if archive is None:
            raise NoArchive(_("The site has no archive page. Add one under the home page first."))
        if not archive.permissions_for_user(user).can_add_subpage():
            raise PermissionDenied
        # One at a time, so that a double click finds the first click's draft.
        parent = Page.objects.select_for_update().get(pk=archive.pk)
        existing = _just_started(event, user, speaker)
        if existing is not None:
            return existing
        presentation = _presentation(event, speaker)
        if speaker is None:
            speaker = presentation.speaker if presentation else _own_person(user)
            presentation = presentation or (speaker and _presentation(event, speaker))
        page = _draft(event, speaker, presentation)
        page.owner = user
        parent.add_child(instance=page)
        page.save_revision(user=user, log_action=True)
        if presentation and user.has_perm(CHANGE_PRESENTATION):
            add_material(presentation, page, user=user)
        return page


def _just_started(event: Event, user: User, speaker: Person | None) -> TestimonyPage | None:
    drafts = TestimonyPage.objects.filter(
        event=event,
        owner=user,
        live=False,
        first_published_at__isnull=True,
        latest_revision_created_at__gte=timezone.now() - DOUBLE_CLICK,
    )
    if speaker is not None:
        drafts = drafts.filter(speaker=speaker)
    page = drafts.order_by("-pk").first()
    return page if page is not None and page.revisions.count() == 1 else None


def _presentation(event: Event, speaker: Person | None) -> Presentation | None:
    """The open presentation that wants a document: the speaker's, or the only one."""
    waiting = (
        event.presentations.open()
        .filter(materials__isnull=True)
        .select_related("speaker__organization")
    )
    if speaker is not None:
        return (
            waiting.filter(speaker=speaker).first()
            or event.presentations.open().filter(speaker=speaker).first()
        )
    found = list(waiting[:2])
    return found[0] if len(found) == 1 else None


def _own_person(user: User) -> Person | None:
    return Person.objects.filter(user=user).select_related("organization").first()


def _draft(
    event: Event, speaker: Person | None, presentation: Presentation | None
) -> TestimonyPage:
    vehicle, body = event.vehicle, event.body
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
        page.salutation = body.salutation_line if body else ""
        opening = _opening(vehicle, speaker, role)
    if opening:
        page.body = [("paragraph", format_html("<p>{}</p>", opening))]
    return page


def _title(event: Event, vehicle: Vehicle | None) -> str:
    if vehicle is None:
        return _("Testimony: %(event)s") % {"event": event.title}
    return _("Testimony on %(vehicle)s") % {"vehicle": str(vehicle)}


def _opening(vehicle: Vehicle | None, speaker: Person | None, role: str) -> str:
    """Who speaks, for whom, on what and on which side: the first lines, from what is recorded only."""
    return " ".join(filter(None, [_introduction(speaker, role), _stance(vehicle)]))


def _introduction(speaker: Person | None, role: str) -> str:
    if speaker is None:
        return ""
    organization = speaker.organization.name if speaker.organization else ""
    who = {"name": speaker.name, "role": role, "organization": organization}
    if role and organization:
        return _("My name is %(name)s, %(role)s, %(organization)s.") % who
    if role:
        return _("My name is %(name)s, %(role)s.") % who
    if organization:
        return _("My name is %(name)s, of %(organization)s.") % who
    return _("My name is %(name)s.") % who


def _stance(vehicle: Vehicle | None) -> str:
    if vehicle is None:
        return ""
    name = f"{vehicle.identifier}, {vehicle.title}" if vehicle.title else vehicle.identifier
    return str(OPENINGS.get(vehicle.position, NO_POSITION)) % {"vehicle": name.rstrip(".")}
