"""A copy of the installation that can be put back: the database first, then the files it names.

In that order, since a file too many does no harm and a missing one does. What can be made again (fonts,
pictures of pages, collected static files) is left out.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.utils.translation import gettext as _

from cms.settings import env

SQLITE_NAME = "rostrum.sqlite3"
DUMP_NAME = "rostrum.dump"
KINDS = {"media": "default", "pdf": "pdf", "records": "records"}  # folder in the copy: storage


class BackupError(Exception):
    """Words for whoever started the backup."""


def source_folders() -> dict[str, Path]:
    """Where the files lie, by the name they have in the copy."""
    return {name: Path(storages[alias].path("")).resolve() for name, alias in KINDS.items()}


def refuse_place(folder: Path) -> None:
    """A backup among the data would be copied with it the next time, and be lost with it."""
    data = [Path(settings.ROSTRUM_DATA).resolve(), *source_folders().values()]
    folder = folder.resolve()
    if any(folder == place or place in folder.parents for place in data):
        message = _("%(folder)s is inside the data folder. Name a folder elsewhere.")
        raise BackupError(message % {"folder": folder})


def copy_database(folder: Path) -> Path | None:
    """The database in `folder`, checked; None where PostgreSQL's own programs are not installed."""
    if connection.vendor == "sqlite":
        return _copy_sqlite(folder / SQLITE_NAME)
    if shutil.which("pg_dump") is None:
        return None
    return _dump_postgresql(folder / DUMP_NAME)


def _copy_sqlite(target: Path) -> Path:
    # The project's own library: the system's may be the one that corrupts.
    driver: Any = connection.Database  # type: ignore[attr-defined]
    # A connection of its own: a copy is refused on one that is writing.
    source = driver.connect(connection.settings_dict["NAME"], timeout=20)
    copy = driver.connect(target)
    try:
        # In one step, which is one moment of the database and stops nobody; in several, each save of
        # the busy site would start it over.
        source.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, none beside it
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        source.close()
        copy.close()
    if found != "ok":
        raise BackupError(_("The copy of the database is damaged: %(found)s") % {"found": found})
    return target


def dump_command(target: Path | str) -> list[str]:
    """What copies this PostgreSQL database; the password stays out of it."""
    database = connection.settings_dict
    options = {"--host": "HOST", "--port": "PORT", "--username": "USER"}
    named = [f"{option}={database[key]}" for option, key in options.items() if database.get(key)]
    return ["pg_dump", "--format=custom", f"--file={target}", *named, str(database["NAME"])]


def dump_line(target: Path | str) -> str:
    return shlex.join(dump_command(target))


def _dump_postgresql(target: Path) -> Path:
    secret = {"PGPASSWORD": str(connection.settings_dict.get("PASSWORD") or "")}
    environment = env.of_process(secret if secret["PGPASSWORD"] else {})
    checked = [dump_command(target), ["pg_restore", "--list", str(target)]]
    for command in checked:
        # Found on PATH as an administrator installed it; the arguments come from the settings.
        done = subprocess.run(  # noqa: S603
            command, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            message = _("%(program)s failed: %(reason)s")
            raise BackupError(message % {"program": command[0], "reason": done.stderr.strip()})
    return target


def files() -> list[tuple[str, Path]]:
    """Each file with its path in the copy, by name."""
    found = []
    for name, folder in source_folders().items():
        for path in sorted(_files_below(folder)):
            found.append((f"{name}/{path.relative_to(folder)}", path))
    return found


def _files_below(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def copy_file(name: str, source: Path, folder: Path) -> bool:
    """False when the file is gone by now: the site goes on while it is copied."""
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copy2(source, target)
    except FileNotFoundError:
        return False
    return True
