"""Approval by somebody other than the last editor."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Comment, GroupApprovalTask, Page


def open_comments(obj) -> int:
    """How many comments in the margin of `obj` nobody has resolved. Only pages have any."""
    if not isinstance(obj, Page):
        return 0
    return Comment.objects.filter(page_id=obj.pk, resolved_at__isnull=True).count()


def open_comments_label(count: int) -> str:
    return ngettext("%(count)d open comment", "%(count)d open comments", count) % {"count": count}


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
        """Without approving for who edited last; what is still discussed stands on the button."""
        actions = super().get_actions(obj, user)
        if self.is_last_editor(obj, user):
            return [action for action in actions if action[0] != "approve"]
        count = open_comments(obj) if actions else 0
        if not count:
            return actions
        said = open_comments_label(count)
        return [
            (name, f"{label} ({said})" if name == "approve" else label, modal)
            for name, label, modal in actions
        ]

    def waits_for_a_colleague(self, obj, user) -> bool:
        """Whether `user` could approve `obj`, had they not edited it last."""
        may_review = bool(super().get_actions(obj, user))
        return may_review and self.is_last_editor(obj, user)

    def on_action(self, task_state, user, action_name, **kwargs):
        if action_name == "approve" and task_state.revision.user_id == user.pk:
            raise PermissionDenied(_("Who edited last cannot approve. Ask a colleague to approve."))
        return super().on_action(task_state, user, action_name, **kwargs)
