"""Statistics, sources and footnotes inside rich text: the database format, and what it expands to.

`<embed embedtype="statistic" id="4"/>`, `<embed embedtype="source" id="12"/>` and
`<embed embedtype="note" text="…"/>` stand inline in a paragraph; `pin="31"` holds the first two to what a pin keeps.
Expanded, they leave the placeholders that `testimony.domain.notes` numbers. What is deleted or not published expands
to nothing, pinned or not. `testimony.richtext_editor` owns the editor's side.
"""

from __future__ import annotations

from testimony.richtext.content import embeds, object_id, pin_id, placed_blocks, rich_texts
from testimony.richtext.handlers import (
    NOTE,
    NoteHandler,
    SourceHandler,
    StatisticHandler,
    note_text,
    placeholder,
)
from testimony.richtext.references import (
    References,
    note_value,
    reference_cache,
    within,
)

__all__ = [
    "NOTE",
    "NoteHandler",
    "References",
    "SourceHandler",
    "StatisticHandler",
    "embeds",
    "note_text",
    "note_value",
    "object_id",
    "pin_id",
    "placed_blocks",
    "placeholder",
    "reference_cache",
    "rich_texts",
    "within",
]
