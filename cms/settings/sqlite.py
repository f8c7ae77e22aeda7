"""SQLite as the embedded database: a safe library version and the pragmas that were measured to work.

Debian 12 ships SQLite 3.40, whose WAL-reset bug can corrupt a database; `pysqlite3` carries a current one.
"""

from __future__ import annotations

import sys

OPTIONS: dict[str, object] = {
    # Readers never wait for the writer (WAL); a writer takes its lock at BEGIN (IMMEDIATE), so that two
    # editors queue instead of failing half-way; FULL survives a power cut. No mmap_size: it makes the
    # WAL-reset bug worse. Never ATOMIC_REQUESTS with this: an anonymous GET would wait for the writer.
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; "
        "PRAGMA journal_size_limit=67108864;"
    ),
}


def use_current_sqlite() -> None:
    """Let Django's SQLite backend import `pysqlite3` where it imports `sqlite3`."""
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:  # cms.checks then judges the system's own library
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def tune(database: dict[str, object]) -> dict[str, object]:
    """`database` with the options above when it is SQLite, else unchanged."""
    if database["ENGINE"] != "django.db.backends.sqlite3":
        return database
    use_current_sqlite()
    return {**database, "OPTIONS": {**OPTIONS}}
