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

from cms.domain.confinement import is_confined
from cms.permissions import reviews_pages

ARCHIVE_ORDER = 260
EXPLORER_ORDER = 800  # behind images (300) and documents (400), before reports (9000)
# What people who only write have no use for.
REVIEWERS_ONLY = frozenset({"explorer", "reports"})
# `testimony.dashboard` says the same in fewer queries.
REPLACED_PANELS = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)
# Guides to Wagtail, on Wagtail's own site.
FOREIGN_HELP = ("editor-guide", "whats-new-in-wagtail")


class ArchiveMenuItem(MenuItem):
    """The confined would be turned away from it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return not is_confined(request.user)


def archive_menu_item() -> MenuItem:
    return ArchiveMenuItem(
        _("Archive"),
        reverse("cms_open_archive"),
        name="archive",
        icon_name="globe",
        order=ARCHIVE_ORDER,
    )


def arrange_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Put Wagtail's page explorer behind the work, and hide from authors what only reviewers need."""
    reviews = reviews_pages(request.user)
    items[:] = [item for item in items if reviews or item.name not in REVIEWERS_ONLY]
    for item in items:
        if item.name == "explorer":
            item.order = EXPLORER_ORDER


def arrange_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """Keep what explains this admin; its words and lists are not those of Wagtail's guide."""
    items[:] = [item for item in items if not item.name.startswith(FOREIGN_HELP)]


def arrange_home(request: HttpRequest, panels: list) -> None:
    """Take out the panels that "Waits for you" replaces."""
    panels[:] = [panel for panel in panels if not isinstance(panel, REPLACED_PANELS)]
