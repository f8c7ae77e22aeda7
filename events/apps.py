"""Where and when, and what was said there."""

from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# Admin pages that show each member their own.
FOR_SPEAKERS = (
    "events:appearances",
    "events:calendars",
    "events:calendar_revoke",
    "events:room",
    "events:document_pdf",
    "events:document_print",
    "events:document_twin",
)


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Hearings and events")

    def ready(self) -> None:
        from wagtail.models import ReferenceIndex

        from cms.domain.admin_frame import register_mark
        from cms.domain.confinement import open_to_everybody
        from cms.domain.site_links import register_addresses, register_menu_link
        from events import archive_sources, pdf, signal_handlers
        from events.actions import register_event_action
        from events.domain import holders
        from events.domain.access import HAS_APPEARANCES, appearances_of_members
        from events.domain.visibility import sitemap_addresses
        from events.models import Presentation, Record, WitnessDisclosure
        from events.permissions import CHANGE_PRESENTATION

        # None is a snippet, so Wagtail would not count them among the uses of a page, person or document.
        for model in (Presentation, Record, WitnessDisclosure):
            ReferenceIndex.register_model(model)
        open_to_everybody(*FOR_SPEAKERS, harmless=("events.view_presentation",))
        register_mark(HAS_APPEARANCES, appearances_of_members())
        signal_handlers.connect(self)
        register_menu_link("hearings:list", _("Events"))
        register_addresses("events", sitemap_addresses)
        pdf.register()
        archive_sources.register()
        holders.register()
        self._deadlines()
        register_event_action(
            "packet",
            _("Packet…"),
            lambda event: reverse("events:packet", args=[event.pk]),
            permission=CHANGE_PRESENTATION,
            icon="download",
            order=300,
        )

    def _deadlines(self) -> None:
        from wagtail.permission_policies import ModelPermissionPolicy
        from wagtail.permissions import register_permission_policy

        from events import benchmark
        from events.models import Body, HolidayOverride
        from events.views.moving import offer_changes

        # Whoever keeps the rules of bodies keeps the days on which their offices are closed.
        register_permission_policy(HolidayOverride, ModelPermissionPolicy(Body))
        offer_changes()
        benchmark.register()
