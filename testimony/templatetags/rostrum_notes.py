"""Template tags of the document blocks."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def source_note(source) -> SafeString | str:
    """Placeholder of a footnote that cites `source`; `testimony.domain.notes` numbers it."""
    if source is None:
        return ""
    return format_html('<span class="rn" data-note-source="{}"></span>', source.pk)
