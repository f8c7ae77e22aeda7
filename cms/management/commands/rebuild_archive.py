"""Make the archive's lists and search anew from the public pages."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from cms.archive.projection import rebuild


class Command(BaseCommand):
    help = (
        "Make the archive's lists and search anew from the public pages. Safe at any time: nothing that "
        "people wrote is kept there."
    )

    def handle(self, *args, **options) -> None:
        failed: list[int] = []
        stored = rebuild(self.report if options["verbosity"] else None, failed)
        self.stdout.write(f"{stored} documents are in the archive.")
        if failed:
            pages = ", ".join(map(str, sorted(failed)))
            raise CommandError(f"These pages could not be read and are not in it: {pages}.")

    def report(self, done: int, total: int) -> None:
        self.stderr.write(f"{done} of {total} pages read")
