"""No document goes to review or is approved before it is ready, whoever drives the workflow.

Checked as a workflow or a task of it is saved, before reviewers get their e-mails.
"""

from __future__ import annotations

from wagtail.models import TaskState, WorkflowState

from testimony.models import DocumentPage
from testimony.models.readiness import check_ready


def refuse_unready(state: WorkflowState | TaskState) -> None:
    """Raise ValidationError when `state` would send for review, or approve, a document that is not ready."""
    if isinstance(state, WorkflowState):
        if state.status == WorkflowState.STATUS_IN_PROGRESS:
            page = _document(state)
            if page is not None:
                check_ready(page.get_latest_revision_as_object())
    elif state.status == TaskState.STATUS_APPROVED and _document(state.workflow_state) is not None:
        check_ready(state.revision.as_object())


def _document(state: WorkflowState) -> DocumentPage | None:
    model = state.content_type.model_class()
    if model is None or not issubclass(model, DocumentPage):
        return None
    return model.objects.filter(pk=state.object_id).first()
