"""Where and when, and what was said there."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Hearings and events")

    def ready(self) -> None:
        from wagtail.models import ReferenceIndex

        from cms.domain.confinement import open_to_everybody
        from events import signal_handlers
        from events.models import Presentation, Record

        # Neither is a snippet, so Wagtail would not count them among the uses of a page or person.
        ReferenceIndex.register_model(Presentation)
        ReferenceIndex.register_model(Record)
        open_to_everybody(
            "events:appearances",
            "events:room",
            "events:document_pdf",
            harmless=("events.view_presentation",),
        )
        signal_handlers.connect(self)
