"""What of an object is printed for a person: the published words, or a draft for those who may edit it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page
from wagtail.permissions import policy_registry

from cms.domain.visibility import file_is_public, is_public
from cms.models import Attachment
from cms.pdf.errors import PdfError

WORKING_WITH = {"add", "change", "choose"}


class MayNotPrint(PdfError):
    """It cannot be printed for this person. `str(error)` is safe to show."""


@dataclass(frozen=True)
class Source:
    """The object as it is to be printed, maybe built from a revision."""

    obj: Any
    draft: bool


def source_of(obj: Any, user: Any, *, newest: bool = False, trusted: bool = False) -> Source:
    """What to print of `obj`. No `user` is the public; `trusted` skips the question who asks."""
    if isinstance(obj, Page):
        return _of_page(obj.specific, user, newest=newest, trusted=trusted)
    if isinstance(obj, Attachment):
        if trusted or file_is_public(obj) or _works_with(user, obj):
            return Source(obj, draft=False)
        raise MayNotPrint(_("you may not open this file"))
    if trusted or _sees(user, type(obj)):
        return _of_snippet(obj, newest=newest)
    raise MayNotPrint(_("you may not see it"))


def _of_snippet(obj: Any, *, newest: bool) -> Source:
    """Never published: its latest draft, as on the button beside it."""
    if not isinstance(obj, DraftStateMixin):
        return Source(obj, draft=False)
    if not obj.live or (newest and obj.has_unpublished_changes):
        return Source(obj.get_latest_revision_as_object(), draft=True)
    return Source(obj, draft=False)


def _of_page(page: Page, user: Any, *, newest: bool, trusted: bool) -> Source:
    may_edit = trusted or (user is not None and page.permissions_for_user(user).can_edit())
    public = is_public(page)
    has_draft = not page.live or page.has_unpublished_changes
    if may_edit and has_draft and (newest or not page.live):
        return Source(page.get_latest_revision_as_object(), draft=True)
    if public or (may_edit and page.live):
        return Source(page, draft=False)
    raise MayNotPrint(_("it is not published, and you may not print its draft"))


def _works_with(user: Any, file: Attachment) -> bool:
    policy = policy_registry.get_by_type(Attachment)
    return user is not None and policy.user_has_any_permission_for_instance(
        user, WORKING_WITH, file
    )


def _sees(user: Any, model: type[Model]) -> bool:
    label, name = model._meta.app_label, model._meta.model_name
    return user is not None and any(
        user.has_perm(f"{label}.{action}_{name}") for action in ("view", "change", "add")
    )
