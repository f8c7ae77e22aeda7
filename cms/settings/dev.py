"""Development and the demo: needs no configuration, serves on this machine only."""

from __future__ import annotations

from cms.settings.base import *
from cms.settings import env

DEBUG = env.debug(True)
SECRET_KEY = env.secret_key("development-only-key-never-used-in-production-0123456789")
ALLOWED_HOSTS = env.allowed_hosts(["127.0.0.1", "localhost", "[::1]", "testserver"])
# Mail is written to files, so that nothing is sent and the terminal stays readable.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = ROSTRUM_DATA / "mail"
ROSTRUM_DEMO_ALLOWED = True
