"""`manage.py backup`: a copy of database and files in a new folder, while the site runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.domain import backups
from cms.management.console import track


class Command(BaseCommand):
    help = (
        "Copy the database, media, records and PDFs into a new folder, named by date, inside FOLDER. The site may "
        "run meanwhile. A backup that failed leaves nothing behind."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="outside the data folder")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = self._make(options["folder"].expanduser().resolve())
        except (backups.BackupError, DatabaseError, OSError) as error:
            message = _("Nothing was backed up. %(reason)s")
            raise CommandError(message % {"reason": error}) from error
        self.stdout.write(_("The backup is in %(folder)s") % {"folder": made})

    def _make(self, parent: Path) -> Path:
        backups.refuse_place(parent)
        parent.mkdir(parents=True, exist_ok=True)
        name = f"rostrum-{timezone.now():%Y-%m-%d-%H%M%S}"
        with unfinished(parent / f".{name}.unfinished") as making:
            if not self._copy_database(making, parent):
                name += "-files-only"
            self._copy_files(making)
            target = parent / name
            if target.exists():
                raise backups.BackupError(_("%(folder)s exists already.") % {"folder": target})
            making.rename(target)
        return target

    def _copy_database(self, making: Path, parent: Path) -> bool:
        self.stdout.write(_("Copying the database …"))
        copy = backups.copy_database(making)
        if copy is None:
            line = backups.dump_line(parent / backups.DUMP_NAME)
            self.stderr.write(
                _("pg_dump is not installed here, so the database is NOT copied. Copy it with")
            )
            self.stderr.write(f"  {line}")
            self.stderr.write(_("and copy the files again after that, so that none is missing."))
            return False
        size = filesizeformat(copy.stat().st_size)
        self.stdout.write(_("The database is copied and checked: %(size)s.") % {"size": size})
        return True

    def _copy_files(self, making: Path) -> None:
        found = backups.files()
        label = _("Copying files")
        copied = [
            backups.copy_file(name, source, making)
            for name, source in track(found, total=len(found), label=label, stdout=self.stdout)
        ]
        words = ngettext("%(files)d file is copied.", "%(files)d files are copied.", sum(copied))
        self.stdout.write(words % {"files": sum(copied)})


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """A folder that only its owner reads, and that is gone at the end unless it was renamed."""
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
