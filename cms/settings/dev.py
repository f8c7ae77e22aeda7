"""Development and the demo: needs no configuration, serves on this machine only."""

from __future__ import annotations

from cms.settings.base import *
from cms.settings import env

DEBUG = env.debug(True)
SECRET_KEY = env.secret_key("development-only-key-never-used-in-production-0123456789")
ALLOWED_HOSTS = env.allowed_hosts(["127.0.0.1", "localhost", "[::1]", "testserver"])
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
ROSTRUM_DEMO_ALLOWED = True
