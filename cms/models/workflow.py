"""Approval by somebody other than the last editor."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask


class IndependentApprovalTask(GroupApprovalTask):
    """A group approval in which nobody approves their own last edit.

    Enforced in `on_action`, not only in the buttons: the e-mail link, the bulk action and code
    that drives the workflow all pass there.
    """

    class Meta:
        verbose_name = _("approval by a second person")
        verbose_name_plural = _("approvals by a second person")

    @classmethod
    def get_description(cls) -> str | Promise:
        return _("Members of the chosen groups can approve, except who edited last.")

    @staticmethod
    def is_last_editor(obj, user) -> bool:
        revision = obj.get_latest_revision()
        return revision is not None and revision.user_id == user.pk

    def get_actions(self, obj, user):
        actions = super().get_actions(obj, user)
        if self.is_last_editor(obj, user):
            return [action for action in actions if action[0] != "approve"]
        return actions

    def on_action(self, task_state, user, action_name, **kwargs):
        if action_name == "approve" and task_state.revision.user_id == user.pk:
            raise PermissionDenied(_("Who edited last cannot approve. Ask a colleague to approve."))
        return super().on_action(task_state, user, action_name, **kwargs)
