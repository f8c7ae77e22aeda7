"""What can go wrong with a PDF, in words an editor can act on."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.utils.translation import gettext_lazy as _

MOST_NAMED = 5  # characters in one message


class PdfError(Exception):
    """Base of all PDF failures. `str(error)` is safe to show."""


class PdfUnavailable(PdfError):
    """This installation cannot make PDFs: a system library is missing."""


class PdfAssetMissing(PdfError):
    """The HTML or a stylesheet names a file that does not exist."""

    def __init__(self, url: str) -> None:
        super().__init__(_("The PDF needs a file that is missing: %(url)s") % {"url": url})
        self.url = url


class PdfRenderError(PdfError):
    """One document failed. `block_id` names the block at fault when it could be found."""

    default_message = _("This document could not be made into a PDF.")

    def __init__(
        self,
        message: str = "",
        *,
        block_id: str | None = None,
        detail: str = "",
        words: str = "",
        in_block: bool = False,
    ) -> None:
        said = message or self._said(words)
        if in_block:
            said = f"{said} {_('One block of the page is the cause. Your text is safe.')}"
        super().__init__(said)
        self.message = message  # of its own, already in somebody's language
        self.block_id = block_id
        self.detail = detail  # for logs, never for the screen
        self.words = words  # of the document
        self.in_block = in_block  # looked for, and found

    def _said(self, words: str) -> str:
        """What is said of `words`, in the language of who is told."""
        return str(self.default_message)


class PdfTimeout(PdfRenderError):
    default_message = _("Making the PDF took too long and was stopped.")


class PdfTooLarge(PdfRenderError):
    default_message = _("This document needs more memory or larger files than a PDF may use.")


class PdfTextLost(PdfRenderError):
    """Words of the document could not be read on its paper: no such file is given to anybody."""

    default_message = _("Some words would be missing from the PDF.")

    def _said(self, words: str) -> str:
        if not words:
            return super()._said(words)
        return _("These words would be missing from the PDF: “%(words)s”.") % {"words": words}


class PdfMissingGlyph(PdfRenderError):
    """Characters that no font has: the paper would show an empty box, or a wrong letter."""

    default_message = _("No font here can print one of the characters of this document.")

    def _said(self, words: str) -> str:
        if not words:
            return super()._said(words)
        named = ", ".join(_named(character) for character in words[:MOST_NAMED])
        return _(
            "No font here can print %(characters)s. Write it in another way or take it out."
        ) % {"characters": named}


def _named(character: str) -> str:
    """A character with its name in Unicode, for people who cannot see it either."""
    name = unicodedata.name(character, "").lower()
    return f"{character} ({', '.join(filter(None, [name, f'U+{ord(character):04X}']))})"


class PdfBusy(PdfRenderError):
    default_message = _("Too many PDFs are being made at once. Try again in a minute.")


def facts_of(error: PdfError) -> dict[str, Any]:
    """What is worth remembering of a failure: facts, since the next to hear of it may speak another language."""
    facts: dict[str, Any] = {"kind": type(error).__name__}
    if isinstance(error, PdfRenderError):
        names = ("message", "block_id", "words", "in_block")
        return facts | {name: getattr(error, name) for name in names}
    if isinstance(error, PdfAssetMissing):
        return facts | {"url": error.url}
    return facts | {"message": str(error)}


def recalled(facts: dict[str, Any]) -> PdfError:
    """The failure again, worded for whoever asks now."""
    more = {name: value for name, value in facts.items() if name != "kind"}
    kind = _KINDS.get(facts["kind"])
    return kind(**more) if kind is not None else PdfError(more.get("message", ""))


_KINDS: dict[str, type[PdfError]] = {
    kind.__name__: kind
    for kind in (PdfRenderError, PdfTextLost, PdfMissingGlyph, PdfTimeout, PdfTooLarge, PdfBusy)
} | {PdfAssetMissing.__name__: PdfAssetMissing}
