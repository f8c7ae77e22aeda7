"""Wagtail's database search backend for the admin's search boxes."""

from __future__ import annotations

from wagtail.search.backends.database import SearchBackend

__all__ = ["SearchBackend"]
