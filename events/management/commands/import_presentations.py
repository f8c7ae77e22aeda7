"""`manage.py import_presentations FILE`: past appearances from a table."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cms.management.console import report_import, track, unreadable, user_named
from events.importers.appearance_rows import NotReadable, decoded, rows_of
from events.importers.appearances import AppearancesImport, Outcome, Status


class Command(BaseCommand):
    help = (
        "Import past appearances (CSV: who spoke where and when) with their bodies, events and speakers, and link those "
        "whose testimony is in the archive. Safe to run again: what is there already is left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument(
            "--dry-run", action="store_true", help="Check every row and write nothing."
        )
        parser.add_argument("--user", metavar="NAME", help="Whose import the history shows.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        rows = self.read(file)
        dry_run = options["dry_run"]
        run = AppearancesImport(user=user_named(options["user"]), dry_run=dry_run, source=file.name)
        label = _("Checking") if dry_run else _("Importing")
        done = track(map(run.take, rows), total=len(rows), label=label, stdout=self.stdout)
        self.report(list(done), dry_run=dry_run)

    def read(self, file: Path) -> list:
        try:
            rows = rows_of(decoded(file.read_bytes()))
        except OSError as error:
            raise unreadable(file, error) from error
        except NotReadable as error:
            raise CommandError(str(error)) from error
        if not rows:
            raise CommandError(_("%(file)s is empty.") % {"file": file})
        return rows

    def report(self, outcomes: list[Outcome], *, dry_run: bool) -> None:
        counts = Counter(outcome.status for outcome in outcomes)
        rejected = [outcome for outcome in outcomes if outcome.status is Status.REJECTED]
        report_import(
            [_("created"), _("linked"), _("unchanged"), _("rejected")],
            [counts[status] for status in Status],
            [[str(outcome.line), outcome.name, outcome.reason] for outcome in rejected],
            name=_("appearance"),
            total=len(outcomes),
            dry_run=dry_run,
            stdout=self.stdout,
        )
