"""What may go into the packet of an event, in which order, and what was chosen.

Upper packages know more documents that belong to an event: they register in `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models import Attachment
from cms.pdf.choices import PrintChoices
from cms.pdf.registry import PdfKind, kinds_for
from events.domain.witness import files_of
from events.enums import PresentationStatus
from events.models import Event, EventPacket, PacketItem, Presentation, PresentationMaterial

Key = tuple[int, int, str, str]


@dataclass(frozen=True)
class Candidate:
    """A part that may go in. `group` is its heading in the contents; `note` tells staff why it is offered."""

    obj: Model
    paper: str
    title: str
    group: str
    note: str = ""
    included: bool = True
    version: str = ""

    @property
    def key(self) -> Key:
        kind = ContentType.objects.get_for_model(self.obj)
        return kind.pk, self.obj.pk, self.paper, self.version

    @property
    def name(self) -> str:
        """For form fields: "12-345-podium-180"."""
        return "-".join(str(part) for part in self.key if part != "")


Source = Callable[[Event, Sequence[Page]], Iterable[Candidate]]
_sources: dict[str, tuple[int, Source]] = {}
Versions = Callable[[Event, Page, Presentation | None], Sequence[str]]
_versions: dict[str, Versions] = {}


def register_packet_source(name: str, source: Source, *, order: int = 100) -> None:
    """`source(event, materials)` offers parts; the speakers' own documents come first, the rest by `order`."""
    _sources[name] = (order, source)


def register_packet_versions(paper: str, versions: Versions) -> None:
    """`versions(event, page, presentation)` names those of a paper that are offered; the first one is suggested.

    Without a presentation it is for whoever brings the page."""
    _versions[paper] = versions


def usual_version(paper: str, presentation: Presentation, page: Page) -> str:
    """The version of a paper that is suggested to the speaker of `presentation`."""
    if paper not in _versions:
        return ""
    return next(iter(_versions[paper](presentation.event, page, presentation)), "")


def offered(event: Event) -> list[Candidate]:
    """Everything that may go in, in the usual order, as somebody would choose who knows nothing special."""
    pages = materials_of(event)
    found = _materials(event, pages)
    for _place, source in sorted(_sources.values(), key=lambda entry: entry[0]):
        found += source(event, pages)
    groups = list(dict.fromkeys(candidate.group for candidate in found))
    found.sort(key=lambda candidate: groups.index(candidate.group))  # each kind stands together
    found += _own_papers(event)
    found += [Candidate(file, "", file.title, _("Witness disclosure")) for file in files_of(event)]
    by_key: dict[Key, Candidate] = {}
    for candidate in found:
        by_key.setdefault(candidate.key, candidate)
    return list(by_key.values())


def arranged(event: Event) -> list[Candidate]:
    """What is offered, in the order and choice that was remembered. What is new since then comes last."""
    candidates = {candidate.key: candidate for candidate in offered(event)}
    packet = EventPacket.objects.filter(event=event).first()
    if packet is None:
        return list(candidates.values())
    chosen = []
    for item in packet.items.prefetch_related("item"):
        key = (item.item_type_id, item.item_id, item.paper, item.version)
        known = candidates.pop(key, None) or _attached(item)
        if known is not None:
            chosen.append(replace(known, included=item.is_included))
    return [*chosen, *candidates.values()]


@transaction.atomic
def remember(
    event: Event,
    candidates: Sequence[Candidate],
    *,
    copies: int | None,
    double_sided: bool,
    choices: PrintChoices,
) -> EventPacket:
    """Keep the choice for the next time."""
    values = {"copies": copies, "double_sided": double_sided, "choices": choices.query()}
    packet, _made = EventPacket.objects.update_or_create(event=event, defaults=values)
    packet.items.all().delete()
    PacketItem.objects.bulk_create(
        PacketItem(
            packet=packet,
            sort_order=number,
            item_type_id=candidate.key[0],
            item_id=candidate.key[1],
            paper=candidate.paper,
            version=candidate.version,
            is_included=candidate.included,
        )
        for number, candidate in enumerate(candidates)
    )
    return packet


def materials_of(event: Event) -> list[Page]:
    """The documents of all who speak, in the order of the run of show, each once."""
    rows = (
        PresentationMaterial.objects.filter(presentation__event=event)
        .exclude(presentation__status=PresentationStatus.WITHDRAWN)
        .select_related("page")
        .order_by("presentation__sort_order", "presentation__pk", "sort_order", "pk")
    )
    pages = {row.page_id: row.page for row in rows}
    return [page.specific for page in pages.values()]


def _materials(event: Event, pages: Sequence[Page]) -> list[Candidate]:
    """Each document as it is filed; then the papers to speak from, so that each kind stands together."""
    rows: dict[tuple[bool, str], list[Candidate]] = {}
    for page in pages:
        for rank, kind in enumerate(kinds_for(page)):
            # Cards are folded and carried: nobody looks for them in a binder.
            suggested = rank == 0 or "type_size" in kind.takes
            parts = _versions_of(event, page, kind, suggested=suggested)
            rows.setdefault((rank > 0, kind.name), []).extend(parts)
    # What is filed comes before what is spoken from.
    return [part for key in sorted(rows, key=lambda key: key[0]) for part in rows[key]]


def _versions_of(
    event: Event, page: Page, kind: PdfKind, *, suggested: bool
) -> Iterable[Candidate]:
    """One part, or one for each version of what is read out; only the first of them is suggested."""
    title = page.get_admin_display_title()
    names = _versions[kind.name](event, page, None) if kind.name in _versions else ("",)
    for place, name in enumerate(names):
        yield Candidate(
            page,
            kind.name,
            f"{title} ({kind.version_label(name)})" if len(names) > 1 else title,
            str(kind.label),
            included=suggested and place == 0,
            version=name,
        )


def _own_papers(event: Event) -> list[Candidate]:
    """Papers about the event itself; what the packet begins with anyhow is not offered twice."""
    papers = kinds_for(event)[1:]
    return [Candidate(event, kind.name, str(kind.label), "") for kind in papers]


def attachment(file: Attachment) -> Candidate:
    """An uploaded file as a part."""
    return Candidate(file, "", file.title, _("Appendix"), note=_("Uploaded file"))


def _attached(item: PacketItem) -> Candidate | None:
    return attachment(item.item) if isinstance(item.item, Attachment) else None
