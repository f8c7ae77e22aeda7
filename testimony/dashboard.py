"""What waits for the person who signed in: approvals, own drafts, what was sent back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision, TaskState, WorkflowState

from cms.models import IndependentApprovalTask, User
from testimony.models import FactSheetPage, Source, Statistic, TalkingPoint, TestimonyPage

SHOWN = 6  # of each list; the counts tell of the rest
MODELS = (TestimonyPage, FactSheetPage, TalkingPoint, Statistic, Source)


@dataclass(frozen=True)
class Waiting:
    """One thing to do. `kind` is the model's name, `who` the person it came from."""

    title: str
    kind: str
    url: str
    who: str
    since: datetime | None


@dataclass(frozen=True)
class WaitingList:
    heading: str
    items: list[Waiting]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.items)


class WaitsForYouPanel(Component):
    """Takes the place of Wagtail's own workflow panels, which ask several queries for each row."""

    name = "waits_for_you"
    order = 110
    template_name = "testimony/admin/waits_for_you.html"

    class Media:
        css = {"all": ["testimony/css/admin.css"]}

    def get_context_data(self, parent_context) -> dict:
        user = parent_context["request"].user
        sent_back, with_approvers = submitted(user)
        approvable, for_a_colleague = to_approve(user)
        lists = [approvable, sent_back, own_drafts(user), with_approvers, for_a_colleague]
        return {"lists": [waiting for waiting in lists if waiting.total]}


def to_approve(user: User) -> tuple[WaitingList, WaitingList]:
    """Tasks the user can act on, and those of which they edited the object last, which wait for somebody else."""
    states = (
        TaskState.objects.reviewable_by(user)
        .select_related("task", "revision__user", "revision__base_content_type")
        .prefetch_related("revision__content_object")
        .order_by("started_at")
    )
    found = [(state, state.revision.content_object) for state in states]
    waiting = [(state, item) for state, item in found if item]
    own = _edited_last_by(user, [item for _state, item in waiting])
    entries: dict[bool, list] = defaultdict(list)
    for state, item in waiting:
        mine = item.latest_revision_id in own and _is_independent(state)
        entries[mine].append((item, state.revision.user, state.started_at))
    return (
        _list(_("To approve"), entries[False], user),
        _list(_("A colleague has to approve: you changed it last"), entries[True], user),
    )


def _edited_last_by(user: User, items: Iterable[Any]) -> set[int]:
    """Newest revisions of `items` that are the user's: a review begun earlier still names the former one."""
    newest = [item.latest_revision_id for item in items]
    return set(Revision.objects.filter(pk__in=newest, user=user).values_list("pk", flat=True))


def _is_independent(state: TaskState) -> bool:
    wanted = ContentType.objects.get_for_model(IndependentApprovalTask)
    return state.task.content_type_id == wanted.pk


def submitted(user: User) -> tuple[WaitingList, WaitingList]:
    """What the user submitted: returned with comments, and still with the approvers."""
    states = (
        WorkflowState.objects.active()
        .filter(requested_by=user)
        .select_related("current_task_state__finished_by")
        .prefetch_related("content_object")
        .order_by("-created_at")
    )
    entries: dict[str, list] = defaultdict(list)
    for state in states:
        if state.content_object:
            who, when = _decision(state.current_task_state)
            entries[state.status].append((state.content_object, who, when or state.created_at))
    return (
        _list(_("Sent back to you"), entries[WorkflowState.STATUS_NEEDS_CHANGES], user),
        _list(_("In review"), entries[WorkflowState.STATUS_IN_PROGRESS], user),
    )


def own_drafts(user: User) -> WaitingList:
    """Edited last by the user, not published, and in no workflow."""
    running = {
        (content_type, int(pk))
        for content_type, pk in WorkflowState.objects.active().values_list(
            "base_content_type_id", "object_id"
        )
    }
    entries: list[tuple] = []
    for model in MODELS:
        base = ContentType.objects.get_for_model(Page if issubclass(model, Page) else model).pk
        entries += [
            (draft, None, draft.latest_revision.created_at)
            for draft in _unpublished(model, user)
            if (base, draft.pk) not in running
        ]
    entries.sort(key=lambda entry: entry[2], reverse=True)
    return _list(_("Your drafts, not sent for review"), entries, user)


def _unpublished(model: type[Model], user: User) -> QuerySet:
    """Rows whose newest version is the user's and is not live. Long texts stay in the database."""
    heavy = [name for name in ("body", "text") if hasattr(model, name)]
    return (
        model._default_manager.filter(has_unpublished_changes=True, latest_revision__user=user)
        .select_related("latest_revision")
        .defer(*heavy, "latest_revision__content")
    )


def _decision(state: TaskState | None) -> tuple[User | None, datetime | None]:
    return (state.finished_by, state.finished_at) if state else (None, None)


def _list(
    heading: str, entries: Iterable[tuple[Model, User | None, datetime | None]], user: User
) -> WaitingList:
    finder = AdminURLFinder(user)
    found = list(entries)
    items = [
        Waiting(
            title=_title(item),
            kind=str(_kind(item)._meta.verbose_name),
            url=finder.get_edit_url(item) or "",
            who=str(who) if who else "",
            since=since,
        )
        for item, who, since in found[:SHOWN]
    ]
    return WaitingList(heading, items, len(found))


def _title(item: Model) -> str:
    return item.get_admin_display_title() if isinstance(item, Page) else str(item)


def _kind(item: Model) -> type[Model]:
    """A workflow of a page leads to the plain page; its content type is cached by Django."""
    return (isinstance(item, Page) and item.specific_class) or type(item)
