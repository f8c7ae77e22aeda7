"""`manage.py sweep_pdfs`: give back the space of PDFs that nobody needs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.pdf import upkeep

TELL_EVERY = 500


class Command(BaseCommand):
    help = (
        "Remove stored PDFs that no page shows and nobody asked for in a while, and zips and logos that nobody needs "
        "any more. They are made again when somebody asks. Records as delivered are never touched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days",
            type=int,
            default=upkeep.KEEP_DAYS,
            metavar="N",
            help=f"unused for so many days; default {upkeep.KEEP_DAYS}",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] < 1:
            raise CommandError(_("--days needs a number of at least 1."))
        files = size = 0
        for swept in upkeep.sweep(options["days"], dry_run=options["dry_run"]):
            files, size = files + 1, size + swept.size
            if options["verbosity"] > 1:
                self.stdout.write(swept.name)
            elif files % TELL_EVERY == 0:
                self.stderr.write(f"{files} …")
        if options["dry_run"]:
            words = ngettext(
                "%(files)d file would go: %(size)s.", "%(files)d files would go: %(size)s.", files
            )
        else:
            words = ngettext(
                "%(files)d file removed: %(size)s.", "%(files)d files removed: %(size)s.", files
            )
        self.stdout.write(words % {"files": files, "size": filesizeformat(size)})
