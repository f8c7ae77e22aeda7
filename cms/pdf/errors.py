"""What can go wrong with a PDF, in words an editor can act on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


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


class PdfBusy(PdfRenderError):
    default_message = _("Too many PDFs are being made at once. Try again in a minute.")
