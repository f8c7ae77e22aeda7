"""Who has only business of their own in the admin, and which of its pages are open to them.

Wagtail takes everybody who may enter its admin for an editor: its choosers, its searches and its programming
interface list drafts to all. Whoever may do nothing there but enter is let into a short list of pages instead.
Upper packages add the pages that show a person what is theirs.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.models import Attachment, CreditedImage

# Rights that open nothing of other people.
_harmless = {"wagtailadmin.access_admin"}
_open_views = {
    "wagtailadmin_home",
    "wagtailadmin_account",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
    # What the pages above are made of.
    "wagtailadmin_dismissibles",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
}


def open_to_everybody(*view_names: str, harmless: tuple[str, ...] = ()) -> None:
    """Let the confined into views, which answer each person with their own; `harmless` rights free nobody."""
    _open_views.update(view_names)
    _harmless.update(harmless)


def is_confined(user: Any) -> bool:
    """True for members who work on nothing: speakers. Free of queries for all who have a right."""
    if user.get_all_permissions() - _harmless:
        return False
    works = (
        (Page, {"add", "change", "publish", "lock", "unlock", "bulk_delete"}),
        (CreditedImage, {"add", "change", "choose"}),
        (Attachment, {"add", "change", "choose"}),
    )
    return not any(
        policy_registry.get_by_type(model).user_has_any_permission(user, actions)
        for model, actions in works
    )


def may_visit(user: Any, view_name: str) -> bool:
    """Whether a page of the admin may answer `user`; what it shows is still its own decision."""
    return view_name in _open_views or not is_confined(user)
