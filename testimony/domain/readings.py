"""Documents read for judging whether they are ready: drafts and all that they name, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model, prefetch_related_objects
from django.utils.html import strip_tags
from wagtail.models import Page, Revision

from cms.domain.visibility import default_site
from cms.models import Branding, CreditedImage, DraftPdf, PagePdf, StoredPdf
from cms.pdf.twins.registry import DOCX
from testimony.blocks import read_ahead
from testimony.domain.approvals import Approval, approvals_of, never_saved
from testimony.domain.comments import is_comment
from testimony.domain.cuts import cut, measure
from testimony.domain.mandates import Mandate, mandates_of
from testimony.domain.portal_text import portal_text
from testimony.domain.printing import paper_as_edited
from testimony.domain.profiles import body_of
from testimony.domain.references import Reference, references_of
from testimony.domain.speaking_time import Meter, limits_for
from testimony.domain.twins import sizes_of
from testimony.models import (
    DocumentPage,
    FactSheetPage,
    Source,
    Statistic,
    TalkingPoint,
    TestimonyPage,
)
from testimony.richtext import embeds, reference_cache

MODELS: tuple[type[DocumentPage], ...] = (TestimonyPage, FactSheetPage)
# What a judgement looks at; a draft is put together of these fields, without asking whether each key still stands.
READ_FIELDS = (
    *("title", "draft_title", "language", "body", "contact"),
    *("cuts", "event", "vehicle", "position", "speaker", "speaker_role", "salutation"),
    *("document_kind", "headline", "key_figure", "ask", "page_budget", "source_key"),
)
RELATED = {
    TestimonyPage: ("contact", "event__body__position_labels", "vehicle", "speaker__organization"),
    FactSheetPage: ("contact", "vehicle", "key_figure"),
}
Items = dict[type[Model], dict[int, Any]]


@dataclass
class Reading:
    """A document with everything its rules ask for."""

    page: DocumentPage
    items: Items
    images: dict[int, CreditedImage]
    branding: Branding
    references: tuple[Reference, ...]
    meter: Meter | None = None
    fitting: Meter | None = None  # of the version cut to the limit, when the whole text is over it
    paper: StoredPdf | None = None  # as it was last printed
    word_size: int = 0  # of the Word document, where that is what its body takes
    other_words: bool = False  # whether that may have been with other words than these
    unmeasured: bool = False  # in a list, where nothing is printed: whether it was with other words
    has_issues: bool = False
    mandate: Mandate = field(default_factory=Mandate)
    approval: Approval = field(default_factory=never_saved)  # of the words that were saved last
    portal_text: str | None = None  # of a comment that is judged alone: what is pasted into the box
    blocks: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.blocks = self.page.body.get_prep_value() if self.page.body else []

    def of_kind(self, *kinds: str) -> list[dict[str, Any]]:
        return [block for block in self.blocks if block["type"] in kinds]

    @cached_property
    def first_paragraph(self) -> str:
        paragraphs = self.of_kind("paragraph")
        return words_of(paragraphs[0]["value"]) if paragraphs else ""

    @cached_property
    def opening(self) -> str:
        """The first sixty words that are said."""
        texts = [words_of(block["value"]) for block in self.of_kind("paragraph", "ask")]
        return " ".join(" ".join(texts).split()[:60])

    def item(self, reference: Reference) -> Any:
        """What is named; None when it was deleted."""
        return self.items[reference.model].get(reference.object_id)

    @cached_property
    def figures(self) -> list[tuple[Reference, Statistic]]:
        """Living statistics it shows, those inside its talking points included, each with its place."""
        found = []
        for reference in self.references:
            item = self.item(reference)
            if reference.pin is not None or item is None or not item.live:
                continue
            if isinstance(item, Statistic):
                found.append((reference, item))
            elif isinstance(item, TalkingPoint):
                found += [(reference, figure) for figure in self._inside(item)]
        return found

    def _inside(self, point: TalkingPoint) -> Iterable[Statistic]:
        for model, pk, _pin in embeds(point.text):
            figure = self.items[model].get(pk)
            if isinstance(figure, Statistic) and figure.live:
                yield figure


def words_of(text: Any) -> str:
    """The words of a stored rich text."""
    spaced = str(text or "").replace("</p>", " ").replace("</li>", " ")
    return " ".join(html.unescape(strip_tags(spaced)).split())


def read(page: DocumentPage, meter: Meter | None = None) -> Reading:
    """`page` as it stands in memory. `meter` when it was measured already."""
    [reading] = read_all([page], [meter])
    if isinstance(page, FactSheetPage):  # its length is a rule
        exact = paper_as_edited(page)
        reading.paper, reading.other_words = exact or reading.paper, exact is None
        reading.unmeasured = False
    if isinstance(page, TestimonyPage) and is_comment(page):
        reading.portal_text = portal_text(page)
    return reading


def read_all(
    pages: Sequence[DocumentPage],
    meters: Sequence[Meter | None] | None = None,
    *,
    filed: bool = False,
) -> list[Reading]:
    """The number of queries does not grow with `pages`. `filed`: of the paper too, what would be handed in."""
    site = default_site()
    branding = Branding.for_site(site) if site else Branding()
    references = [references_of(page) for page in pages]
    items = _items(references)
    images = CreditedImage.objects.in_bulk(_image_keys(pages))
    papers = _papers(pages, filed=filed)
    words = _word_sizes(pages, filed=filed)
    approvals = approvals_of((page.pk for page in pages), filed=filed)
    readings = [
        Reading(
            page,
            items,
            images,
            branding,
            named,
            word_size=words.get(page.pk, 0),
            has_issues=_has_issues(page),
            mandate=mandate,
            approval=approvals.get(page.pk) or never_saved(),
        )
        for page, named, mandate in zip(pages, references, mandates_of(pages), strict=True)
    ]
    for reading in readings:
        if made := papers.get(reading.page.pk):
            reading.paper = made.stored
            reading.other_words = reading.unmeasured = _changed_since(reading, made.made_at)
    _measure(readings, meters, items)
    return readings


def drafts(pages: Sequence[Page], *, filed: bool = False) -> list[DocumentPage]:
    """The newest draft of each page that is a document; `filed`: what would be handed in, the published one where
    there is one. Light copies, not to be saved."""
    keys = [page.pk for page in pages]
    found: list[DocumentPage] = []
    for model in MODELS:
        rows = model.objects.filter(pk__in=keys).select_related("latest_revision", "live_revision")
        kind = [
            _light(row, row.live_revision if filed and row.live else row.latest_revision)
            for row in rows
        ]
        prefetch_related_objects(kind, *RELATED[model])
        found += kind
    return found


def _light(row: DocumentPage, revision: Revision | None) -> DocumentPage:
    """`row` as `revision` has it. `Revision.as_object()` takes a query for each key it holds."""
    if revision is None:
        return row
    model, content = type(row), revision.content
    draft = model(pk=row.pk, live=row.live, latest_revision_created_at=revision.created_at)
    draft.has_issues = bool(content.get("issue_tagged_items"))
    for name in READ_FIELDS:
        if name in content and any(it.name == name for it in model._meta.concrete_fields):
            known = model._meta.get_field(name)
            setattr(draft, known.attname, known.to_python(content[name]))
    return draft


def _items(references: Iterable[Sequence[Reference]]) -> Items:
    """Everything that is named, and the statistics inside the talking points."""
    wanted: dict[type[Model], set[int]] = {TalkingPoint: set(), Statistic: set(), Source: set()}
    for reference in (it for named in references for it in named):
        wanted[reference.model].add(reference.object_id)
    items: Items = {TalkingPoint: TalkingPoint.objects.in_bulk(wanted[TalkingPoint])}
    for point in items[TalkingPoint].values():
        for model, pk, _pin in embeds(point.text):
            wanted[model].add(pk)
    statistics = Statistic.objects.select_related("source")
    items[Statistic] = statistics.in_bulk(wanted[Statistic])
    items[Source] = Source.objects.in_bulk(wanted[Source])
    return items


def _has_issues(page: DocumentPage) -> bool:
    """A light copy knows; of the others the page in memory is asked, with what the open form ticked."""
    known = getattr(page, "has_issues", None)
    return bool(page.issues.all()) if known is None else known


def _changed_since(reading: Reading, when: dt.datetime) -> bool:
    """Whether the document, or something shared that it shows, was written anew after its paper."""
    named = filter(None, map(reading.item, reading.references))
    moments = [reading.page.latest_revision_created_at, *(it.last_published_at for it in named)]
    return any(moment > when for moment in moments if moment is not None)


def _papers(pages: Sequence[DocumentPage], *, filed: bool) -> dict[int, PagePdf | DraftPdf]:
    """By page, the file made last: of the draft or of what is published."""
    keys = [page.pk for page in pages if page.pk and _depends_on_paper(page)]
    if not keys:
        return {}
    made: list[PagePdf | DraftPdf] = list(
        PagePdf.objects.filter(page__in=keys).select_related("stored")
    )
    if not filed:
        made += DraftPdf.objects.filter(page__in=keys).select_related("stored")
    return {row.page_id: row for row in sorted(made, key=lambda row: row.made_at)}


def _word_sizes(pages: Sequence[DocumentPage], *, filed: bool) -> dict[int, int]:
    """By page, of those that are handed in as Word documents of a limited size."""
    bodies = {page.pk: body_of(page) for page in pages if page.pk}
    keys = [pk for pk, it in bodies.items() if it and it.size_limit_mb and not it.takes_pdf]
    return sizes_of(keys, DOCX, filed=filed) if keys else {}


def _depends_on_paper(page: DocumentPage) -> bool:
    """Whether a rule asks how it prints: a sheet's length, a picture's size, what its body takes."""
    body = page.event.body if isinstance(page, TestimonyPage) and page.event else None
    limited = body is not None and bool(body.page_limit or body.size_limit_mb)
    return limited or isinstance(page, FactSheetPage) or bool(_image_keys([page]))


def _image_keys(pages: Iterable[DocumentPage]) -> set[int]:
    stored = [it for page in pages if page.body for it in page.body.get_prep_value()]
    pictures = [it["value"] for it in stored if it["type"] == "image"]
    return {key for value in pictures if (key := image_key(value))}


def image_key(value: Any) -> int | None:
    """Of the stored form of a picture block."""
    image = (value or {}).get("image")
    return image.get("image") if isinstance(image, dict) else image


def _measure(
    readings: Sequence[Reading], meters: Sequence[Meter | None] | None, items: Items
) -> None:
    """Speaking time of each testimony, and what a cut to the limit would take."""
    said = [it for it in readings if isinstance(it.page, TestimonyPage)]
    known = dict(zip(map(id, readings), meters or (), strict=False))
    limits = limits_for([it.page for it in said])
    with read_ahead(items), reference_cache(*(it.page.body for it in said)):
        for reading, limit in zip(said, limits, strict=True):
            reading.meter = known.get(id(reading))
            if reading.meter is None or reading.meter.over_by:
                measured = measure(reading.page, limit)
                reading.meter = cut(measured).meter
                if reading.meter.over_by:
                    reading.fitting = cut(measured, seconds=limit.base).meter
