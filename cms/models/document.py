"""Files offered for download (spreadsheets, agendas, signed letters)."""

from __future__ import annotations

from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument


class Attachment(AbstractDocument):
    """Own model from the first migration, since it cannot be swapped in later."""

    admin_form_fields = WagtailDocument.admin_form_fields
