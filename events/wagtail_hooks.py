"""Wires events into the admin. Nothing is decided here."""

from __future__ import annotations

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.menu import MenuItem

from events import admin_urls
from events.choosers import DocumentChooserViewSet
from events.dashboard import DeadlinesPanel, DueNextPanel
from events.domain.access import has_appearances
from events.log_formatters import register_actions
from events.models import Presentation, Record
from events.url_finders import PresentationURLFinder, RecordURLFinder
from events.views import speakers
from events.views.deletion import keep_page, keep_pages, keep_snippets
from events.views.moving import warn_of_changes
from events.views.version_reviews import NewVersionsPanel
from events.viewsets import EventsViewSetGroup

hooks.register("before_delete_page", keep_page)
hooks.register("before_bulk_action", keep_pages)
hooks.register("before_delete_snippet", keep_snippets)
hooks.register("before_edit_page", warn_of_changes)
hooks.register("register_log_actions", register_actions)
hooks.register("register_reports_menu_item", speakers.menu_item)
register_admin_url_finder(Presentation, PresentationURLFinder)
register_admin_url_finder(Record, RecordURLFinder)


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    return [EventsViewSetGroup(), DocumentChooserViewSet("presentation_documents")]


@hooks.register("register_admin_urls")
def register_urls() -> list:
    return [path("events/", include(admin_urls))]


@hooks.register("construct_homepage_panels")
def add_due_next(request, panels: list) -> None:
    panels.append(DueNextPanel())
    panels.append(DeadlinesPanel())
    panels.append(NewVersionsPanel())


class AppearancesMenuItem(MenuItem):
    """Only for those who speak."""

    def is_shown(self, request) -> bool:
        return has_appearances(request.user)


@hooks.register("register_admin_menu_item")
def register_appearances() -> MenuItem:
    url = reverse("events:appearances")
    return AppearancesMenuItem(_("My appearances"), url, icon_name="user", order=120)


@hooks.register("register_account_menu_item")
def register_calendars(request) -> dict[str, str]:
    return {
        "url": reverse("events:calendars"),
        "label": str(_("Calendar on my phone")),
        "help_text": str(_("Private addresses for the calendar of your telephone or computer.")),
    }
