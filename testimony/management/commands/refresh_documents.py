"""Finish bringing documents up to date where that was interrupted."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from testimony.domain.refreshing import resume
from testimony.models import RefreshJob


class Command(BaseCommand):
    help = (
        "Finish bringing documents up to date after an item of the library, an issue or a section changed, "
        "where a restart interrupted it."
    )

    def handle(self, *args, **options) -> None:
        count = resume(self.report if options["verbosity"] else None)
        self.stdout.write(f"Documents of {count} changed items are up to date.")

    def report(self, job: RefreshJob) -> None:
        self.stderr.write(f"{job}: {job.item or _('(deleted)')}")
