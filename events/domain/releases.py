"""Documents of an event that changed: to be looked at again, and none released by the clock while it is off.

Wagtail's scheduler publishes every revision whose `approved_go_live_at` has come. Holding takes that moment
off the revision and remembers it; setting it going again puts it back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from events.domain.documents import pages_of, pages_of_off_events
from events.domain.errors import EventRefused
from events.models import AffectedDocument, Event, EventNotice
from events.permissions import CHANGE_EVENT


def flag_documents(notice: EventNotice, *, by) -> list[AffectedDocument]:
    """A mark on every document of the event, and its planned release held. In the caller's transaction."""
    pages = pages_of(notice.event)
    planned = _planned(page.pk for page in pages)
    waiting = _waiting(notice.event)
    # One mark for each document: the newest change is the one to look at.
    AffectedDocument.objects.filter(event=notice.event).to_check().update(
        checked_at=timezone.now(), checked_by=by
    )
    marks = []
    for page in pages:
        mark = AffectedDocument(event=notice.event, notice=notice, page=page)
        if revision := planned.get(page.pk):
            _hold(mark, revision, by)
        elif older := waiting.get(page.pk):
            mark.held_revision_id, mark.held_go_live_at = older
        marks.append(mark)
    return AffectedDocument.objects.bulk_create(marks)


def ask_to_check(event: Event, pages: Iterable[Page]) -> None:
    """Mark documents whose words may not hold any more though the event stands: a speaker speaks for somebody else.

    What was held of them by an earlier change goes on waiting under the new mark.
    """
    pages = list(pages)
    if not pages:
        return
    waiting = _waiting(event)
    marks = AffectedDocument.objects.filter(event=event, page__in=pages).to_check()
    notices = dict(marks.order_by("pk").values_list("page_id", "notice_id"))
    marks.update(checked_at=timezone.now())
    for page in pages:
        # Nobody has looked at what the notice is about yet.
        mark = AffectedDocument(event=event, page_id=page.pk, notice_id=notices.get(page.pk))
        if older := waiting.get(page.pk):
            mark.held_revision_id, mark.held_go_live_at = older
        mark.save()


def hold_due_releases() -> int:
    """Before the scheduler runs: nothing of an event that is off goes out, however it was scheduled."""
    due = Revision.page_revisions.filter(approved_go_live_at__lte=timezone.now())
    revisions = {int(revision.object_id): revision for revision in due}
    events = pages_of_off_events(revisions)
    if not events:
        return 0
    pages = Page.objects.in_bulk(events)
    notices: dict[int, EventNotice] = {}
    for notice in EventNotice.objects.filter(event__in=events.values()).order_by("at", "pk"):
        notices[notice.event_id] = notice  # the newest stays
    for pk, event in events.items():
        with transaction.atomic():
            mark = AffectedDocument(event=event, notice=notices.get(event.pk), page=pages[pk])
            _hold(mark, revisions[pk], None)
            mark.save()
    return len(events)


@transaction.atomic
def resume(mark: AffectedDocument, *, by) -> AffectedDocument:
    """Plan the held release again for the same moment.

    Raises PermissionDenied, or EventRefused while the event is off, or when the moment has gone by.
    """
    _require(by)
    mark = _lock(mark)
    if mark.held_go_live_at is None or mark.resumed_at is not None:
        raise EventRefused(_("No release of this document is held."))
    if mark.event.is_off:
        raise EventRefused(
            _("The event is %(state)s: nothing of it is released by the clock.")
            % {"state": mark.event.get_status_display().lower()}
        )
    if mark.held_go_live_at <= timezone.now():
        raise EventRefused(_("That moment has gone by: publish the document by hand."))
    revision = mark.held_revision
    if revision is None:
        raise EventRefused(_("That version is gone: schedule the document anew."))
    if mark.page.live_revision_id and mark.page.live_revision_id > revision.pk:
        raise EventRefused(_("A later version is published already: schedule the document anew."))
    revision.approved_go_live_at = mark.held_go_live_at
    revision.save(update_fields=["approved_go_live_at"])
    now = timezone.now()
    AffectedDocument.objects.filter(event=mark.event, page=mark.page).held().update(resumed_at=now)
    mark.resumed_at = now
    _log(mark, "events.release.resumed", by)
    return mark


@transaction.atomic
def mark_checked(mark: AffectedDocument, *, by) -> AffectedDocument:
    """Somebody looked at the document after the change. Twice changes nothing."""
    _require(by)
    mark = _lock(mark)
    if mark.checked_at is None:
        mark.checked_at, mark.checked_by = timezone.now(), by
        mark.save(update_fields=["checked_at", "checked_by"])
        _log(mark, "events.document.checked", by)
    return mark


def marks_of(event: Event) -> list[AffectedDocument]:
    """What the event's page lists: to be checked, or held; the newest for each document."""
    marks = AffectedDocument.objects.filter(event=event).select_related("page", "notice", "event")
    newest = {mark.page_id: mark for mark in marks.order_by("pk")}
    return [mark for mark in newest.values() if mark.checked_at is None or is_held(mark)]


def marks_on(page: Page) -> list[AffectedDocument]:
    """As `marks_of`, for the edit screen of one document."""
    marks = AffectedDocument.objects.filter(page=page).select_related("notice", "event")
    newest = {mark.event_id: mark for mark in marks.order_by("pk")}
    return [mark for mark in newest.values() if mark.checked_at is None or is_held(mark)]


def is_held(mark: AffectedDocument) -> bool:
    return mark.held_go_live_at is not None and mark.resumed_at is None


def _planned(page_ids: Iterable[int]) -> dict[int, Revision]:
    keys = [str(pk) for pk in page_ids]
    found = Revision.page_revisions.filter(object_id__in=keys, approved_go_live_at__isnull=False)
    return {int(revision.object_id): revision for revision in found}


def _waiting(event: Event) -> dict[int, tuple[int | None, dt.datetime | None]]:
    """Releases held by an earlier change: they go on waiting under the new mark."""
    held = AffectedDocument.objects.filter(event=event).held().order_by("pk")
    return {mark.page_id: (mark.held_revision_id, mark.held_go_live_at) for mark in held}


def _hold(mark: AffectedDocument, revision: Revision, by) -> None:
    mark.held_revision, mark.held_go_live_at = revision, revision.approved_go_live_at
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    _log(mark, "events.release.held", by)


def _log(mark: AffectedDocument, action: str, by) -> None:
    log(mark.event, action, user=by, data={"document": mark.page.title, "page": mark.page_id})


def _lock(mark: AffectedDocument) -> AffectedDocument:
    marks = AffectedDocument.objects.select_for_update(of=("self",))
    return marks.select_related("event", "page").get(pk=mark.pk)


def _require(user) -> None:
    if not user.has_perm(CHANGE_EVENT):
        raise PermissionDenied
