"""Who has only business of their own in the admin, and which of its pages are open to them.

Wagtail takes everybody who may enter its admin for an editor: its choosers, its searches and its programming
interface list drafts to all. Whoever may do nothing there but enter is let into a short list of pages instead.
Upper packages add the pages that show a person what is theirs.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
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


def may_choose(user: Any, model: type[Model]) -> bool:
    """Whether a dialog may list what there is of `model`, tentative and proposed things included: to those who
    work on such things, on something that names one, or on documents. Wagtail asks for no right at all."""
    naming = {relation.related_model for relation in model._meta.related_objects}
    rights = {
        f"{kind._meta.app_label}.{action}_{kind._meta.model_name}"
        for kind in {model, *naming}
        for action in ("view", "choose", "add", "change")
    }
    if user.is_superuser or not rights.isdisjoint(user.get_all_permissions()):
        return True
    # Last, since it asks the database.
    return policy_registry.get_by_type(Page).user_has_any_permission(user, {"add", "change"})
