"""Production: refuses to start on a missing secret, DEBUG or an unsafe database."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from cms.settings.base import *
from cms.settings import base, env

DEBUG = False
if env.debug(False):
    raise ImproperlyConfigured(
        "DEBUG must not be set in production. Remove it from the environment."
    )
SECRET_KEY = env.secret_key()
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing or too short. Set it to at least 50 random characters: "
        'python -c "import secrets; print(secrets.token_urlsafe(60))"'
    )
ALLOWED_HOSTS = env.allowed_hosts([])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is empty. Set it to the site's host name(s), comma separated."
    )
if ALLOWED_HOSTS[0] == "*" and not env.is_addressed():
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is *, which names no address for QR codes, citations and e-mails. "
        "Set ROSTRUM_BASE_URL: https://testimony.example.org"
    )
if env.is_in_memory(DATABASES["default"]):
    raise ImproperlyConfigured(
        "DATABASE_URL names a SQLite database in memory, which ends with the process. "
        "Leave it out for a file in ROSTRUM_DATA, or use PostgreSQL."
    )
ROSTRUM_BASE_URL = WAGTAILADMIN_BASE_URL = env.base_url(f"https://{ALLOWED_HOSTS[0].lstrip('.')}")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sid"
CSRF_COOKIE_NAME = "__Host-csrf"
SECURE_HSTS_SECONDS, SECURE_HSTS_INCLUDE_SUBDOMAINS = env.hsts()
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
# Other hosts of the domain, such as a county's old intranet, are not this site's to bind, and the browsers'
# preload list is left only after months: whoever owns the whole domain sets ROSTRUM_HSTS_SUBDOMAINS.
# All else that `check --deploy` has to say stays, also of HSTS for 0 seconds.
if not SECURE_HSTS_INCLUDE_SUBDOMAINS:
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

STORAGES = {
    **base.STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Work that a page need not wait for goes to `manage.py db_worker`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "pdf"]}}

globals().update(env.email_url("consolemail://"))
