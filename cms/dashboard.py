"""Order in the admin: a menu that reads like the work, a home page without Wagtail's clutter."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.models import Page
from wagtail.permissions import policy_registry

ARCHIVE_ORDER = 260
EXPLORER_ORDER = 800  # behind images (300) and documents (400), before reports (9000)
# What people who only write have no use for.
PUBLISHERS_ONLY = frozenset({"explorer", "reports"})
# `testimony.dashboard` says the same in fewer queries.
REPLACED_PANELS = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)


def archive_menu_item() -> MenuItem:
    return MenuItem(
        _("Archive"),
        reverse("cms_open_archive"),
        name="archive",
        icon_name="globe",
        order=ARCHIVE_ORDER,
    )


def arrange_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Put Wagtail's page explorer behind the work, and hide from authors what only publishers need."""
    publishes = policy_registry.get_by_type(Page).user_has_permission(request.user, "publish")
    items[:] = [item for item in items if publishes or item.name not in PUBLISHERS_ONLY]
    for item in items:
        if item.name == "explorer":
            item.order = EXPLORER_ORDER


def arrange_home(request: HttpRequest, panels: list) -> None:
    """Take out the panels that "Waits for you" replaces."""
    panels[:] = [panel for panel in panels if not isinstance(panel, REPLACED_PANELS)]
