"""The only reader of `os.environ` (twelve-factor): each variable is named, typed and documented here.

`docs/settings.md` lists them; a test compares the two.
"""

from __future__ import annotations

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[2]

env = environ.Env()


def data_dir() -> Path:
    """Folder of everything the installation writes: database, media, PDFs, fonts, demo output."""
    return Path(env.str("ROSTRUM_DATA", default=str(BASE_DIR / "var"))).expanduser().resolve()


def database(default_path: Path) -> dict[str, object]:
    """The database of DATABASE_URL, or the embedded SQLite file."""
    found = env.db_url("DATABASE_URL", default=f"sqlite:///{default_path}")
    if found["ENGINE"] == "django.db.backends.postgresql":
        # A connection is kept for a minute and looked at before it is used again.
        found = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, **found}
    return found


def secret_key(default: str | None = None) -> str:
    return env.str("SECRET_KEY", default=default or "")


def allowed_hosts(default: list[str]) -> list[str]:
    return env.list("ALLOWED_HOSTS", default=default)


def base_url(default: str) -> str:
    """Public address of the site, used in e-mails, QR codes and citations; no trailing slash."""
    return env.str("ROSTRUM_BASE_URL", default=default).rstrip("/")


def debug(default: bool) -> bool:
    return env.bool("DEBUG", default=default)


def email_url(default: str) -> dict[str, object]:
    return env.email_url("EMAIL_URL", default=default)


def pdf_limits() -> dict[str, int]:
    """CPU seconds, wall seconds and memory (MiB) one PDF may cost; seconds a request waits for one."""
    return {
        "ROSTRUM_PDF_PATIENCE_SECONDS": env.int("ROSTRUM_PDF_PATIENCE_SECONDS", default=4),
        "ROSTRUM_PDF_CPU_SECONDS": env.int("ROSTRUM_PDF_CPU_SECONDS", default=15),
        "ROSTRUM_PDF_WALL_SECONDS": env.int("ROSTRUM_PDF_WALL_SECONDS", default=30),
        "ROSTRUM_PDF_MEMORY_MB": env.int("ROSTRUM_PDF_MEMORY_MB", default=700),
    }
