"""The words of a record as a web page shows them: what was frozen; looked up is only what was corrected since."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from cms.enums import RIGHT_TO_LEFT
from events.domain.corrections import Correction, corrections_of, with_marks
from events.models import Record

# PostgreSQL keeps no order of keys. Parts that are not named here follow by name.
READING_ORDER = ("key_figure", "ask")


@dataclass(frozen=True)
class FrozenDocument:
    """Empty where the kind of document has no such thing; `html` is empty for kinds that froze text only."""

    language: str
    direction: str
    speaker_role: str
    salutation: str
    parts: tuple[tuple[str, SafeString], ...]
    html: SafeString
    notes: tuple[SafeString, ...]
    text: str
    corrections: tuple[Correction, ...] = ()

    @property
    def has_pictures(self) -> bool:
        """Pictures are files beside the words; only the PDF holds them for ever."""
        return any("<img" in fragment for fragment in (self.html, *dict(self.parts).values()))


def frozen_document(record: Record) -> FrozenDocument:
    """Reads `record.payload`, which a `PdfKind` made, and marks the figures that were corrected since."""
    payload = record.payload
    corrections = tuple(corrections_of(payload))
    parts = payload.get("parts", {})
    language = payload.get("language", "en")
    return FrozenDocument(
        language=language,
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        speaker_role=payload.get("speaker_role", ""),
        salutation=payload.get("salutation", ""),
        parts=tuple(
            (name, _as_frozen(with_marks(parts[name], corrections)))
            for name in sorted(parts, key=_place)
        ),
        html=_as_frozen(with_marks(payload.get("html", ""), corrections)),
        notes=tuple(_as_frozen(note) for note in payload.get("notes", [])),
        text=record.text,
        corrections=corrections,
    )


def _place(name: str) -> tuple[int, str]:
    known = READING_ORDER.index(name) if name in READING_ORDER else len(READING_ORDER)
    return known, name


def _as_frozen(html: str) -> SafeString:
    # Safe: rendered by our own templates when it was delivered, and the database lets nobody change it since.
    return mark_safe(html)  # noqa: S308
