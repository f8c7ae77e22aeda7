"""`manage.py prepare_fonts`: makes the print and web fonts ahead of the first PDF."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from cms.pdf import font_failures, font_sets, fonts, identity


class Command(BaseCommand):
    help = "Make the static font files used by the PDFs and the public pages (once per version)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._prepare()
        except font_failures.FontsFailed as error:
            raise CommandError(f"The fonts could not be made: {error.__cause__}") from error

    def _prepare(self) -> None:
        ready = fonts.fonts_ready()
        font_failures.forget(fonts.fonts_folder())
        folder = fonts.ensure_fonts(self._progress)
        word = "Fonts are ready in" if ready else "Made the fonts in"
        self.stdout.write(f"{word} {folder}")
        for pair in self._chosen_pairs():
            if not font_sets.is_ready(pair):
                font_failures.forget(font_sets.set_folder(pair))
                self.stdout.write(f"Made the fonts in {font_sets.ensure(pair, self._progress)}")

    def _chosen_pairs(self) -> list[str]:
        try:
            return identity.pairs_in_use()
        except DatabaseError:  # on a new machine the fonts are made before the database
            return []

    def _progress(self, done: int, total: int, name: str) -> None:
        self.stdout.write(f"  {done}/{total} {name}")
        self.stdout.flush()
