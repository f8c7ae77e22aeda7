"""Who reviews pages. The right to publish belongs to those who may do it without a second person."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

# Reviewers lock what they read, and hold no right to publish: approval in the workflow does that.
REVIEWING = frozenset({"lock", "publish"})
WORKING = frozenset({"add", "change", *REVIEWING})


def reviews_pages(user: AbstractBaseUser | AnonymousUser) -> bool:
    return policy_registry.get_by_type(Page).user_has_any_permission(user, REVIEWING)


def publishes_pages(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Without a second person."""
    return policy_registry.get_by_type(Page).user_has_any_permission(user, {"publish"})


def works_on_pages(user: AbstractBaseUser | AnonymousUser) -> bool:
    return policy_registry.get_by_type(Page).user_has_any_permission(user, WORKING)


class PagePermissions(PagePermissionTester):
    """Reviewers may always take a page back, live or scheduled. Wagtail ties that to publishing."""

    def reviews(self) -> bool:
        if not self.user.is_active or self.page_is_root:
            return False
        return self.user.is_superuser or not REVIEWING.isdisjoint(self.permissions)

    def can_unpublish(self) -> bool:
        return self.page.live and self.reviews() and not self.page_locked()

    def can_unschedule(self) -> bool:
        return self.reviews()


class TreePolicy(PagePermissionPolicy):
    """Wagtail's own, but for one thing: a member's root in the explorer is not fetched again where it is one of the
    pages that their groups have rights to. Every page of the admin asks for it."""

    def explorable_root_instance(self, user):
        known = self._explorable_root_instance_cache_name
        if not hasattr(user, known):
            pages = list(self.instances_with_direct_explore_permission(user))
            top = min(pages, key=lambda page: page.depth, default=None)
            if top is not None and all(page.path.startswith(top.path) for page in pages):
                setattr(user, known, top)
        return super().explorable_root_instance(user)
