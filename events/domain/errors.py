"""Refusals of business verbs. `str(error)` is a sentence for the person who asked."""

from __future__ import annotations


class PresentationRefused(Exception):
    """The state of a presentation does not allow what was asked."""


class RecordRefused(Exception):
    """A document could not be frozen. Nothing was changed."""


class NotReady(PresentationRefused):
    """A document lacks what it needs to be handed in. `missing` lists it in sentences."""

    def __init__(self, message: str, missing: tuple[str, ...]) -> None:
        super().__init__(message)
        self.missing = missing


class PositionRefused(Exception):
    """A position, or a look at a new version, does not allow what was asked."""


class EventRefused(Exception):
    """The state of an event, or of one of its deadlines, does not allow what was asked."""
