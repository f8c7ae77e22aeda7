"""Words for an approval that did not happen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages


def say_why_not_approved(request: HttpRequest, item: Any) -> None:
    """The editor saves each change, so who changes a word has edited last before they press "Approve".

    Wagtail then saves once more and says only that; the button was on the page since it was opened.
    """
    if not request.POST.get("action-workflow-action"):
        return
    if request.POST.get("workflow-action-name") != "approve" or not item.workflow_in_progress:
        return
    revision = item.get_latest_revision()
    if revision is not None and revision.user_id == request.user.pk:
        messages.warning(
            request,
            _("Not approved: you were the last to change it. Ask a colleague to approve it."),
        )
