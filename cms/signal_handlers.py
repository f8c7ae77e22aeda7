"""Signals in, domain calls out: each body is a line or two."""

from __future__ import annotations


def connect() -> None:
    """Called once by `CmsConfig.ready()`."""
