"""Development and the demo: needs no configuration, serves on this machine only."""

from __future__ import annotations

from cms.settings.base import *
from cms.settings import env

# Off, so that whoever tries the demo meets the site's own error pages; DEBUG=1 shows tracebacks instead.
DEBUG = env.debug(False)
SECRET_KEY = env.secret_key("development-only-key-never-used-in-production-0123456789")
ALLOWED_HOSTS = env.allowed_hosts(["127.0.0.1", "localhost", "[::1]", "testserver"])
# Mail is written to files, so that nothing is sent and the terminal stays readable.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = ROSTRUM_DATA / "mail"
ROSTRUM_DEMO_ALLOWED = True
# Static files come straight from the packages, as they are now, whether or not DEBUG is on.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0
