"""Records refuse UPDATE and DELETE in the database itself, whatever program asks."""

from django.db import migrations

from events import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("events", "0001_events")]

    operations = [migrations.RunPython(install, remove, elidable=False)]
