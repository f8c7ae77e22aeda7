"""What happens when a workflow ends: what a second person approved is published.

Named in `WAGTAIL_FINISH_WORKFLOW_ACTION`. Wagtail imports it while models are still being made, so
nothing that needs them stands at the top of this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import Revision, WorkflowState

    from cms.models import User


def publish_approved(workflow_state: WorkflowState, user: User | None = None) -> None:
    """Publish the latest revision, in the name of who approved it.

    Reviewers hold no right to publish: this approval stands for it, but only that of these very
    words, by somebody who did not write them. Otherwise (a workflow without tasks, for example) it
    is a direct publication and Wagtail asks for the right.
    """
    revision = workflow_state.content_object.get_latest_revision()
    approved = approved_by_another(workflow_state, revision)
    revision.publish(user=user, skip_permission_checks=approved)


def approved_by_another(workflow_state: WorkflowState, revision: Revision) -> bool:
    approvals = workflow_state.task_states.filter(
        status="approved", revision=revision, finished_by__isnull=False
    )
    return approvals.exclude(finished_by=revision.user_id).exists()
