"""System checks of project rules: what must not be configured, and what every page type declares.

`refuse_to_start` runs the same checks where Django does not: under a production server.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from wagtail.models import Page

TAG = "rostrum"
OUR_APPS = frozenset({"cms", "events", "testimony"})
SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"
FLOORS = {"wagtail": (8, 0, 1), "weasyprint": (70,)}

Version = tuple[int, ...]


def sqlite_is_safe(library: Version) -> bool:
    """False for versions whose write-ahead log can corrupt a database when it is reset."""
    return (
        library >= (3, 51, 3) or (3, 50, 7) <= library < (3, 51) or (3, 44, 6) <= library < (3, 45)
    )


def sqlite_library_version() -> Version:
    """Of the library that Django's SQLite backend really uses, which may be `pysqlite3`."""
    from django.db.backends.sqlite3.base import DatabaseWrapper  # lazy: not wanted on PostgreSQL

    return tuple(DatabaseWrapper.Database.sqlite_version_info)


def dotted(number: Version) -> str:
    return ".".join(str(part) for part in number)


def parsed(text: str) -> Version:
    """Leading numbers of a version: "70.0rc1" is (70, 0)."""
    parts: list[int] = []
    for part in text.split("."):
        if not part.isdigit():
            break
        parts.append(int(part))
    return tuple(parts)


@checks.register(TAG)
def check_databases(**kwargs: object) -> list[checks.CheckMessage]:
    problems: list[checks.CheckMessage] = []
    for alias, database in settings.DATABASES.items():
        problems += check_database(alias, database)
    return problems


def check_database(alias: str, database: dict) -> Iterable[checks.CheckMessage]:
    if database["ENGINE"] not in {SQLITE, POSTGRESQL}:
        yield checks.Error(
            f"Database '{alias}' uses {database['ENGINE']}, which is not supported.",
            hint="Use PostgreSQL 15 or later, or leave DATABASE_URL out for SQLite.",
            id="rostrum.E001",
        )
    if database.get("ATOMIC_REQUESTS"):
        yield checks.Error(
            f"Database '{alias}' sets ATOMIC_REQUESTS.",
            hint="Leave it out: with it, every visitor waits for the editor who is saving.",
            id="rostrum.E002",
        )
    library = sqlite_library_version() if database["ENGINE"] == SQLITE else (99,)
    writes_ahead = "journal_mode=wal" in str(database.get("OPTIONS", {})).lower()
    if writes_ahead and not sqlite_is_safe(library):
        yield checks.Error(
            f"SQLite {dotted(library)} can corrupt a database in write-ahead-log mode.",
            hint="Install the package pysqlite3 from requirements/base.txt, or use PostgreSQL.",
            id="rostrum.E003",
        )


@checks.register(TAG)
def check_files(**kwargs: object) -> list[checks.CheckMessage]:
    problems: list[checks.CheckMessage] = []
    if "svg" in {extension.lower() for extension in settings.WAGTAILIMAGES_EXTENSIONS}:
        problems.append(
            checks.Error(
                "WAGTAILIMAGES_EXTENSIONS allows SVG, which can carry script.",
                hint="Remove it. Drawings can be uploaded as PNG.",
                id="rostrum.E004",
            )
        )
    static, media = (Path(p).resolve() for p in (settings.STATIC_ROOT, settings.MEDIA_ROOT))
    if static == media or static in media.parents or media in static.parents:
        problems.append(
            checks.Error(
                "MEDIA_ROOT and STATIC_ROOT lie inside one another: private files would be served.",
                hint="Give each a folder of its own.",
                id="rostrum.E005",
            )
        )
    return problems


@checks.register(TAG)
def check_versions(**kwargs: object) -> list[checks.CheckMessage]:
    return [
        checks.Error(
            f"{package} {version(package)} is installed; at least {dotted(floor)} is needed.",
            hint="Install the locked packages: pip install --require-hashes -r requirements/base.txt",
            id="rostrum.E006",
        )
        for package, floor in FLOORS.items()
        if parsed(version(package)) < floor
    ]


@checks.register(TAG)
def check_page_types(**kwargs: object) -> list[checks.CheckMessage]:
    """A page type that declares nothing may be put anywhere, below anything."""
    models = [m for m in apps.get_models() if issubclass(m, Page)]
    return [message for model in models for message in check_page_type(model)]


def check_page_type(model: type[Page]) -> Iterable[checks.CheckMessage]:
    if model._meta.app_label not in OUR_APPS:
        return
    if not declares(model, "parent_page_types"):
        yield checks.Error(
            f"{model._meta.label} does not declare parent_page_types.",
            hint="Name the page types it may stand under.",
            obj=model,
            id="rostrum.E007",
        )
    # A lower app cannot name the upper apps' types: there the children name their parent.
    children = [m for m in model.allowed_subpage_models() if m is not Page]
    if not declares(model, "subpage_types") and not all(
        declares(child, "parent_page_types") for child in children
    ):
        yield checks.Error(
            f"{model._meta.label} takes any page type below it.",
            hint="Declare subpage_types, or parent_page_types on each type that may stand below it.",
            obj=model,
            id="rostrum.E008",
        )


def declares(model: type[Page], attribute: str) -> bool:
    """True when the model or a class between it and `Page` sets `attribute`."""
    ours = model.__mro__[: model.__mro__.index(Page)]
    return any(attribute in klass.__dict__ for klass in ours)


def refuse_to_start() -> None:
    """Raise on the first error among the checks above; a WSGI server runs none by itself."""
    for message in checks.run_checks(tags=[TAG]):
        if message.level >= checks.ERROR:
            raise ImproperlyConfigured(f"{message.msg} {message.hint}")


@checks.register(checks.Tags.database)
def check_worker(databases: Iterable[str] | None = None, **kwargs: object) -> Iterable:
    """With `manage.py check --database default`: whether what is left to the worker is done by anybody."""
    from cms.domain import (
        worker,
    )  # apps: it reads models, which are not there yet when this module is read

    if "default" not in (databases or ()):
        return []
    try:
        silent = worker.is_silent()
    except DatabaseError:  # not migrated yet
        return []
    if not silent:
        return []
    return [
        checks.Warning(
            "Tasks have waited for more than a minute: the worker is not running.",
            hint="Start `manage.py db_worker` and keep it running.",
            id="rostrum.W003",
        )
    ]


@checks.register(checks.Tags.database)
def check_address(databases: Iterable[str] | None = None, **kwargs: object) -> Iterable:
    """With `manage.py check --database default`: whether links lead where the settings say the site is."""
    from cms.domain import site_address  # apps: as above

    if "default" not in (databases or ()):
        return []
    try:
        stored = site_address.stored_address()
    except DatabaseError:  # not migrated yet
        return []
    if stored in {"", settings.ROSTRUM_BASE_URL}:
        return []
    return [
        checks.Warning(
            f"Links and QR codes lead to {stored}, but ROSTRUM_BASE_URL is {settings.ROSTRUM_BASE_URL}.",
            hint="Run `manage.py migrate`, or restart the server: both bring the links in step.",
            id="rostrum.W004",
        )
    ]
