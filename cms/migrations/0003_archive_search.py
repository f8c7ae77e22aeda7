"""The archive's full-text index: a table of its own, beside Wagtail's, on either database.

Not a Django model: SQLite keeps it as a contentless FTS5 table (the text stays in `cms_archiveentry` alone),
PostgreSQL as a `tsvector` column. Both are written by `cms.archive.search` only.
"""

from __future__ import annotations

from django.db import NotSupportedError, migrations

# The rowid is the entry's primary key. contentless_delete needs SQLite 3.43.
SQLITE = (
    "CREATE VIRTUAL TABLE cms_archive_search USING fts5("
    "title, body, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2')",
)
# The stock configuration drops stop words, so that a quoted "what is to be done" would find nothing:
# this one stems as `english` does and keeps every word.
POSTGRESQL = (
    "CREATE TEXT SEARCH DICTIONARY cms_archive_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION cms_archive_english (COPY = pg_catalog.english)",
    "ALTER TEXT SEARCH CONFIGURATION cms_archive_english "
    "ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part "
    "WITH cms_archive_stem",
    "CREATE TABLE cms_archive_search ("
    "entry_id bigint PRIMARY KEY, document tsvector NOT NULL, content text NOT NULL)",
    "CREATE INDEX cms_archive_search_document ON cms_archive_search USING gin (document)",
)
UNDO = {
    "sqlite": ("DROP TABLE cms_archive_search",),
    "postgresql": (
        "DROP TABLE cms_archive_search",
        "DROP TEXT SEARCH CONFIGURATION cms_archive_english",
        "DROP TEXT SEARCH DICTIONARY cms_archive_stem",
    ),
}


def run(schema_editor, statements) -> None:
    for statement in statements:
        schema_editor.execute(statement, params=None)


def create(apps, schema_editor) -> None:
    vendor = schema_editor.connection.vendor
    if vendor not in UNDO:
        raise NotSupportedError("The archive's search runs on SQLite and PostgreSQL.")
    run(schema_editor, SQLITE if vendor == "sqlite" else POSTGRESQL)


def drop(apps, schema_editor) -> None:
    run(schema_editor, UNDO[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("cms", "0002_content")]
    operations = [migrations.RunPython(create, drop)]
