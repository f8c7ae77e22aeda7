"""Whether anything was written to the database since: then what was read from it once still holds.

Exact on both databases, and far cheaper than any query for a page.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
import threading
from typing import Any, NamedTuple
from urllib.parse import quote

from django.db import connection

_lock = threading.Lock()
_numbers = itertools.count()
# By process and database. Those of a parent stay: SQLite forbids its child to close them.
_watches: dict[tuple[int, str], _Watch] = {}


class _Watch(NamedTuple):
    """A connection of its own, which never writes, to one file."""

    connection: Any
    file: tuple[int, int]  # device and inode
    number: int  # never used again, unlike the counter and the address of a connection


def state() -> str | None:
    """The same text as long as nothing is committed; None where nobody can tell, as inside a transaction."""
    if connection.in_atomic_block:
        return None
    if connection.vendor == "sqlite":
        # The module it was opened with: Django's own attribute, which its types do not know.
        driver = getattr(connection, "Database", sqlite3)
        return _sqlite_state(str(connection.settings_dict["NAME"]), driver)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_snapshot()::text")
            return cursor.fetchone()[0]
    return None


def _sqlite_state(name: str, driver: Any = sqlite3) -> str | None:
    """A counter that other connections move: hence one of our own, which never writes."""
    key = (os.getpid(), name)
    with _lock:
        try:
            file = _file(name)
            watch = _watches.get(key)
            if watch is None or watch.file != file:  # another file was put in its place
                watch = _watches[key] = _Watch(_connected(name, driver), file, next(_numbers))
            (version,) = watch.connection.execute("PRAGMA data_version").fetchone()
        except (driver.Error, OSError):  # in memory, or gone
            _watches.pop(key, None)
            return None
    return f"{watch.number}:{version}"


def _file(name: str) -> tuple[int, int]:
    status = os.stat(name)
    return status.st_dev, status.st_ino


def _connected(name: str, driver: Any) -> Any:
    return driver.connect(f"file:{quote(name)}?mode=ro", uri=True, check_same_thread=False)
