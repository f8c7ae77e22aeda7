"""`manage.py export_pdf`: public documents as PDF files, or as Word documents or plain text."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.management.console import table, track
from cms.models import Issue
from cms.models.print_job import Packaging
from cms.pdf.errors import PdfUnavailable
from cms.pdf.print_jobs.creating import NothingToPrint
from cms.pdf.twins.registry import LABELS, PDF
from testimony.exporters import pdf_files, print_jobs
from testimony.exporters.pdf_files import Outcome, Status, Target

MOST_JOBS = 8


def job_count(text: str) -> int:
    """1 to 8: the engine prints two documents at a time, more only wait for it."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST_JOBS:
        raise argparse.ArgumentTypeError(f"a number from 1 to {MOST_JOBS}")
    return int(text)


class Command(BaseCommand):
    help = (
        "Write a PDF for each public document, or one file of all. What was interrupted goes on where it stopped: "
        "files that are there already and identical are left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--all", action="store_true", help="Every public document.")
        which.add_argument("--page", nargs="+", type=int, metavar="ID", help="These pages.")
        which.add_argument("--kind", choices=pdf_files.kind_names(), help="Documents of one kind.")
        which.add_argument("--issue", metavar="SLUG", help="All public documents of an issue.")
        which.add_argument(
            "--event", type=int, metavar="ID", help="The packet of an event; with --one or --zip."
        )
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("-o", "--output", type=Path, metavar="DIR", help="Made when missing.")
        where.add_argument(
            "--one", type=Path, metavar="FILE", help="One PDF with contents and page numbers."
        )
        where.add_argument("--zip", type=Path, metavar="FILE", help="A zip of all.")
        parser.add_argument(
            "--format",
            choices=LABELS,
            default=PDF,
            help="Kind of file, with --output; default pdf.",
        )
        parser.add_argument(
            "--go-on", action="store_true", help="Make a packet without what could not be printed."
        )
        parser.add_argument(
            "--jobs", type=job_count, default=2, metavar="N", help="At the same time; default 2."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["output"] is None:
            if options["format"] != PDF:
                raise CommandError(_("One file and zips hold PDFs: for others, name a folder."))
            return self.one_file(options)
        if options["event"]:
            raise CommandError(
                _("The packet of an event is one file: name it with --one or --zip.")
            )
        folder: Path = options["output"]
        try:
            pdf_files.check_folder(folder)
        except OSError as error:
            message = _("Files cannot be written to %(folder)s: %(reason)s.")
            raise CommandError(message % {"folder": folder, "reason": error.strerror}) from error
        wanted = self.targets(options)
        work = pdf_files.export(wanted, folder, jobs=options["jobs"])
        try:
            done = list(track(work, total=len(wanted), label=_("Printing"), stdout=self.stdout))
        except PdfUnavailable as error:
            raise CommandError(str(error)) from error
        self.report(done, folder)

    def targets(self, options: dict[str, Any]) -> list[Target]:
        """What is asked for. Says so when there is no such issue."""
        try:
            return pdf_files.targets(
                kind=options["kind"] or "",
                page_ids=options["page"],
                issue=options["issue"] or "",
                ending=options["format"],
            )
        except Issue.DoesNotExist as error:
            slug = options["issue"]
            raise CommandError(_("There is no issue “%(slug)s”.") % {"slug": slug}) from error

    def one_file(self, options: dict[str, Any]) -> None:
        path: Path = options["one"] or options["zip"]
        packaging = Packaging.ONE_FILE if options["one"] else Packaging.ZIP
        unknown: list[list[str]] = []
        try:
            if options["event"]:
                job = print_jobs.packet_job(options["event"], packaging, go_on=options["go_on"])
            else:
                wanted = self.targets(options)
                unknown = print_jobs.unknown(wanted)
                job = print_jobs.list_job(wanted, packaging)
            steps = print_jobs.steps(job)
            for _step in track(steps, total=job.total, label=_("Printing"), stdout=self.stdout):
                pass
            failed = [*unknown, *print_jobs.deliver(job, path)]
        except (print_jobs.ExportFailed, NothingToPrint) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("The file is %(path)s.") % {"path": path})
        if failed:
            self.stdout.write("")
            table([_("title"), _("why it failed")], failed, stdout=self.stdout)
            raise CommandError(_failures(len(failed), job.total + len(unknown)))

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
            raise CommandError(_failures(len(failed), len(outcomes)))


def _failures(failed: int, total: int) -> str:
    message = ngettext(
        "%(failed)d of %(total)d documents failed.",
        "%(failed)d of %(total)d documents failed.",
        total,
    )
    return message % {"failed": failed, "total": total}
