"""Re-hash every record: the PDFs on disk, the words in the database, and the triggers that guard them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from events import triggers
from events.domain.records import verify
from events.models import Record


class Command(BaseCommand):
    help = "Check that every as-delivered record is as it was frozen. Exits with 1 and names what failed."

    def handle(self, *args: Any, **options: Any) -> None:
        failed, count = 0, 0
        for record in Record.objects.order_by("pk").iterator(chunk_size=50):
            count += 1
            if verify(record):
                self.stdout.write(f"OK      {record.pk}  {record.pdf_sha256}  {record.title}")
            else:
                failed += 1
                self.stdout.write(
                    self.style.ERROR(f"FAILED  {record.pk}  {record.pdf_path}  {record.title}")
                )
        missing = triggers.missing(connection)
        for name in missing:
            self.stdout.write(self.style.ERROR(f"FAILED  The database lacks the trigger {name}."))
        self.stdout.write(f"{count} records checked, {failed} failed.")
        if missing:
            raise CommandError("Records are not guarded. Run: manage.py migrate")
        if failed:
            raise CommandError(
                "Records differ from what was frozen. Restore the named files from a backup."
            )
