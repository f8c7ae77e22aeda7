"""Settings of the test suite: nothing leaves the process, nothing outlives a test."""

from __future__ import annotations

import tempfile
from pathlib import Path

from cms.settings.base import *
from cms.settings import base, sqlite

SECRET_KEY = "test-key-that-signs-nothing-of-value-0123456789-abcdef"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ROSTRUM_DEMO_ALLOWED = True

TEST_FILES = Path(tempfile.mkdtemp(prefix="rostrum-test-"))
MEDIA_ROOT = TEST_FILES / "media"
# Static files come straight from the packages: nothing is collected for a test.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
STORAGES = {
    **base.STORAGES,
    "pdf": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": TEST_FILES / "pdf"},
    },
    "records": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": TEST_FILES / "records"},
    },
}
# Nobody minds a test's database after a power cut.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    begin = f"{sqlite.OPTIONS['init_command']} PRAGMA synchronous=OFF;"
    DATABASES["default"]["OPTIONS"] = {**sqlite.OPTIONS, "init_command": begin}
# A thread of its own would not see what a test's transaction holds.
ROSTRUM_PDF_PATIENCE_SECONDS = None
# A rendition cached in memory would outlive the transaction that made its row.
CACHES = {**CACHES, "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
