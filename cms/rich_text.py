"""The editor of rich text, which refuses what no editor sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest
from wagtail.admin.rich_text import DraftailRichTextArea


class RichTextArea(DraftailRichTextArea):
    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        """The text for the database. A 400 for garbage: with an empty text instead, words could be lost."""
        try:
            return super().value_from_datadict(data, files, name)
        except (ValueError, TypeError, LookupError, AttributeError) as error:  # as its parser fails
            raise BadRequest(f"{name} holds no text of the editor.") from error
