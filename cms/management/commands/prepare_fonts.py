"""`manage.py prepare_fonts`: makes the print and web fonts ahead of the first PDF."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from cms.pdf import font_sets, fonts, identity


class Command(BaseCommand):
    help = "Make the static font files used by the PDFs and the public pages (once per version)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        ready = fonts.fonts_ready()
        folder = fonts.ensure_fonts(self._progress)
        word = "Fonts are ready in" if ready else "Made the fonts in"
        self.stdout.write(f"{word} {folder}")
        for pair in self._chosen_pairs():
            if not font_sets.is_ready(pair):
                self.stdout.write(f"Made the fonts in {font_sets.ensure(pair, self._progress)}")

    def _chosen_pairs(self) -> list[str]:
        try:
            return identity.pairs_in_use()
        except DatabaseError:  # on a new machine the fonts are made before the database
            return []

    def _progress(self, done: int, total: int, name: str) -> None:
        self.stdout.write(f"  {done}/{total} {name}")
        self.stdout.flush()
