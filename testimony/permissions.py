"""Who may write documents. Where they live decides: adding needs the right to add under the archive."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.models import ArchivePage


def archive_page() -> ArchivePage | None:
    """The page that documents stand under. There is one; none before the site is set up."""
    return ArchivePage.objects.order_by("path").first()


def may_add_documents(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Kept on the user, since the page of an event asks for each thing that may be begun."""
    known = vars(user)
    if "_may_add_documents" not in known:
        archive = archive_page()
        allowed = archive is not None and archive.permissions_for_user(user).can_add_subpage()
        known["_may_add_documents"] = allowed
    return known["_may_add_documents"]


def works_on_documents(user: AbstractBaseUser | AnonymousUser) -> bool:
    """May touch pages at all: authors and approvers, not speakers. Asks no database twice."""
    policy = policy_registry.get_by_type(Page)
    return policy.user_has_any_permission(user, {"add", "change", "publish"})
