"""What editors are told about the links of the documents they open, and of the sources they list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import ngettext
from wagtail.models import Page

from testimony.domain.links import dead_links_of
from testimony.models import DocumentPage

NAMED = 5  # the report lists the rest


def warn_of_dead_links(request: HttpRequest, page: Page) -> None:
    """On opening the editor, not on its saves, which happen every few seconds."""
    if request.method != "GET" or not isinstance(page.specific, DocumentPage):
        return
    dead = dead_links_of(page)
    if not dead:
        return
    words = ngettext(
        "A source of this document has a dead link:",
        "%(count)d sources of this document have dead links:",
        len(dead),
    ) % {"count": len(dead)}
    links = [
        (
            reverse("wagtailsnippets_testimony_source:edit", args=[check.source_id]),
            check.source.title,
            check.words,
        )
        for check in dead[:NAMED]
    ]
    listed = format_html_join("; ", '<a href="{}">{}</a>, {}', links)
    messages.warning(request, format_html("{} {}.", words, listed))
