"""`manage.py check_links`: do the web addresses of sources still work?"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from cms.management.console import table, track
from testimony.domain.links import check_links, due_sources
from testimony.enums import LinkState


class Command(BaseCommand):
    help = (
        "Ask whether the web addresses of sources still work. Safe to run daily, and again after it was "
        "stopped: what was checked in the last 20 hours is left alone. Asks the public internet only."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="Also check again what was checked a moment ago."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        sources = due_sources(everything=options["all"])
        total = sources.count()
        checks = check_links(sources)
        counts: Counter[str] = Counter()
        dead = []
        for source, check in track(checks, total=total, label=_("Checking"), stdout=self.stdout):
            counts[check.state] += 1
            if check.state == LinkState.DEAD:
                dead.append([source.title, source.url, check.words])
        self.report(total, counts, dead)

    def report(self, total: int, counts: Counter[str], dead: list[list[str]]) -> None:
        if not total:
            self.stdout.write(_("No link is due."))
            return
        headings = [str(state.label) for state in LinkState]
        table(headings, [[str(counts[state]) for state in LinkState]], stdout=self.stdout)
        if dead:
            self.stdout.write("")
            table([_("source"), _("address"), _("what was found")], dead, stdout=self.stdout)
