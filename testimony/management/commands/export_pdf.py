"""`manage.py export_pdf`: public documents as PDF files."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.pdf.errors import PdfUnavailable
from testimony.exporters import pdf_files
from testimony.exporters.pdf_files import Outcome, Status
from testimony.management.console import table, track

MOST_JOBS = 8


def job_count(text: str) -> int:
    """1 to 8: the engine prints two documents at a time, more only wait for it."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST_JOBS:
        raise argparse.ArgumentTypeError(f"a number from 1 to {MOST_JOBS}")
    return int(text)


class Command(BaseCommand):
    help = "Write a PDF for each public document. Files that are there already and identical are left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--all", action="store_true", help="Every public document.")
        which.add_argument("--page", nargs="+", type=int, metavar="ID", help="These pages.")
        which.add_argument("--kind", choices=pdf_files.kind_names(), help="Documents of one kind.")
        parser.add_argument(
            "-o", "--output", type=Path, required=True, metavar="DIR", help="Made when missing."
        )
        parser.add_argument(
            "--jobs", type=job_count, default=2, metavar="N", help="At the same time; default 2."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["output"]
        try:
            pdf_files.check_folder(folder)
        except OSError as error:
            message = _("Files cannot be written to %(folder)s: %(reason)s.")
            raise CommandError(message % {"folder": folder, "reason": error.strerror}) from error
        wanted = pdf_files.targets(kind=options["kind"] or "", page_ids=options["page"])
        work = pdf_files.export(wanted, folder, jobs=options["jobs"])
        try:
            done = list(track(work, total=len(wanted), label=_("Printing"), stdout=self.stdout))
        except PdfUnavailable as error:
            raise CommandError(str(error)) from error
        self.report(done, folder)

    def report(self, outcomes: list[Outcome], folder: Path) -> None:
        counts = Counter(outcome.status for outcome in outcomes)
        headings = [_("written"), _("identical"), _("failed")]
        table(headings, [[str(counts[status]) for status in Status]], stdout=self.stdout)
        self.stdout.write(_("The files are in %(folder)s.") % {"folder": folder})
        failed = [outcome for outcome in outcomes if outcome.status is Status.FAILED]
        if failed:
            rows = [[str(out.target.page_id), out.title, out.reason] for out in failed]
            self.stdout.write("")
            table([_("page"), _("title"), _("why it failed")], rows, stdout=self.stdout)
            message = ngettext(
                "%(failed)d of %(total)d documents failed.",
                "%(failed)d of %(total)d documents failed.",
                len(outcomes),
            )
            raise CommandError(message % {"failed": len(failed), "total": len(outcomes)})
