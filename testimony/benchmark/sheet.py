"""A fact sheet as the product prints it, letterhead to sources, against headless Chromium printing the same."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import partial

from wagtail.models import Page

from cms.benchmark.chromium import Apart, chromium
from cms.benchmark.pdf_figures import opened_chromium, own_files, photograph
from cms.benchmark.registry import Measure, Pair
from cms.benchmark.registry import register as add
from cms.models import ArchivePage, Organization, Person, Rendition
from cms.pdf import service
from testimony.domain.printing import hold_pdfs, pdf_document
from testimony.models import FactSheetPage, Source, Statistic

WORDS = (
    "Heat is the weather that harms the most people and is noticed the least. Those who work outdoors, live alone "
    "or cannot cool their homes are hurt first"
)
MORE = "Shade, water and a place to rest cost little and can be ready before the next summer."
RENDITION = re.compile(r"asset://rendition/(\d+)")
HEIGHT = 850  # of a picture 3000 wide: two of them fit beside two charts on two pages


@contextmanager
def opened(*, photographs: bool, apart: Apart, uploads: bool = False) -> Iterator[Pair]:
    """`uploads`: both sides get the photographs as they were uploaded, not at the resolution in which we print them."""
    with own_files(), hold_pdfs():
        page = sheet(photographs=photographs)
        html = service.document_html(pdf_document(page, draft=False))
        html = RENDITION.sub(_upload, html) if uploads else html
        try:
            with opened_chromium(html, apart) as pair:
                yield pair
        finally:
            page.delete()


def _upload(found: re.Match[str]) -> str:
    image = Rendition.objects.get(pk=found[1]).image
    return f"asset://rendition/{image.get_rendition('original').pk}"


def sheet(*, photographs: bool) -> FactSheetPage:
    """Two pages: main message, key figure, ask, text, two charts, pictures, source, contact, code."""
    source = Source.objects.create(
        title="Annual report on heat", publisher="Department of Health", published="2024", live=True
    )
    figure = Statistic.objects.create(
        label="more days above 95 °F than ten years ago",
        value=Decimal(31),
        unit="percent",
        source=source,
        live=True,
    )
    house = Organization.objects.get_or_create(name="County Health Department")[0]
    contact = Person.objects.create(name="Ada Okafor", email="ada@example.org", organization=house)
    page = FactSheetPage(
        title="Heat and health",
        slug="heat-and-health",
        headline="Heat harms those who can least avoid it",
        key_figure=figure,
        ask="<p>Fund <b>cooling centres</b> in every district before the next summer.</p>",
        contact=contact,
        date=dt.date(2026, 3, 4),
        body=json.dumps(list(blocks(source, photographs=photographs))),
        live=False,
    )
    ArchivePage.objects.get().add_child(instance=page)
    Page.objects.filter(pk=page.pk).update(live=True)  # ready enough for a measure
    page.refresh_from_db()
    return page


def blocks(source: Source, *, photographs: bool) -> Iterator[dict[str, object]]:
    """As they are stored."""
    words = f'<p>{WORDS}<embed embedtype="source" id="{source.pk}"/>. {MORE}</p>'
    listed: list[tuple[str, object]] = [
        ("heading", "Who is hurt"),
        ("paragraph", words),
        ("chart", chart("bar", "Days above 95 °F", source)),
        ("image", 1),
        ("heading", "What helps"),
        ("paragraph", words),
        ("chart", chart("line", "Visits to emergency rooms", source)),
        ("image", 2),
    ]
    for number, (kind, value) in enumerate(listed):
        if kind != "image" or photographs:
            told = picture(number) if kind == "image" else value
            yield {"type": kind, "id": f"{number:08d}-0000-4000-8000-000000000000", "value": told}


def chart(kind: str, title: str, source: Source) -> dict[str, object]:
    rows = [
        {
            "type": "item",
            "id": f"{year:08d}-0000-4000-8000-000000000000",
            "value": {"label": str(year), "value": str(18 + 7 * year % 19), "more": []},
        }
        for year in range(2019, 2025)
    ]
    more = {"series": [], "rows": rows, "source": source.pk, "alt": "A rise."}
    return {"title": title, "kind": kind, "unit": "days", **more}


def picture(number: int) -> dict[str, object]:
    placed = {
        "image": photograph(number, height=HEIGHT).pk,
        "alt_text": "A clinic",
        "decorative": False,
    }
    return {"image": placed, "caption": "A clinic on a hot day"}


def register() -> None:
    """Where there is a Chromium to compare with."""
    if not chromium():
        return
    pictures, plain = "Fact sheet with two photographs", "Fact sheet without photographs"
    whole = "Fact sheet with two photographs as they were uploaded"
    for name, title, content, apart, target in (
        ("pdf-chromium", pictures, {"photographs": True}, Apart.PROFILE, 0.5),
        ("pdf-chromium-plain", plain, {"photographs": False}, Apart.PROFILE, 0.5),
        ("pdf-chromium-tab", pictures, {"photographs": True}, Apart.TAB, 0.6),
        ("pdf-chromium-uploads", whole, {"photographs": True, "uploads": True}, Apart.TAB, 0.5),
        ("pdf-chromium-reload", pictures, {"photographs": True}, Apart.NOTHING, 1.0),
    ):
        limit = f"headless Chromium, warm, {apart.value}"
        opens = partial(opened, **content, apart=apart)
        add(Measure(name, title, limit, target, goal=0.6 * target, open=opens))
