"""`manage.py import_testimony FILE`: testimony from a file of JSON lines."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cms.management.console import report_import, track, unreadable, user_named
from cms.models import ArchivePage, User
from testimony.importers.files import count_lines, lines_of
from testimony.importers.testimony import Outcome, Status, TestimonyImport
from testimony.permissions import archive_page


class Command(BaseCommand):
    help = (
        "Import testimony from a file of JSON lines and publish it in the archive. Safe to run again: "
        "unchanged lines are left alone, pages edited here are never overwritten."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.jsonl")
        parser.add_argument(
            "--dry-run", action="store_true", help="Check every line and write nothing."
        )
        parser.add_argument(
            "--create-issues",
            action="store_true",
            help="Add issues that are not known yet; otherwise their lines are rejected.",
        )
        parser.add_argument("--user", metavar="NAME", help="Whose import the history shows.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        total = self.count(file)
        archive = archive_page()
        if archive is None:
            raise CommandError(
                _("The site has no archive page. Add one under the home page first.")
            )
        run = TestimonyImport(
            archive,
            user=self.user(options["user"], archive),
            create_issues=options["create_issues"],
            dry_run=options["dry_run"],
            source=file.name,
        )
        label = _("Checking") if options["dry_run"] else _("Importing")
        outcomes = run.run(lines_of(file))
        done = list(track(outcomes, total=total, label=label, stdout=self.stdout))
        self.report(done, dry_run=options["dry_run"])

    def count(self, file: Path) -> int:
        try:
            total = count_lines(file)
        except OSError as error:
            raise unreadable(file, error) from error
        if not total:
            raise CommandError(_("%(file)s is empty.") % {"file": file})
        return total

    def user(self, name: str | None, archive: ArchivePage) -> User | None:
        user = user_named(name)
        if user and not archive.permissions_for_user(user).can_publish_subpage():
            raise CommandError(_("%(name)s may not publish in the archive.") % {"name": name})
        return user

    def report(self, outcomes: list[Outcome], *, dry_run: bool) -> None:
        counts = Counter(outcome.status for outcome in outcomes)
        rejected = [outcome for outcome in outcomes if outcome.status is Status.REJECTED]
        report_import(
            [_("created"), _("updated"), _("unchanged"), _("rejected")],
            [counts[status] for status in Status],
            [[str(outcome.line), outcome.key, outcome.reason] for outcome in rejected],
            name=_("id"),
            total=len(outcomes),
            dry_run=dry_run,
            stdout=self.stdout,
        )
