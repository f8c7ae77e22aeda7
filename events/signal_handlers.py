"""Signals in, domain calls out: each body is a line or two."""

from __future__ import annotations

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from events import triggers


def guard_records(sender: AppConfig, using: str, **kwargs: object) -> None:
    """A migration that rebuilds the table on SQLite loses its triggers: put them back."""
    triggers.install(connections[using])


def connect(sender: AppConfig) -> None:
    """Called once by `EventsConfig.ready()`."""
    post_migrate.connect(guard_records, sender=sender, dispatch_uid="events.guard_records")
