"""Pictures and documents that the public sees: what stands on an approved page is not exchanged behind it.

A file has no draft and no review; what is changed in it shows at once wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from cms.domain.visibility import file_is_public
from cms.models import Attachment, CreditedImage, Theme
from cms.permissions import publishes_pages

CHANGE, DELETE = "change", "delete"


def shows_in_public(file: Model) -> bool:
    """True while the public sees an image or document: on a page, in branding, or as the logo of such a page."""
    if file.pk is None:
        return False
    if file_is_public(file):
        return True
    themes = Theme.objects.filter(logo=file) if isinstance(file, CreditedImage) else ()
    return any(file_is_public(theme) for theme in themes)


class FilePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's own, but for what shows in public: whoever may publish alone changes it, and nobody deletes it.

    Here and not in the views: forms, lists, bulk actions and Wagtail's interfaces all ask the policy.
    """

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Model
    ) -> bool:
        asked = set(actions)
        allowed = super().user_has_any_permission_for_instance
        others = asked - {CHANGE, DELETE}
        if others and allowed(user, others, instance):
            return True
        if not asked & {CHANGE, DELETE} or not allowed(user, asked, instance):
            return False
        if not shows_in_public(instance):
            return True
        return CHANGE in asked and publishes_pages(user)

    def keeps(self, user: Any, action: str, file: Model) -> bool:
        """True when `user` might, were the file not public."""
        might = super().user_has_any_permission_for_instance(user, [action], file)
        return might and not self.user_has_any_permission_for_instance(user, [action], file)


def register_policies() -> None:
    """Called in `AppConfig.ready()`."""
    for model, rights in (
        (CreditedImage, "wagtailimages.Image"),
        (Attachment, "wagtaildocs.Document"),
    ):
        policy = FilePolicy(model, auth_model=rights, owner_field_name="uploaded_by_user")
        # Exactly: Wagtail's applications come later and register their own for the same models.
        register_permission_policy(model, policy, exact_class=True)


def policy_of(model: type[Model]) -> FilePolicy:
    policy = policy_registry.get_by_type(model)
    assert isinstance(policy, FilePolicy)
    return policy
