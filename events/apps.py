"""Where and when, and what was said there."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Hearings and events")

    def ready(self) -> None:
        from wagtail.models import ReferenceIndex

        from events import signal_handlers
        from events.models import Presentation, Record

        # Neither is a snippet, so Wagtail would not count them among the uses of a page or person.
        ReferenceIndex.register_model(Presentation)
        ReferenceIndex.register_model(Record)
        signal_handlers.connect(self)
