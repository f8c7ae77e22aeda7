"""What can go wrong with a PDF, in words an editor can act on."""

from __future__ import annotations

import unicodedata

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

    def __init__(self, message: str = "", *, block_id: str | None = None, detail: str = "") -> None:
        super().__init__(message or str(self.default_message))
        self.block_id = block_id
        self.detail = detail  # for logs, never for the screen


class PdfTimeout(PdfRenderError):
    default_message = _("Making the PDF took too long and was stopped.")


class PdfTooLarge(PdfRenderError):
    default_message = _("This document needs more memory or larger files than a PDF may use.")


class PdfTextLost(PdfRenderError):
    """Words of the document could not be read on its paper: no such file is given to anybody."""

    default_message = _("Some words would be missing from the PDF.")

    def __init__(
        self, message: str = "", *, block_id: str | None = None, detail: str = "", words: str = ""
    ) -> None:
        said = _("These words would be missing from the PDF: “%(words)s”.") % {"words": words}
        super().__init__(message or (said if words else ""), block_id=block_id, detail=detail)
        self.words = words


class PdfMissingGlyph(PdfRenderError):
    """Characters that no font has: the paper would show an empty box, or a wrong letter."""

    default_message = _("No font here can print one of the characters of this document.")

    def __init__(
        self, message: str = "", *, block_id: str | None = None, detail: str = "", words: str = ""
    ) -> None:
        said = _(
            "No font here can print %(characters)s. Write it in another way or take it out."
        ) % {"characters": ", ".join(_named(character) for character in words[:MOST_NAMED])}
        super().__init__(message or (said if words else ""), block_id=block_id, detail=detail)
        self.words = words


def _named(character: str) -> str:
    """A character with its name in Unicode, for people who cannot see it either."""
    name = unicodedata.name(character, "").lower()
    return f"{character} ({', '.join(filter(None, [name, f'U+{ord(character):04X}']))})"


class PdfBusy(PdfRenderError):
    default_message = _("Too many PDFs are being made at once. Try again in a minute.")
