"""Who may approve, said in the editor: before, instead of a button that is missing, and after."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.models import IndependentApprovalTask
from cms.models.workflow import open_comments, open_comments_label


def say_who_approves(request: HttpRequest, item: Any) -> None:
    """On opening the editor, not on its saves, which happen every few seconds."""
    if request.method != "GET" or not getattr(item, "workflow_in_progress", False):
        return
    task = item.current_workflow_task
    if isinstance(task, IndependentApprovalTask) and task.waits_for_a_colleague(item, request.user):
        messages.warning(request, _("You changed this last: a colleague has to approve it."))


def approve_first(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Who may approve came to do that: it is the button that shows, "Save draft" stands below it."""
    for item in items:
        if item.name == "approve" and not item.launch_modal:
            items.remove(item)
            items.insert(0, item)
            return


def say_what_is_open(request: HttpRequest, item: Any) -> None:
    """After an approval: comments that nobody has resolved stop nothing, and are not lost either."""
    if count := open_comments(item):
        words = _("Approved with %(comments)s: see to it in the editor.")
        messages.warning(request, words % {"comments": open_comments_label(count)})


def say_what_came_of_it(request: HttpRequest, item: Any) -> None:
    """After "Approve". The editor saves each change, so who changes a word has edited last before they press it.

    Wagtail then saves once more and says only that; the button was on the page since it was opened.
    """
    if not request.POST.get("action-workflow-action"):
        return
    if request.POST.get("workflow-action-name") != "approve":
        return
    if not item.workflow_in_progress:
        say_what_is_open(request, item)
        return
    revision = item.get_latest_revision()
    if revision is not None and revision.user_id == request.user.pk:
        messages.warning(
            request,
            _("Not approved: you were the last to change it. Ask a colleague to approve it."),
        )
