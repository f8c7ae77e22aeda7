"""A speaker speaks in another capacity than was said before: what their testimony does about it.

The line at the head of a paper is looked up and follows by itself; the opening sentence is text. Records keep what
was said.
"""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Revision

from events.domain.arrangements import Arrangement
from events.domain.releases import ask_to_check
from events.models import Presentation
from testimony.domain.following import refresh_documents
from testimony.domain.openings import follow_arrangement
from testimony.models import TestimonyPage


def follow_capacity(presentation: Presentation, was: Arrangement, *, user) -> None:
    """Testimony that opens exactly as it was made for the former capacity says the new one; words of a person stay.

    What is published follows at once, as it does when a figure changes: the sentence is derived, so nobody approves
    it anew. Where it cannot, since a person wrote the opening or a newer draft waits, the document is marked to be
    checked.
    """
    pages = TestimonyPage.objects.filter(
        event=presentation.event_id, speaker=presentation.speaker_id, source_key__isnull=True
    )
    living, stale = [], []
    for page in pages.order_by("pk"):
        alone = page.live and not (page.has_unpublished_changes or page.current_workflow_state)
        says_it = _rewrite(page, was, user=user, publish=alone)
        living += [page.pk] if page.live else []
        stale += [page] if page.live and not (alone and says_it) else []
    ask_to_check(presentation.event, stale)
    if living:
        transaction.on_commit(partial(refresh_documents.enqueue, living), robust=True)


def _rewrite(page: TestimonyPage, was: Arrangement, *, user, publish: bool) -> bool:
    """True where the latest words of `page` were as they had been made, and say the new capacity now."""
    latest = page.get_latest_revision_as_object()
    if not follow_arrangement(latest, was):
        return False
    # What was to go out by the clock still does, with the new words.
    planned = page.scheduled_revision
    revision = latest.save_revision(user=user, clean=False, log_action=True)
    if publish:
        return _published(revision, user)
    if planned is not None and planned.pk == page.latest_revision_id:
        revision.approved_go_live_at = planned.approved_go_live_at
        revision.save(update_fields=["approved_go_live_at"])
        planned.approved_go_live_at = None
        planned.save(update_fields=["approved_go_live_at"])
    return True


def _published(revision: Revision, user) -> bool:
    try:
        with transaction.atomic():
            revision.publish(user=user, skip_permission_checks=True)
    except ValidationError:  # something else of it is missing by now, which the editor says
        return False
    return True
