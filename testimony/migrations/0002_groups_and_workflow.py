"""Who may do what: four groups, and approval by a second person as the default workflow."""

from django.db import migrations

AUTHORS, APPROVERS, SPEAKERS, ADMINISTRATORS = "Authors", "Approvers", "Speakers", "Administrators"

ADD, CHANGE, DELETE, VIEW = "add", "change", "delete", "view"
PUBLISH, LOCK, UNLOCK = "publish", "lock", "unlock"
DRAFTING = (ADD, CHANGE, VIEW)
# Without PUBLISH: reviewers publish by approving in the workflow, where nobody approves their own
# last edit. The right to publish is the right to do it alone, and administrators have it.
REVIEWING = (ADD, CHANGE, VIEW, LOCK, UNLOCK)
EVERYTHING = (ADD, CHANGE, DELETE, VIEW)
LIBRARY_CARE = (*REVIEWING, PUBLISH, DELETE)

# (application, model): what each group may do with it.
LIBRARY = [
    ("testimony", "talkingpoint"),
    ("testimony", "statistic"),
    ("testimony", "source"),
    ("testimony", "messagemap"),
]
EVENT_NOUNS = [("events", "event"), ("events", "vehicle")]
EVENT_WORK = [("events", "presentation"), ("events", "presentationmaterial")]
PEOPLE = [("cms", "person"), ("cms", "organization")]
FILES = [("wagtailimages", "image"), ("wagtaildocs", "document")]


def grants():
    """Yields (group, application, model, codename)."""
    for app, model in LIBRARY:
        yield from ((AUTHORS, app, model, f"{verb}_{model}") for verb in DRAFTING)
        yield from ((APPROVERS, app, model, f"{verb}_{model}") for verb in REVIEWING)
        yield from ((ADMINISTRATORS, app, model, f"{verb}_{model}") for verb in LIBRARY_CARE)
    for app, model in [*EVENT_NOUNS, *EVENT_WORK, *PEOPLE]:
        for group in (AUTHORS, APPROVERS):
            yield from ((group, app, model, f"{verb}_{model}") for verb in DRAFTING)
        yield from ((ADMINISTRATORS, app, model, f"{verb}_{model}") for verb in EVERYTHING)
    # The rules of bodies are the administrators'; everybody who prepares reads them.
    yield from ((ADMINISTRATORS, "events", "body", f"{verb}_body") for verb in EVERYTHING)
    for group in (AUTHORS, APPROVERS):
        yield group, "events", "body", "view_body"
    for group in (APPROVERS, ADMINISTRATORS):
        yield group, "events", "presentation", "deliver_presentation"
    for group in (AUTHORS, APPROVERS, SPEAKERS, ADMINISTRATORS):
        yield group, "wagtailadmin", "admin", "access_admin"
        yield group, "events", "presentation", "view_presentation"
    for group in (AUTHORS, APPROVERS, ADMINISTRATORS):
        yield group, "cms", "issue", "view_issue"
        yield group, "events", "record", "view_record"
        # Clearing a ripple review asks for the right to edit its document.
        yield group, "testimony", "ripplereview", "view_ripplereview"
        yield group, "testimony", "preferredterm", "view_preferredterm"
        yield group, "testimony", "dismissedhint", "view_dismissedhint"
    for group in (APPROVERS, ADMINISTRATORS):
        for verb in EVERYTHING:
            yield group, "testimony", "preferredterm", f"{verb}_preferredterm"
    yield ADMINISTRATORS, "testimony", "citationsetting", "change_citationsetting"
    for model in ("issue", "branding", "theme"):
        yield from ((ADMINISTRATORS, "cms", model, f"{verb}_{model}") for verb in EVERYTHING)
    for app, model in (("cms", "user"), ("auth", "group"), ("wagtailcore", "site")):
        yield from ((ADMINISTRATORS, app, model, f"{verb}_{model}") for verb in EVERYTHING)
    for model in ("workflow", "task", "groupapprovaltask"):
        yield from ((ADMINISTRATORS, "wagtailcore", model, f"{verb}_{model}") for verb in EVERYTHING)
    yield from (
        (ADMINISTRATORS, "cms", "independentapprovaltask", f"{verb}_independentapprovaltask")
        for verb in EVERYTHING
    )
    yield from (
        (ADMINISTRATORS, "wagtailredirects", "redirect", f"{verb}_redirect") for verb in EVERYTHING
    )


PAGE_RIGHTS = {
    # "add" lets an author edit what they own, "change" what a colleague began.
    AUTHORS: ("add_page", "change_page"),
    APPROVERS: ("add_page", "change_page", "lock_page", "unlock_page"),
    ADMINISTRATORS: (
        "add_page",
        "change_page",
        "publish_page",
        "lock_page",
        "unlock_page",
        "bulk_delete_page",
    ),
}
FILE_RIGHTS = (ADD, CHANGE, "choose")


def make_groups(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    Collection = apps.get_model("wagtailcore", "Collection")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")

    def permission(app, model, codename):
        # post_migrate makes permissions after the last migration: too late for an empty database.
        content_type, _ = ContentType.objects.get_or_create(app_label=app, model=model)
        verb = codename.replace("_", " ")
        return Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": f"Can {verb}"}
        )[0]

    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
    groups = {
        name: Group.objects.get_or_create(name=name)[0]
        for name in (AUTHORS, APPROVERS, SPEAKERS, ADMINISTRATORS)
    }
    for group, app, model, codename in grants():
        groups[group].permissions.add(permission(app, model, codename))

    home = Page.objects.get(depth=2, slug="home")
    library = Collection.objects.get(depth=1)
    for name, codenames in PAGE_RIGHTS.items():
        for codename in codenames:
            GroupPagePermission.objects.get_or_create(
                group=groups[name],
                page=home,
                permission=permission("wagtailcore", "page", codename),
            )
        for app, model in FILES:
            for verb in FILE_RIGHTS:
                GroupCollectionPermission.objects.get_or_create(
                    group=groups[name],
                    collection=library,
                    permission=permission(app, model, f"{verb}_{model}"),
                )


def make_settings(apps, schema_editor):
    apps.get_model("testimony", "CitationSetting").objects.get_or_create()


def make_workflow(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    Task = apps.get_model("wagtailcore", "Task")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    WorkflowContentType = apps.get_model("wagtailcore", "WorkflowContentType")
    IndependentApprovalTask = apps.get_model("cms", "IndependentApprovalTask")

    # Wagtail's own default workflow asks the group that was removed above.
    Workflow.objects.filter(name="Moderators approval").delete()
    Task.objects.filter(name="Moderators approval").delete()

    content_type, _ = ContentType.objects.get_or_create(
        app_label="cms", model="independentapprovaltask"
    )
    task, _ = IndependentApprovalTask.objects.get_or_create(
        name="Approval by a second person", defaults={"content_type": content_type}
    )
    task.groups.add(Group.objects.get(name=APPROVERS))
    workflow, _ = Workflow.objects.get_or_create(name="Review")
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    home = Page.objects.get(depth=2, slug="home")
    WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
    for app, model in LIBRARY:
        noun, _ = ContentType.objects.get_or_create(app_label=app, model=model)
        WorkflowContentType.objects.get_or_create(content_type=noun, defaults={"workflow": workflow})


class Migration(migrations.Migration):
    dependencies = [
        ("testimony", "0001_testimony"),
        ("events", "0001_events"),
        ("cms", "0006_issues"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]
    operations = [
        migrations.RunPython(make_groups, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(make_settings, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(make_workflow, migrations.RunPython.noop, elidable=False),
    ]
