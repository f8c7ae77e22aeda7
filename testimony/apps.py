"""What is said."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TestimonyConfig(AppConfig):
    name = "testimony"
    verbose_name = _("Testimony")

    def ready(self) -> None:
        from cms.archive import later
        from testimony import actions, archive_sources, benchmark, pdf, signal_handlers
        from testimony.domain import (
            figures,
            holders,
            mandates,
            packet_parts,
            printing,
            readiness,
            refreshing,
        )

        archive_sources.register()
        later.register_start(refreshing.start_archive)
        pdf.register()
        actions.register()
        benchmark.register()
        signal_handlers.connect()
        figures.register()
        readiness.register()
        mandates.register()
        holders.register()
        printing.register()
        packet_parts.register()
