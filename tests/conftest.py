"""Fixtures of the whole suite: the database, and how often Python looks for garbage.

The SQLite test database is migrated once for each state of the migrations and kept as a file in the
data folder; each run (and each parallel worker) starts from a copy, since migrating Wagtail costs about
twenty seconds of CPU. PostgreSQL keeps a migrated template database for the length of the run.
"""

from __future__ import annotations

import fcntl
import gc
import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.http import FileResponse
from django.test import TransactionTestCase
from django.test import client as test_client
from django.urls import get_resolver
from hypothesis import settings as hypothesis_settings

PARTS = ("django/forms/", "wagtailadmin/shared/", "wagtailadmin/widgets/", "wagtailadmin/panels/")
EXAMPLES = int(os.environ.get("ROSTRUM_EXAMPLES", "40"))  # of each property
ROOT = Path(__file__).resolve().parents[1]


hypothesis_settings.register_profile("rostrum", max_examples=EXAMPLES)
hypothesis_settings.load_profile("rostrum")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest ones first, so that none of them is left to run alone at the end."""
    items.sort(key=lambda item: "browser" not in item.path.parts)


def pytest_collection_finish() -> None:
    """Django, Wagtail and the tests themselves stay to the end: looking through them again and again for
    garbage takes a noticeable part of the time of the suite."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def migrations_digest() -> str:
    """Changes when a migration of ours or a package that brings migrations changes."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    for package in ("django", "wagtail", "django-taggit", "django-tasks-db", "modelsearch"):
        digest.update(f"{package}={version(package)}".encode())
    return digest.hexdigest()[:16]


def pytest_sessionstart(session: pytest.Session) -> None:
    """The one process that hands out the tests has the database made while the others still collect."""
    hands_out = getattr(session.config.option, "numprocesses", None)
    if hands_out and is_sqlite():
        cache = settings.ROSTRUM_DATA / "test-databases"
        threading.Thread(target=migrated_template, args=[cache], daemon=True).start()


def migrated_template(cache: Path) -> Path:
    """A migrated, empty SQLite file; made in a process of its own when it is missing, once for all."""
    template = cache / f"template-{migrations_digest()}.sqlite3"
    if template.exists():
        return template
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until it is closed
        return template if template.exists() else _migrate(template)


def _migrate(template: Path) -> Path:
    making = template.with_suffix(f".{os.getpid()}.making")
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{making}",
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
    }
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
    subprocess.run(command, check=True, env=environment, cwd=ROOT)
    checkpoint = (
        "import os, pysqlite3; c = pysqlite3.connect(os.environ['FILE']);"
        "c.execute('PRAGMA journal_mode=DELETE'); c.close()"
    )
    subprocess.run([sys.executable, "-c", checkpoint], check=True, env={"FILE": str(making)})
    making.replace(template)
    return template


def is_sqlite() -> bool:
    return settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"


@pytest.fixture(scope="session", autouse=True)
def addresses_are_known() -> None:
    """Wagtail fills its menu when the addresses are first read, and keeps what it finds."""
    assert get_resolver().url_patterns


@pytest.fixture(scope="session", autouse=True)
def contexts_of_parts_are_not_kept() -> None:
    """The client copies the context of each template for `response.context`, and a screen of the editor is
    made of a thousand buttons, icons and inputs."""
    keep = test_client.store_rendered_templates

    def note(store: dict[str, list], signal, sender, template, context, **more) -> None:
        if not (template.name or "").startswith(PARTS):
            keep(store, signal, sender, template, context, **more)

    test_client.store_rendered_templates = note


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, tmp_path_factory) -> None:
    """Point SQLite at a copy of the migrated template; PostgreSQL migrates for itself."""
    if not is_sqlite():
        # One database for each parallel worker, as pytest-django does it where nobody overrides it.
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
        return
    template = migrated_template(settings.ROSTRUM_DATA / "test-databases")
    copy = tmp_path_factory.mktemp("database") / "test.sqlite3"
    shutil.copyfile(template, copy)
    settings.DATABASES["default"]["TEST"]["NAME"] = str(copy)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    return is_sqlite()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A test with real transactions ends in a fresh copy of the migrated database.

    Django's own flush would leave no root page, groups or issues to the next test, and the records
    of what was delivered refuse to be deleted.
    """
    with django_db_blocker.unblock():
        if not is_sqlite():
            run_outside(f'CREATE DATABASE "{pristine()}" TEMPLATE "{name()}"')
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda case: start_afresh()
    yield
    TransactionTestCase._fixture_teardown = flush
    with django_db_blocker.unblock():
        if not is_sqlite():
            run_outside(f'DROP DATABASE "{pristine()}"')


def name() -> str:
    return str(connection.settings_dict["NAME"])


def pristine() -> str:
    return f"{name()}_pristine"


def run_outside(*statements: str) -> None:
    """On the server, but connected to no database of ours."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def start_afresh() -> None:
    if not is_sqlite():
        run_outside(
            f'DROP DATABASE "{name()}" WITH (FORCE)',
            f'CREATE DATABASE "{name()}" TEMPLATE "{pristine()}"',
        )
        return
    connection.close()
    template = migrated_template(settings.ROSTRUM_DATA / "test-databases")
    fresh = Path(f"{name()}.fresh")
    shutil.copyfile(template, fresh)
    for suffix in ("-wal", "-shm"):
        Path(f"{name()}{suffix}").unlink(missing_ok=True)
    fresh.replace(name())


@pytest.fixture(autouse=True)
def answered_files_are_closed(monkeypatch) -> Iterator[None]:
    """A server closes what it answered. The test client leaves a file that a test did not read to the garbage
    collector, whose warning then fails some later test."""
    given = []
    keep = FileResponse._set_streaming_content

    def note(self: FileResponse, value: object) -> None:
        given.append(value)
        keep(self, value)

    monkeypatch.setattr(FileResponse, "_set_streaming_content", note)
    yield
    for value in given:
        if hasattr(value, "close"):
            value.close()
