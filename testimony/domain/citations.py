"""How a source is cited in a footnote."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from testimony.models import DocumentPage, Source


def cite(source: Source) -> SafeString:
    """Author. Title. Publisher, date (table or page). Address, retrieved on. Empty parts are left out."""
    lead = [source.author] if source.author and source.author != source.publisher else []
    tail = ", ".join(part for part in (source.publisher, source.published) if part)
    before = format_html("{}. ", lead[0].rstrip(".")) if lead else ""
    after = format_html(" {}.", tail.rstrip(".")) if tail else ""
    note = format_html(" {}.", source.note.rstrip(".")) if source.note else ""
    return format_html(
        "{}<cite>{}</cite>.{}{}{}", before, source.title.rstrip("."), after, note, _address(source)
    )


def _address(source: Source) -> SafeString | str:
    if not source.url:
        return ""
    link = format_html(' <a href="{0}">{1}</a>', source.url, _bare(source.url))
    if source.retrieved_on is None:
        return format_html("{}.", link)
    retrieved = _("retrieved %(date)s") % {"date": date_format(source.retrieved_on, "DATE_FORMAT")}
    return format_html("{}, {}.", link, retrieved)


def _bare(url: str) -> str:
    """The address as people read it: no scheme, no closing slash."""
    return url.removeprefix("https://").removeprefix("http://").rstrip("/")


def cite_document(page: DocumentPage, request: HttpRequest | None = None) -> str:
    """“Cite this”: speaker, title, kind, body, date, organisation, stable address. Plain text."""
    speaker = getattr(page, "speaker", None)
    event = getattr(page, "event", None)
    parts = [
        speaker.name if speaker else "",
        f"“{page.title}”",
        event.body.name if event and event.body else "",
        date_format(page.date, "DATE_FORMAT") if page.date else "",
        page.get_full_url(request) or "",
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
