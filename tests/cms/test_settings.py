"""Settings by environment. Production is loaded in a process of its own, as a server would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRET = "0123456789abcdefghijklmnopqrstuvwxyz-0123456789abcdefghij"
PRODUCTION = {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "testimony.example.org"}
NAMES = [
    "DEBUG",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "ROSTRUM_BASE_URL",
    "ROSTRUM_DEMO_ALLOWED",
    "ALLOWED_HOSTS",
    "WAGTAILADMIN_BASE_URL",
    "EMAIL_BACKEND",
]


def run(code: str, tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Python in an environment that holds nothing but `variables`."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        env={**kept, "ROSTRUM_DATA": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def load(module: str, names: list[str], tmp_path: Path, **variables: str) -> dict:
    code = f"import json; from {module} import *; g = globals(); print(json.dumps([g[n] for n in {names}]))"
    finished = run(code, tmp_path, **variables)
    assert finished.stderr == ""
    return dict(zip(names, json.loads(finished.stdout), strict=True))


def last_line(finished: subprocess.CompletedProcess[str]) -> str:
    return finished.stderr.strip().splitlines()[-1].removeprefix("django.core.exceptions.")


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"SECRET_KEY": ""}, "ImproperlyConfigured: SECRET_KEY is missing or too short."),
        ({"SECRET_KEY": "a" * 60}, "ImproperlyConfigured: SECRET_KEY is missing or too short."),
        ({"SECRET_KEY": SECRET[:49]}, "ImproperlyConfigured: SECRET_KEY is missing or too short."),
        ({"ALLOWED_HOSTS": ""}, "ImproperlyConfigured: ALLOWED_HOSTS is empty."),
        (
            {"ALLOWED_HOSTS": "*"},
            "ImproperlyConfigured: ALLOWED_HOSTS is *, which names no address",
        ),
        (
            {"DATABASE_URL": "sqlite://:memory:"},
            "ImproperlyConfigured: DATABASE_URL names a SQLite database in memory",
        ),
        ({"DEBUG": "1"}, "ImproperlyConfigured: DEBUG must not be set in production."),
    ],
)
def test_production_refuses_to_start(tmp_path, variables, message):
    finished = run("import cms.settings.production", tmp_path, **{**PRODUCTION, **variables})

    assert finished.returncode == 1
    assert last_line(finished)[: len(message)] == message


def test_production_is_strict(tmp_path):
    assert load("cms.settings.production", NAMES, tmp_path, **PRODUCTION) == {
        "DEBUG": False,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-sid",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SECURE_HSTS_SECONDS": 63_072_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": False,
        "SECURE_HSTS_PRELOAD": False,
        "ROSTRUM_BASE_URL": "https://testimony.example.org",
        "ROSTRUM_DEMO_ALLOWED": False,
        "ALLOWED_HOSTS": ["testimony.example.org"],
        "WAGTAILADMIN_BASE_URL": "https://testimony.example.org",
        "EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend",
    }


def test_a_production_server_refuses_an_unsafe_database(tmp_path):
    """`pysqlite3` hidden, the library of the system itself pretends to be the faulty one."""
    code = (
        "import sys, sqlite3; sys.modules['pysqlite3'] = None; "
        "sqlite3.sqlite_version_info = (3, 46, 1); "
        "sqlite3.dbapi2.sqlite_version_info = (3, 46, 1); import cms.wsgi"
    )
    finished = run(code, tmp_path, **PRODUCTION)

    assert last_line(finished) == (
        "ImproperlyConfigured: SQLite 3.46.1 can corrupt a database in write-ahead-log mode. "
        "Install the package pysqlite3 from requirements/base.txt, or use PostgreSQL."
    )


def test_production_on_postgresql_passes_the_deployment_check(tmp_path):
    """On SQLite it is a step of `bin/test`."""
    variables = {**PRODUCTION, "DJANGO_SETTINGS_MODULE": "cms.settings.production"}
    variables["DATABASE_URL"] = "postgres://rostrum@127.0.0.1/rostrum"
    code = (
        "import django; django.setup(); from django.core.management import call_command; "
        "call_command('check', deploy=True, fail_level='WARNING')"
    )
    finished = run(code, tmp_path, **variables)

    assert finished.stdout == "System check identified no issues (2 silenced).\n", finished.stderr


def test_development_needs_no_configuration(tmp_path):
    names = ["DEBUG", "ROSTRUM_DEMO_ALLOWED", "ROSTRUM_BASE_URL", "DATABASES"]
    found = load("cms.settings.dev", names, tmp_path)

    assert found["DATABASES"]["default"]["NAME"] == f"{tmp_path}/rostrum.sqlite3"
    assert found["DATABASES"]["default"]["OPTIONS"] == {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA recursive_triggers=ON; PRAGMA journal_size_limit=67108864;",
    }
    assert {name: found[name] for name in names[:3]} == {
        "DEBUG": False,
        "ROSTRUM_DEMO_ALLOWED": True,
        "ROSTRUM_BASE_URL": "http://127.0.0.1:8000",
    }


def test_developers_may_ask_for_tracebacks(tmp_path):
    assert load("cms.settings.dev", ["DEBUG"], tmp_path, DEBUG="1") == {"DEBUG": True}


@pytest.mark.parametrize("debug", ["0", "1"])
def test_development_serves_static_files_with_and_without_tracebacks(tmp_path, debug):
    code = (
        "import django; django.setup(); from django.test import Client; "
        "print(Client().get('/static/rostrum/favicon.svg').status_code)"
    )
    variables = {"DJANGO_SETTINGS_MODULE": "cms.settings.dev", "DEBUG": debug}
    finished = run(code, tmp_path, **variables)

    assert (finished.stdout, finished.stderr) == ("200\n", "")


def test_the_data_folder_holds_everything_that_is_written(tmp_path):
    names = ["STATIC_ROOT", "MEDIA_ROOT", "STORAGES"]
    code = f"from cms.settings.dev import *; g = globals(); print([str(g[n]) for n in {names}])"
    written = run(code, tmp_path).stdout

    assert [written.count(f"{tmp_path}/{name}") for name in ("static", "media", "pdf")] == [1, 1, 1]


def test_a_postgresql_address_brings_its_own_options(tmp_path):
    address = "postgres://rostrum:secret@db.example.org:5433/testimony"
    found = load(
        "cms.settings.dev", ["DATABASES", "INSTALLED_APPS"], tmp_path, DATABASE_URL=address
    )

    assert found["DATABASES"]["default"] == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "testimony",
        "USER": "rostrum",
        "PASSWORD": "secret",
        "HOST": "db.example.org",
        "PORT": 5433,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
    assert found["INSTALLED_APPS"][-1] == "django.contrib.postgres"
