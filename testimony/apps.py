"""What is said."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TestimonyConfig(AppConfig):
    name = "testimony"
    verbose_name = _("Testimony")

    def ready(self) -> None:
        from testimony import actions, archive_sources, pdf, signal_handlers

        archive_sources.register()
        pdf.register()
        actions.register()
        signal_handlers.connect()
