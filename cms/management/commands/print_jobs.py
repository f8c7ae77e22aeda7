"""`manage.py print_jobs`: finishes what was interrupted, and removes what nobody may fetch any more."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.pdf.print_jobs import creating, running


class Command(BaseCommand):
    help = "Finish print jobs that were interrupted and remove those that expired. Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        finished = running.resume()
        removed = creating.sweep_expired()
        self.stdout.write(f"{finished} print jobs taken up again, {removed} expired ones removed.")
