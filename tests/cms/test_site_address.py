"""Links follow the setting: with a migration, with the start of a server, and a check says when they do not."""

from __future__ import annotations

import pytest
from django.db.models.signals import post_migrate
from wagtail.models import Site

from cms.apps import CmsConfig
from cms.checks import check_address
from cms.domain.short_address import short_address
from cms.domain.site_address import follow_setting, follow_setting_if_possible
from cms.models import ArchivePage

pytestmark = pytest.mark.django_db


def messages() -> list[str]:
    return [message.msg for message in check_address(databases=["default"])]


def migrated() -> None:
    post_migrate.send(
        CmsConfig,
        app_config=CmsConfig.create("cms"),
        using="default",
        verbosity=0,
        plan=[],
        apps=None,
    )


@pytest.mark.parametrize("address", ["https://testimony.example.org", "http://127.0.0.1:8010"])
def test_after_a_migration_links_follow_the_setting(settings, address):
    settings.ROSTRUM_BASE_URL = address
    page = ArchivePage.objects.get()
    assert len(messages()) == 1

    migrated()

    assert messages() == []
    assert short_address(page) == f"{address}/d/{page.pk}/"
    assert ArchivePage.objects.get().full_url == f"{address}/archive/"


def test_a_check_says_where_links_lead_instead_and_what_to_do(settings):
    settings.ROSTRUM_BASE_URL = "https://testimony.example.org"

    (warning,) = check_address(databases=["default"])
    assert (warning.id, warning.hint.split(",")[0]) == ("rostrum.W004", "Run `manage.py migrate`")
    assert list(check_address(databases=None)) == []


def test_nothing_is_written_when_links_are_in_step(django_assert_num_queries):
    assert follow_setting() is False
    with django_assert_num_queries(1):
        follow_setting()


def test_an_address_that_another_site_has_stops_nothing(settings, caplog):
    home = Site.objects.get().root_page
    Site.objects.create(hostname="taken.example.org", port=443, root_page=home)
    settings.ROSTRUM_BASE_URL = "https://taken.example.org"

    follow_setting_if_possible()

    assert "could not be set to https://taken.example.org" in caplog.text
    assert Site.objects.get(is_default_site=True).root_url == "http://127.0.0.1:8000"
