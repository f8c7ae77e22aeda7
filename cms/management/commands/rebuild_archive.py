"""Make the archive's lists and search anew from the public pages."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from cms.archive.projection import rebuild


class Command(BaseCommand):
    help = (
        "Make the archive's lists and search anew from the public pages. Safe at any time: nothing that "
        "people wrote is kept there."
    )

    def handle(self, *args, **options) -> None:
        stored = rebuild(self.report if options["verbosity"] else None)
        self.stdout.write(f"{stored} documents are in the archive.")

    def report(self, done: int, total: int) -> None:
        self.stderr.write(f"{done} of {total} pages read")
