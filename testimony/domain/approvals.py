"""Whether the newest words of a document were let pass: approved by somebody else, or published by who may.

Asked of the words that were saved last. What is typed and not saved yet nobody can have approved; the editor saves by
itself after a moment and asks again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowPage, WorkflowState

from testimony.enums import CheckState

STATE = ("pk", "live", "has_unpublished_changes", "latest_revision_id")
PLANNED = "latest_revision__approved_go_live_at"
# Of its newest review, how far that is, and where.
REVIEW = {
    "review": "status",
    "task": "current_task_state__task__name",
    "read": "current_task_state__revision_id",
}


@dataclass(frozen=True)
class Approval:
    """`words` say what is to be done; there are none where nothing is."""

    state: CheckState = CheckState.OK
    words: str = ""


def approvals_of(keys: Iterable[int | None], *, filed: bool = False) -> dict[int, Approval]:
    """By primary key of the pages, in one query. A page that was never saved is left out. `filed`: of what would be
    handed in, which is the published version where there is one, whatever is drafted beside it."""
    known = [key for key in keys if key]
    if not known:
        return {}
    pages = Page.objects.filter(pk__in=known).annotate(
        **_newest_reviews(), is_reviewed=Exists(_workflows())
    )
    rows = pages.values(*STATE, PLANNED, *REVIEW, "is_reviewed")
    return {row["pk"]: _judged(row, filed=filed) for row in rows}


def never_saved() -> Approval:
    return Approval(CheckState.MISSING, _not_sent())


def _judged(row: dict[str, Any], *, filed: bool) -> Approval:
    if not row["live"]:
        return _unpublished(row)
    if not row["has_unpublished_changes"]:
        return Approval()
    if filed:
        words = _("A newer draft is not published: the published words are what is handed in.")
        return Approval(CheckState.ADVICE, words)
    return _unpublished(row)


def _newest_reviews() -> dict[str, Subquery]:
    reviews = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("pk"), CharField()),
    ).order_by("-created_at", "-pk")
    return {name: Subquery(reviews.values(field)[:1]) for name, field in REVIEW.items()}


def _workflows() -> QuerySet[WorkflowPage]:
    """Of a page, or of one above it; as `Page.get_workflow`, for many pages at once."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    active = WorkflowPage.objects.filter(workflow__active=True)
    return active.annotate(below=path).filter(below__startswith=F("page__path"))


def _unpublished(row: dict[str, Any]) -> Approval:
    """Of newest words that are not those the public reads."""
    if planned := row[PLANNED]:
        when = formats.date_format(timezone.localtime(planned), "DATETIME_FORMAT")
        words = _("Approved. It will be published: %(when)s – until then the PDF says DRAFT.")
        return Approval(CheckState.ADVICE, words % {"when": when})
    if row["review"] == WorkflowState.STATUS_IN_PROGRESS:
        words = _("In review with “%(task)s”: it can be handed in once it is approved.")
        return Approval(CheckState.MISSING, words % {"task": row["task"] or "–"})
    if row["review"] == WorkflowState.STATUS_NEEDS_CHANGES:
        words = _("Sent back: changes are asked for. Make them, then send it for review again.")
        return Approval(CheckState.MISSING, words)
    # Exactly these words were approved, and then taken off the site, or their release is held.
    same = row["read"] is not None and row["read"] == row["latest_revision_id"]
    approved = row["review"] == WorkflowState.STATUS_APPROVED
    if approved and same and not row["live"]:
        words = _("Approved, but not published: the PDF still says DRAFT.")
        return Approval(CheckState.ADVICE, words)
    if not row["is_reviewed"]:
        words = _("Not published. No review is set up here: an administrator publishes it.")
        return Approval(CheckState.MISSING, words)
    if row["live"] or approved:
        words = _("Changed since it was approved. Send the changes for review.")
        return Approval(CheckState.MISSING, words)
    return Approval(CheckState.MISSING, _not_sent())


def _not_sent() -> str:
    return _("Not sent for review yet. Send it for review: a colleague approves it.")
