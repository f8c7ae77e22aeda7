"""Sources and our own documents as CSL-JSON, the form that the citation library and reference managers read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.domain.visibility import default_site
from cms.models import Branding, Person
from testimony.csl import Name, SourceKind, parse_date, parse_names, seen, year_in
from testimony.models import DocumentPage, Source

CslItem = dict[str, Any]
# Our field: the variable of CSL.
VARIABLES = {
    "title": "title",
    "container": "container-title",
    "publisher": "publisher",
    "place": "publisher-place",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "number": "number",
    "edition": "edition",
    "doi": "DOI",
    "isbn": "ISBN",
    "url": "URL",
    "language": "language",
}
# They are cited by name, whoever printed them.
WITHOUT_AUTHOR = {SourceKind.LEGISLATION, SourceKind.BILL, SourceKind.LEGAL_CASE}


def source_item(source: Source) -> CslItem:
    """`source` as CSL-JSON. Who published it stands as the author when nobody else does."""
    item: CslItem = {
        variable: text
        for field, variable in VARIABLES.items()
        if (text := seen(getattr(source, field) or ""))
    }
    item["type"] = str(source.kind)
    _add_names(item, source)
    if issued := parse_date(source.published) or year_in(source.published):
        item["issued"] = {"date-parts": [list(issued)]}
    if source.retrieved_on:
        day = source.retrieved_on
        if isinstance(day, dt.date):
            item["accessed"] = {"date-parts": [[day.year, day.month, day.day]]}
    return item


def _add_names(item: CslItem, source: Source) -> None:
    """Authors and editors; an institution that stands twice in one note is named once."""
    authors, editors = parse_names(source.author), parse_names(source.editors)
    publisher = item.get("publisher")
    if not authors and publisher and source.kind not in WITHOUT_AUTHOR and not editors:
        authors = [{"literal": publisher}]
    if {"literal": publisher} in authors or publisher == item.get("container-title"):
        item.pop("publisher", None)
    if {"literal": item.get("container-title")} in authors:
        item.pop("container-title")
    if authors:
        item["author"] = authors
    if editors:
        item["editor"] = editors


def remarks(source: Source) -> list[str]:
    """What CSL has no variable for: the table or page, and a date that is no date."""
    loose = "" if parse_date(source.published) or year_in(source.published) else source.published
    return [text for text in (seen(loose), seen(source.note)) if text]


def document_item(page: DocumentPage, url: str, request: HttpRequest | None = None) -> CslItem:
    """A document of ours: a testimony is a speech before a body, a fact sheet a report of the office, by the name
    that `request`, which has read it already, shows."""
    speaker = getattr(page, "speaker", None)
    event = getattr(page, "event", None)
    body = event.body.name if event and event.body else ""
    item: CslItem = {
        "type": str(SourceKind.SPEECH if speaker else SourceKind.REPORT),
        "title": page.title,
        "language": page.language,
    }
    author = [person_name(speaker)] if speaker else _organization(request)
    if author:
        item["author"] = author
    if body:
        item["event"] = body
    if page.date:
        item["issued"] = {"date-parts": [[page.date.year, page.date.month, page.date.day]]}
    if url:
        item["URL"] = url
    return item


def document_version(page: DocumentPage) -> str:
    """Which version is cited: the day it was last published, since corrections are published in place."""
    if not page.last_published_at:
        return ""
    day = date_format(timezone.localtime(page.last_published_at), "DATE_FORMAT")
    return _("Version of %(date)s") % {"date": day}


def person_name(person: Person) -> Name:
    """Surname and given names by the name that lists are sorted by; as written when that says nothing."""
    family, comma, given = (part.strip() for part in (person.sort_name or "").partition(","))
    if comma and family and given:
        return {"family": family, "given": given}
    return {"literal": person.name}


def _organization(request: HttpRequest | None) -> list[Name]:
    if request is not None and Site.find_for_request(request):
        branding = Branding.for_request(request)
    else:
        site = default_site()
        branding = Branding.for_site(site) if site else None
    name = branding.organization_name if branding else ""
    return [{"literal": name}] if name else []
