"""Refusals of business verbs. `str(error)` is a sentence for the person who asked."""

from __future__ import annotations


class PresentationRefused(Exception):
    """The state of a presentation does not allow what was asked."""


class RecordRefused(Exception):
    """A document could not be frozen. Nothing was changed."""
