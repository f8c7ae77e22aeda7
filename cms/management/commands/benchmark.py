"""`manage.py benchmark`: our cost as a ratio to the bare limit, measured in one run."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from cms.benchmark import harness
from cms.benchmark.database import temporary_database
from cms.benchmark.harness import Result, Verdict
from cms.benchmark.registry import Measure, measures

PACKAGES = ("Django", "wagtail", "weasyprint")


class Command(BaseCommand):
    help = (
        "Measure speed as a ratio to a bare limit, in a temporary database. Ends with an error when "
        "a measure is above its target; a machine that is too restless gives no verdict."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "names",
            nargs="*",
            metavar="NAME",
            help="only these measures; library for all of library-…",
        )
        parser.add_argument("--rounds", type=int, default=15, metavar="N", help="default 15")
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = self.chosen(options["names"])
        if options["rounds"] < 1:
            raise CommandError("--rounds needs a number of at least 1.")
        results: list[Result] = []
        with temporary_database():
            for measure in chosen:
                self.stderr.write(f"Measuring {measure.title} …")
                results.append(harness.run(measure, min(options["rounds"], measure.most_rounds)))
        if options["json"]:
            self.stdout.write(json.dumps(report(results), indent=2))
        else:
            for result in results:
                self.stdout.write(words(result))
        above = [result.name for result in results if result.verdict == Verdict.ABOVE]
        if above:
            raise CommandError(f"Above the target: {', '.join(above)}.")

    def chosen(self, names: list[str]) -> list[Measure]:
        """The measures of these names; the first word of a name stands for all that begin with it."""
        known = measures()
        found = {
            name: [known[key] for key in known if key == name or key.startswith(f"{name}-")]
            for name in names
        }
        unknown = [name for name, chosen in found.items() if not chosen]
        if unknown:
            raise CommandError(f"Unknown: {', '.join(unknown)}. There are: {', '.join(known)}.")
        return [measure for chosen in found.values() for measure in chosen] or list(known.values())


def report(results: list[Result]) -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        **{package.lower(): version(package) for package in PACKAGES},
        "database": connection.vendor,
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
        "results": [asdict(result) for result in results],
    }


def words(result: Result) -> str:
    first, third = result.quartiles
    low, high = result.interval
    return (
        f"{result.title}\n"
        f"  {result.ratio:.2f} × {result.limit}\n"
        f"  target {result.target:g} ×: {result.verdict}; goal {result.goal:g} ×\n"
        f"  quartiles {first:.2f} to {third:.2f}, 95 % interval {low:.2f} to {high:.2f}, "
        f"{result.rounds} rounds\n"
        f"  {result.measured:.2f} against {result.bound:.2f} {result.unit}; "
        f"the limit against itself {result.control:.2f} (spread {result.control_spread:.2f})"
    )
