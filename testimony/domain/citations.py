"""How sources and our own documents are cited: in the style of the settings, in the document's language."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from testimony.csl import names_line, seen
from testimony.domain.citation_engine import format_item
from testimony.domain.csl_items import document_item, document_version, remarks, source_item
from testimony.models import CitationSetting, DocumentPage, Source


def cite(source: Source, *, style: str | None = None) -> SafeString:
    """`source` as a note, in the language that is active. Callers that cite many pass `style`, which is
    one query."""
    item = source_item(source)
    if "title" not in item:  # a draft that has just been begun
        return cite_plainly(source)
    entry = format_item(
        item,
        style=style or CitationSetting.current_style(),
        language=get_language() or "en",
        fallback=lambda: cite_plainly(source),
    )
    return _with_remarks(entry, remarks(source))


def cite_plainly(source: Source) -> SafeString:
    """Author. Title. Publisher, date. Address, retrieved on. Empty parts are left out. Needs no style."""
    author = names_line(source.author)
    publisher = seen(source.publisher)
    tail = ", ".join(part for part in (publisher, seen(source.published)) if part)
    before = format_html("{}. ", author.rstrip(".")) if author != publisher else ""
    after = format_html(" {}.", tail.rstrip(".")) if tail else ""
    return format_html(
        "{}<i>{}</i>.{}{}",
        before if author else "",
        seen(source.title).rstrip("."),
        after,
        _address(source),
    )


def _address(source: Source) -> SafeString | str:
    if not source.url.startswith(("http://", "https://")):
        return ""
    link = format_html(' <a href="{0}">{0}</a>', source.url)
    if source.retrieved_on is None:
        return format_html("{}.", link)
    retrieved = _("retrieved %(date)s") % {"date": date_format(source.retrieved_on, "DATE_FORMAT")}
    return format_html("{}, {}.", link, retrieved)


def _with_remarks(entry: SafeString, extra: list[str]) -> SafeString:
    """Remarks follow as sentences, after a full stop of their own where the style sets none."""
    said = [f"{text[:1].upper()}{text[1:].rstrip('.')}." for text in extra if text.rstrip(".")]
    return format_html_join(" ", "{}", [(entry,), *((sentence,) for sentence in said)])


def cite_document(page: DocumentPage, request: HttpRequest | None = None) -> SafeString:
    """“Cite this”: who, when, what, before which body, the version, the address that stays."""
    url = page.get_full_url(request) or ""
    with translation.override(page.language):
        entry = format_item(
            document_item(page, url, request),
            style=page.citation_style,
            language=page.language,
            fallback=lambda: _plain_document(page, url),
        )
        version = document_version(page)
        return _with_remarks(entry, [version] if version else [])


def _plain_document(page: DocumentPage, url: str) -> SafeString:
    day = date_format(day, "DATE_FORMAT") if (day := page.effective_date) else ""
    parts = [(part,) for part in (page.title, day, url) if part]
    return format_html("{}.", format_html_join(". ", "{}", parts))
