"""Database triggers by which records refuse to be changed or deleted, on SQLite and PostgreSQL.

A leaf module: migration `0002_record_triggers` installs them, and so does every later `migrate`, because
Django's schema editor rebuilds a SQLite table to alter it, which drops the table's triggers without a word.

`TRUNCATE` on PostgreSQL does not fire them. That is the database owner's own tool, and Django's `flush`
uses it. On SQLite `flush` deletes row by row and is refused while there are records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "events_record"
NAMES = ("events_record_no_update", "events_record_no_delete", "events_record_no_replace")

# REPLACE deletes the old row without firing DELETE triggers unless recursive_triggers is on, so the insert of
# a row that stands already is refused as well.
SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS events_record_no_update BEFORE UPDATE ON events_record "
    "BEGIN SELECT RAISE(ABORT, 'A record cannot be changed.'); END",
    "CREATE TRIGGER IF NOT EXISTS events_record_no_delete BEFORE DELETE ON events_record "
    "BEGIN SELECT RAISE(ABORT, 'A record cannot be deleted.'); END",
    "CREATE TRIGGER IF NOT EXISTS events_record_no_replace BEFORE INSERT ON events_record "
    "WHEN EXISTS (SELECT 1 FROM events_record WHERE id = NEW.id "
    "OR (presentation_id = NEW.presentation_id AND page_id = NEW.page_id AND kind = NEW.kind)) "
    "BEGIN SELECT RAISE(ABORT, 'A record cannot be replaced.'); END",
)
# 23001 is restrict_violation, which Django raises as IntegrityError. An upsert fires the UPDATE trigger.
POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION events_record_refuse() RETURNS trigger AS $$ BEGIN "
    "RAISE EXCEPTION 'A record cannot be changed or deleted.' USING ERRCODE = '23001'; "
    "END $$ LANGUAGE plpgsql",
    "CREATE OR REPLACE TRIGGER events_record_no_update BEFORE UPDATE ON events_record "
    "FOR EACH ROW EXECUTE FUNCTION events_record_refuse()",
    "CREATE OR REPLACE TRIGGER events_record_no_delete BEFORE DELETE ON events_record "
    "FOR EACH ROW EXECUTE FUNCTION events_record_refuse()",
)


def create_statements(vendor: str) -> tuple[str, ...]:
    return {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]


def drop_statements(vendor: str) -> tuple[str, ...]:
    if vendor == "sqlite":
        return tuple(f"DROP TRIGGER IF EXISTS {name}" for name in NAMES)
    return (
        *(f"DROP TRIGGER IF EXISTS {name} ON {TABLE}" for name in NAMES),
        "DROP FUNCTION IF EXISTS events_record_refuse()",
    )


def install(connection: BaseDatabaseWrapper) -> None:
    """Create what is missing. Does nothing while the table does not exist yet."""
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        for statement in create_statements(connection.vendor):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for statement in drop_statements(connection.vendor):
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should be in the database and are not."""
    expected = NAMES if connection.vendor == "sqlite" else NAMES[:2]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [TABLE])
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in expected if name not in present]
