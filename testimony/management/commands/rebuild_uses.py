"""Make the index of uses, and what staff search, anew from documents, items and records."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from testimony.domain import finding, uses


class Command(BaseCommand):
    help = (
        "Make anew where the items of the library are used, and what staff find by searching. Safe at any time: nothing that people wrote "
        "is kept there."
    )

    def handle(self, *args, **options) -> None:
        report = self.report if options["verbosity"] else None
        stored, found = uses.rebuild(report), finding.rebuild(report)
        self.stdout.write(f"{stored} uses are known, and {found} items and documents can be found.")

    def report(self, done: int, total: int) -> None:
        self.stderr.write(f"{done} of {total} holders read")
