"""Which models have twins of their paper, and what those who are handed it take.

Upper packages register theirs in `AppConfig.ready()`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.pdf.choices import USUAL, PrintChoices
from cms.pdf.registry import PdfDocument, PdfKind

DOCX, TEXT, PDF = "docx", "txt", "pdf"
LABELS = {PDF: _("PDF"), DOCX: pgettext_lazy("kind of file", "Word"), TEXT: _("Plain text")}
CONTENT_TYPES = {
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    TEXT: "text/plain; charset=utf-8",
}


@dataclass(frozen=True)
class Receiver:
    """Who is handed the document, and the endings of files they take; none when that is not known."""

    name: str
    takes: frozenset[str] = frozenset()

    def refuses(self, ending: str) -> bool:
        return bool(self.takes) and ending not in self.takes


class Twins:
    """The twins of one model's main paper. `kind` prints it, with figures of charts where the paper has drawings."""

    kind: PdfKind

    def receiver(self, obj: Any) -> Receiver | None:
        """Whom `obj` is for, where somebody has rules."""
        return None

    def stem(self, obj: Any) -> str:
        """What all files of `obj` are called, without their ends."""
        raise NotImplementedError

    def document(
        self, obj: Any, *, draft: bool = False, choices: PrintChoices = USUAL
    ) -> PdfDocument:
        """What to write. `obj` may be the live object or one built from a revision."""
        return self.kind.document(obj, draft=draft, choices=choices)

    def file_name(self, obj: Any, ending: str, *, draft: bool = False) -> str:
        return f"{'DRAFT-' if draft else ''}{self.stem(obj)}.{ending}"


_twins: dict[type[Model], Twins] = {}


def register_twins(model: type[Model], twins: Twins) -> None:
    _twins[model] = twins


def twins_of(obj: Model | type[Model]) -> Twins | None:
    """Those of `obj`, looked up through its base classes; None when it has none."""
    model = obj if isinstance(obj, type) else type(obj)
    return next((_twins[ancestor] for ancestor in model.__mro__ if ancestor in _twins), None)
