"""Past appearances from a table (CSV): one row is one speaker at one event, all of it or nothing.

Run as often as you like: a row is known by the id of its testimony, else by its event and speaker, and what is there
already stays as it is; only a testimony that has come into the archive since is added to it.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from events.enums import PresentationStatus
from events.importers.appearance_rows import Appearance, Row, RowRejected, checked
from events.importers.shared import body_for, past_event, speaker_for
from events.models import Event, Presentation

Finder = Callable[[str], Page | None]
_finders: dict[str, Finder] = {}


def register_finder(name: str, finder: Finder) -> None:
    """`finder` gives the document of an id. Upper packages register in `AppConfig.ready()`."""
    _finders[name] = finder


class _Undo(Exception):
    """Takes back what a trial run wrote."""


class Status(enum.Enum):
    CREATED = "created"
    LINKED = "linked"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Outcome:
    """What became of one row."""

    line: int
    status: Status
    name: str = ""
    reason: str = ""


class AppearancesImport:
    """One run over one file. With `dry_run` every check is made and nothing is written."""

    def __init__(self, *, user=None, dry_run: bool = False, source: str = "") -> None:
        self.user, self.dry_run, self.source = user, dry_run, source
        self.seen: dict[str, int] = {}

    def remember(self, rows: Iterable[Row]) -> None:
        """Rows that were taken before, so that one that comes again is told apart."""
        for row in rows:
            with suppress(RowRejected, ValidationError):
                self.seen.setdefault(checked(row.values).key, row.line)

    def take(self, row: Row) -> Outcome:
        name = row.values.get("testimony_id") or row.values.get("speaker", "")
        try:
            if row.problem:
                raise RowRejected(row.problem)
            appearance = checked(row.values)
            if appearance.key in self.seen:
                words = _("the same appearance is already on line %(line)d")
                raise RowRejected(words % {"line": self.seen[appearance.key]})
            self.seen[appearance.key] = row.line
            status = self.place(row, appearance)
        except RowRejected as error:
            return Outcome(row.line, Status.REJECTED, name[:60], str(error))
        except ValidationError as error:
            return Outcome(row.line, Status.REJECTED, name[:60], " ".join(error.messages))
        except IntegrityError:
            reason = _("something of the same name was saved at the same moment; import again")
            return Outcome(row.line, Status.REJECTED, name[:60], reason)
        return Outcome(row.line, status, name[:60])

    def place(self, row: Row, appearance: Appearance) -> Status:
        """Everything that a row needs, or nothing of it."""
        status = Status.UNCHANGED
        try:
            with transaction.atomic():
                status = self.write(row, appearance)
                if self.dry_run:
                    raise _Undo
        except _Undo:
            pass
        return status

    def write(self, row: Row, appearance: Appearance) -> Status:
        known = Presentation.objects.filter(source_key=appearance.key).first()
        if known is not None:
            return Status.LINKED if _bring(known, appearance) else Status.UNCHANGED
        event = past_event(
            appearance.event_key,
            kind=appearance.kind,
            title=appearance.title,
            body=body_for(appearance.body, appearance.parent),
            day=appearance.day,
            place=appearance.place,
            starts_at=appearance.starts_at,
            timezone=appearance.timezone,
        )
        presentation = _presentation(event, appearance)
        _bring(presentation, appearance)
        log(
            event,
            "events.presentation.import",
            user=self.user,
            data={
                "presentation": presentation.pk,
                "speaker": presentation.speaker.name,
                "file": self.source,
                "line": row.line,
            },
        )
        return Status.CREATED


def _presentation(event: Event, appearance: Appearance) -> Presentation:
    """Delivered, without records: nobody froze what was said then."""
    speaker = speaker_for(appearance.speaker, appearance.role)
    by_hand = event.presentations.filter(speaker=speaker, source_key__isnull=True).first()
    if by_hand is not None:
        by_hand.source_key = appearance.key
        by_hand.save(update_fields=["source_key"])
        return by_hand
    return Presentation.objects.create(
        event=event,
        speaker=speaker,
        role_title=appearance.role,
        status=PresentationStatus.DELIVERED,
        delivered_at=event.starts_at,
        sort_order=event.presentations.count(),
        notes=appearance.notes,
        source_key=appearance.key,
    )


def _bring(presentation: Presentation, appearance: Appearance) -> bool:
    """Add the testimony that the row names, where the archive has it. False when there is nothing to add."""
    if not appearance.testimony_id:
        return False
    found = (finder(appearance.testimony_id) for finder in _finders.values())
    page = next((page for page in found if page is not None), None)
    materials = presentation.materials.model.objects.filter(presentation=presentation)
    if page is None or materials.filter(page=page.pk).exists():
        return False
    materials.create(presentation=presentation, page_id=page.pk, sort_order=materials.count())
    return True
