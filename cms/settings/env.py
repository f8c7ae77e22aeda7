"""The only reader of `os.environ` (twelve-factor): each variable is named, typed and documented here.

`docs/settings.md` lists them; a test compares the two.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Mapping
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]


class Environment(environ.Env):
    def whole(self, name: str, default: int, *, least: int) -> int:
        """A whole number of at least `least`, or a refusal that names the variable."""
        written = self.str(name, default="").strip()
        if not written:
            return default
        number = int(written) if written.isascii() and written.isdigit() else -1
        if not least <= number < MOST:
            raise ImproperlyConfigured(
                f"{name} is '{written}'. Write a whole number of at least {least}, or leave it out "
                f"for {default}."
            )
        return number


env = Environment()

MOST = 10**9
ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?)(?::(?P<port>\d{1,5}))?"
)
SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"


def data_dir() -> Path:
    """Folder of everything the installation writes: database, media, PDFs, fonts, demo output."""
    return Path(env.str("ROSTRUM_DATA", default=str(BASE_DIR / "var"))).expanduser().resolve()


def database(default_path: Path) -> dict[str, object]:
    """The database of DATABASE_URL, or the embedded SQLite file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of an unknown scheme: it would print the password
        found = env.db_url("DATABASE_URL", default=f"sqlite:///{default_path}")
    # Here, since Django would ask for the driver of a foreign database before any check of ours is run.
    if found.get("ENGINE") not in {SQLITE, POSTGRESQL}:
        raise ImproperlyConfigured(
            "DATABASE_URL names a database that is not supported. Use PostgreSQL 15 or later "
            "(postgres://user:password@host:5432/name), or leave it out for SQLite."
        )
    if found["ENGINE"] == POSTGRESQL:
        # A connection is kept for a minute and looked at before it is used again.
        found = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, **found}
    return found


def is_in_memory(database: dict[str, object]) -> bool:
    """True for a SQLite database that is in no file: it would be gone with the process."""
    name = str(database["NAME"])
    return database["ENGINE"] == SQLITE and (
        not name or ":memory:" in name or "mode=memory" in name
    )


def secret_key(default: str | None = None) -> str:
    return env.str("SECRET_KEY", default=default or "")


def allowed_hosts(default: list[str]) -> list[str]:
    return env.list("ALLOWED_HOSTS", default=default)


def base_url(default: str) -> str:
    """Public address of the site, used in e-mails, QR codes and citations; no trailing slash."""
    written = env.str("ROSTRUM_BASE_URL", default="").strip() or default
    found = ADDRESS.fullmatch(written.lower().rstrip("/"))
    port = int(found["port"] or 0) if found else 0
    # Wagtail keeps the host and port of a site, and takes 443 for https and every other port for http.
    if not found or port > 65535 or (port and (port == 443) != (found["scheme"] == "https")):
        raise ImproperlyConfigured(
            f"ROSTRUM_BASE_URL is '{written}'. Write https:// or http:// and the site's host name, with "
            "nothing after it (only http may name a port, other than 443): https://testimony.example.org"
        )
    usual = {"http": 80, "https": 443}[found["scheme"]]
    return f"{found['scheme']}://{found['host']}" + (f":{port}" if port not in {0, usual} else "")


def is_addressed() -> bool:
    return bool(env.str("ROSTRUM_BASE_URL", default="").strip())


def of_process(added: Mapping[str, str]) -> dict[str, str]:
    """For a program that is started: all that this process has, and `added`."""
    return {**os.environ, **added}


def debug(default: bool) -> bool:
    return env.bool("DEBUG", default=default)


def email_url(default: str) -> dict[str, object]:
    return env.email_url("EMAIL_URL", default=default)


def pdf_limits() -> dict[str, int]:
    """CPU seconds, wall seconds and memory (MiB) one PDF may cost; seconds a request waits for one."""
    return {
        "ROSTRUM_PDF_PATIENCE_SECONDS": env.whole("ROSTRUM_PDF_PATIENCE_SECONDS", 4, least=0),
        "ROSTRUM_PDF_CPU_SECONDS": env.whole("ROSTRUM_PDF_CPU_SECONDS", 15, least=1),
        "ROSTRUM_PDF_WALL_SECONDS": env.whole("ROSTRUM_PDF_WALL_SECONDS", 30, least=1),
        "ROSTRUM_PDF_MEMORY_MB": env.whole("ROSTRUM_PDF_MEMORY_MB", 700, least=128),
    }


def hsts() -> tuple[int, bool]:
    """Seconds that browsers ask for this host by HTTPS alone, and whether for all hosts below it too."""
    seconds = env.whole("ROSTRUM_HSTS_SECONDS", 63_072_000, least=0)
    return seconds, env.bool("ROSTRUM_HSTS_SUBDOMAINS", default=False)
