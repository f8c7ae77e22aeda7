"""`manage.py print_jobs`: finishes what was interrupted, and removes what nobody may fetch any more."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.pdf import long_queue
from cms.pdf.print_jobs import creating, running


class Command(BaseCommand):
    help = (
        "Finish print jobs and long documents that were interrupted, and remove jobs that expired. "
        "Safe to run at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        finished = running.resume()
        begun = long_queue.resume()
        removed = creating.sweep_expired()
        self.stdout.write(
            f"{finished} print jobs and {begun} long documents taken up again, "
            f"{removed} expired jobs removed."
        )
