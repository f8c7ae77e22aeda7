"""Indexes that Wagtail's own search table lacks, without which every save reads all of it.

Saving any indexed object asks for the average title length of all entries and for the entries
whose norm is still 1.0. On PostgreSQL the index on `title || body` is what the backend's queries
use; Wagtail's model says that a migration makes it, and none does.
"""

from django.db import migrations

TABLE = "wagtailsearch_indexentry"
NORM = f"CREATE INDEX IF NOT EXISTS rostrum_indexentry_title_norm ON {TABLE} (title_norm)"
STATEMENTS = {
    "sqlite": [NORM, f"CREATE INDEX IF NOT EXISTS rostrum_indexentry_title ON {TABLE} (title)"],
    # No B-tree on title here: it is a tsvector, and a long one would exceed the size of an entry.
    "postgresql": [
        NORM,
        f"CREATE INDEX IF NOT EXISTS rostrum_indexentry_text ON {TABLE} USING gin ((title || body))",
    ],
}
NAMES = ["rostrum_indexentry_title_norm", "rostrum_indexentry_title", "rostrum_indexentry_text"]


def create(apps, schema_editor):
    for statement in STATEMENTS.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for name in NAMES:
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0003_archive_search"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]
    operations = [migrations.RunPython(create, drop)]
