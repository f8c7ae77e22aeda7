"""Each project rule fires on what it forbids and is silent on this project."""

from __future__ import annotations

import pytest
from django.core import checks as django_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from wagtail.models import Page

from cms import checks
from cms.models import ArchivePage, HomePage

SAFE_SQLITE = {"ENGINE": checks.SQLITE, "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL;"}}


def ids(messages) -> list[str]:
    return [message.id for message in messages]


def test_this_project_keeps_its_own_rules():
    assert django_checks.run_checks(tags=[checks.TAG]) == []
    assert checks.refuse_to_start() is None


@pytest.mark.parametrize(
    ("library", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_versions_of_sqlite_that_can_corrupt_a_database(library, safe):
    assert checks.sqlite_is_safe(library) is safe


def test_an_unsafe_sqlite_is_refused(monkeypatch):
    monkeypatch.setattr(checks, "sqlite_library_version", lambda: (3, 40, 1))

    (message,) = checks.check_database("default", SAFE_SQLITE)
    assert message.id == "rostrum.E003"
    assert message.msg == "SQLite 3.40.1 can corrupt a database in write-ahead-log mode."


def test_an_old_sqlite_without_write_ahead_log_is_accepted(monkeypatch):
    monkeypatch.setattr(checks, "sqlite_library_version", lambda: (3, 40, 1))

    assert list(checks.check_database("default", {"ENGINE": checks.SQLITE})) == []


def test_a_server_refuses_to_start_on_an_error(settings):
    settings.WAGTAILIMAGES_EXTENSIONS = ["svg"]

    with pytest.raises(
        ImproperlyConfigured, match=r"allows SVG, which can carry script\. Remove it"
    ):
        checks.refuse_to_start()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the shim is for SQLite only")
def test_the_library_in_use_is_the_one_that_is_judged():
    import pysqlite3

    assert checks.sqlite_library_version() == pysqlite3.sqlite_version_info


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"ATOMIC_REQUESTS": True}, ["rostrum.E002"]),
        ({"ENGINE": "django.db.backends.mysql"}, ["rostrum.E001"]),
        ({"ENGINE": checks.POSTGRESQL, "OPTIONS": {}}, []),
    ],
)
def test_databases(monkeypatch, change, expected):
    monkeypatch.setattr(checks, "sqlite_library_version", lambda: (3, 53, 0))

    assert ids(checks.check_database("default", {**SAFE_SQLITE, **change})) == expected


def test_svg_is_refused(settings):
    settings.WAGTAILIMAGES_EXTENSIONS = ["png", "SVG"]

    assert ids(checks.check_files()) == ["rostrum.E004"]


@pytest.mark.parametrize(
    ("static", "media", "expected"),
    [
        ("static", "media", []),
        ("static", "static/media", ["rostrum.E005"]),
        ("media/static", "media", ["rostrum.E005"]),
        ("same", "same", ["rostrum.E005"]),
        ("static", "static-media", []),
    ],
)
def test_media_and_static_files_lie_apart(settings, tmp_path, static, media, expected):
    settings.STATIC_ROOT, settings.MEDIA_ROOT = str(tmp_path / static), str(tmp_path / media)

    assert ids(checks.check_files()) == expected


def test_packages_below_their_floor_are_refused(monkeypatch):
    monkeypatch.setattr(checks, "version", {"wagtail": "8.0", "weasyprint": "69.2"}.get)

    assert [message.msg for message in checks.check_versions()] == [
        "wagtail 8.0 is installed; at least 8.0.1 is needed.",
        "weasyprint 69.2 is installed; at least 70 is needed.",
    ]


@pytest.mark.parametrize(
    ("text", "number"), [("70.0", (70, 0)), ("8.0.1", (8, 0, 1)), ("8.1rc1", (8,)), ("dev", ())]
)
def test_version_numbers_are_read(text, number):
    assert checks.parsed(text) == number


class UndeclaredPage(Page):
    class Meta:
        app_label = "cms"
        managed = False
        abstract = True


def test_a_page_type_that_declares_nothing_is_refused(monkeypatch):
    monkeypatch.setattr(checks, "declares", lambda model, attribute: False)

    assert ids(checks.check_page_type(HomePage)) == ["rostrum.E007", "rostrum.E008"]


def test_the_archive_may_leave_its_children_to_name_it():
    assert checks.declares(ArchivePage, "subpage_types") is False
    assert list(checks.check_page_type(ArchivePage)) == []


def test_a_declaration_counts_when_a_class_below_page_makes_it():
    assert checks.declares(UndeclaredPage, "parent_page_types") is False
    assert checks.declares(HomePage, "parent_page_types") is True


def test_page_types_of_other_packages_are_not_judged():
    assert list(checks.check_page_type(Page)) == []
