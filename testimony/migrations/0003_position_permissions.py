"""Who may do what with agendas and positions: authors propose, approvers put in force and answer for exceptions,
administrators keep the agendas."""

from django.db import migrations

AUTHORS, APPROVERS, ADMINISTRATORS = "Authors", "Approvers", "Administrators"
EVERYTHING = ("add", "change", "delete", "view")


def grants():
    """Yields (group, model, codename)."""
    for group in (AUTHORS, APPROVERS, ADMINISTRATORS):
        for model in ("agenda", "position", "versionreview"):
            yield group, model, f"view_{model}"
    for group in (AUTHORS, APPROVERS, ADMINISTRATORS):
        yield group, "position", "add_position"
    for group in (APPROVERS, ADMINISTRATORS):
        yield group, "position", "change_position"
    yield APPROVERS, "position", "override_position"
    for verb in EVERYTHING:
        yield ADMINISTRATORS, "agenda", f"{verb}_agenda"


def grant(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    for group, model, codename in grants():
        # post_migrate makes permissions after the last migration: too late for an empty database.
        content_type, _ = ContentType.objects.get_or_create(app_label="events", model=model)
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type,
            codename=codename,
            defaults={"name": f"Can {codename.replace('_', ' ')}"},
        )
        Group.objects.get(name=group).permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("testimony", "0002_groups_and_workflow"),
        ("events", "0002_record_triggers"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop, elidable=False)]
