"""An empty installation has a front page, an archive and branding, so that nobody meets Wagtail's welcome page."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import migrations

WELCOME_SLUG = "home"


def make_site(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    HomePage = apps.get_model("cms", "HomePage")
    ArchivePage = apps.get_model("cms", "ArchivePage")
    Branding = apps.get_model("cms", "Branding")
    if HomePage.objects.exists():
        return
    # Wagtail's welcome page and its site stand where ours go.
    Site.objects.all().delete()
    Page.objects.filter(depth=2, slug=WELCOME_SLUG).delete()
    locale = Locale.objects.first() or Locale.objects.create(language_code="en")
    root = Page.objects.get(depth=1)

    def content_type(model):
        return ContentType.objects.get_or_create(model=model, app_label="cms")[0]

    home = HomePage.objects.create(
        title="Home",
        draft_title="Home",
        slug="home",
        content_type=content_type("homepage"),
        path=f"{root.path}0001",
        depth=2,
        numchild=1,
        url_path="/home/",
        locale=locale,
        live=True,
    )
    ArchivePage.objects.create(
        title="Archive",
        draft_title="Archive",
        slug="archive",
        content_type=content_type("archivepage"),
        path=f"{home.path}0001",
        depth=3,
        numchild=0,
        url_path="/home/archive/",
        locale=locale,
        live=True,
        show_in_menus=True,
    )
    root.numchild = Page.objects.filter(depth=2).count()
    root.save(update_fields=["numchild"])
    # Links on paper and in mail are made from the site's address: take the one the settings name.
    address = urlsplit(settings.ROSTRUM_BASE_URL)
    site = Site.objects.create(
        hostname=address.hostname or "localhost",
        port=address.port or (443 if address.scheme == "https" else 80),
        root_page=home,
        is_default_site=True,
        site_name="Rostrum",
    )
    Branding.objects.create(site=site)


class Migration(migrations.Migration):
    dependencies = [("cms", "0004_wagtail_search_indexes"), ("wagtailcore", "0098_apitoken")]
    operations = [migrations.RunPython(make_site, migrations.RunPython.noop, elidable=False)]
