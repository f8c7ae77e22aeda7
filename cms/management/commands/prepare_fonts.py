"""`manage.py prepare_fonts`: makes the print and web fonts ahead of the first PDF."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.pdf import fonts


class Command(BaseCommand):
    help = "Make the static font files used by the PDFs and the public pages (once per version)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        ready = fonts.fonts_ready()
        folder = fonts.ensure_fonts(self._progress)
        word = "Fonts are ready in" if ready else "Made the fonts in"
        self.stdout.write(f"{word} {folder}")

    def _progress(self, done: int, total: int, name: str) -> None:
        self.stdout.write(f"  {done}/{total} {name}")
        self.stdout.flush()
