"""Where and when, and what was said there."""

from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Hearings and events")

    def ready(self) -> None:
        from wagtail.models import ReferenceIndex

        from cms.domain.confinement import open_to_everybody
        from events import pdf, signal_handlers
        from events.actions import register_event_action
        from events.models import Presentation, Record
        from events.permissions import CHANGE_PRESENTATION

        # Neither is a snippet, so Wagtail would not count them among the uses of a page or person.
        ReferenceIndex.register_model(Presentation)
        ReferenceIndex.register_model(Record)
        open_to_everybody(
            "events:appearances",
            "events:room",
            "events:document_pdf",
            "events:document_print",
            harmless=("events.view_presentation",),
        )
        signal_handlers.connect(self)
        pdf.register()
        register_event_action(
            "packet",
            _("Packet…"),
            lambda event: reverse("events:packet", args=[event.pk]),
            permission=CHANGE_PRESENTATION,
            icon="download",
            order=300,
        )
