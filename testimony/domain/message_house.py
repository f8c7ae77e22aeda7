"""A message map as people read it: the roof, the pillars, and what proves each of them.

Whether a message is proved is worked out here each time, from what the library publishes at this moment. One reading
serves the staff's page, the PDF and the public page of the issue; `public_part` leaves only what may be released.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from cms.models import Issue
from testimony.domain.notes import Note, Numbering, source_ids
from testimony.models import KeyMessage, MessageMap, Source, Statistic, TalkingPoint
from testimony.richtext import References, embeds, placeholder, reference_cache

TREE = ("messages__points", "messages__proofs")  # to be prefetched where a published map is read
RELATED: dict[type[Model], str] = {Statistic: "source", TalkingPoint: "follow_up"}
Found = dict[tuple[type[Model], int], Any]


@dataclass(frozen=True)
class Evidence:
    """One proof. `item` is not published when `counts` is False; it is shown to staff alone."""

    item: Statistic | Source
    counts: bool
    through: TalkingPoint | None = None
    html: SafeString = field(default_factory=SafeString)

    @property
    def key(self) -> tuple[type[Model], int]:
        return type(self.item), self.item.pk


@dataclass(frozen=True)
class Pillar:
    """One key message with the points that carry it and everything that proves it, its own proofs first."""

    text: str
    is_releasable: bool
    points: tuple[TalkingPoint, ...]
    proofs: tuple[Evidence, ...]

    @property
    def is_hollow(self) -> bool:
        return not any(proof.counts for proof in self.proofs)

    @property
    def is_public(self) -> bool:
        return self.is_releasable and not self.is_hollow


@dataclass(frozen=True)
class House:
    """`unpublished` names what the map holds and nobody outside may see yet, the map itself left out."""

    message_map: MessageMap
    narrative: SafeString
    pillars: tuple[Pillar, ...]
    notes: tuple[Note, ...]
    unpublished: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        """True when anything on it is not what the public could read."""
        message_map = self.message_map
        is_published = message_map.live and not message_map.has_unpublished_changes
        return bool(self.unpublished) or not is_published

    @property
    def hollow(self) -> tuple[Pillar, ...]:
        return tuple(pillar for pillar in self.pillars if pillar.is_hollow)


def read_house(message_map: MessageMap) -> House:
    """The whole map, a draft or a published one; the number of queries does not grow with what it holds."""
    return _read(message_map, public=False)


def public_house(issue: Issue) -> House | None:
    """What the public may read of an issue's map; None when there is no published one.

    The narrative, and the messages that may be released and are proved by what is published.
    """
    published = MessageMap.objects.live().prefetch_related(*TREE)
    message_map = published.filter(issue=issue).first()
    return _read(message_map, public=True) if message_map else None


def is_proved(points: Iterable[TalkingPoint], items: Iterable[Statistic | Source]) -> bool:
    """Whether a message with these supporting points and proofs has one that is published."""
    points = list(points)
    with reference_cache(*(point.text for point in points)) as known:
        proofs = [*_own(items), *_through(points, known)]
    return any(proof.counts for proof in proofs)


def hollow_messages(maps: Sequence[MessageMap]) -> dict[int, int]:
    """How many messages of each map have no proof, by the map's key. `maps` are read with `TREE`."""
    messages = [message for item in maps for message in item.messages.all()]
    found = _items(messages)
    with reference_cache(*(item.text for item in found.values() if isinstance(item, TalkingPoint))):
        return {
            item.pk: sum(_pillar(message, found).is_hollow for message in item.messages.all())
            for item in maps
        }


def _read(message_map: MessageMap, *, public: bool) -> House:
    messages = list(message_map.messages.all())
    found = _items(messages)
    texts = [item.text for item in found.values() if isinstance(item, TalkingPoint)]
    with reference_cache(message_map.narrative, *texts) as known:
        pillars = [_pillar(message, found) for message in messages]
        if public:
            pillars = [public_part(pillar) for pillar in pillars if pillar.is_public]
        narrative = expand_db_html(message_map.narrative)
        raw = [[_words(proof) for proof in pillar.proofs] for pillar in pillars]
        known.load(sources=source_ids([narrative, *(html for one in raw for html in one)]))
        numbering = Numbering("web", known.sources)
        roof = _safe(numbering.number(narrative))
        numbered = tuple(
            _numbered(pillar, html, numbering) for pillar, html in zip(pillars, raw, strict=True)
        )
        hidden = () if public else tuple(_unpublished(message_map, found, known))
    return House(message_map, roof, numbered, tuple(numbering.notes), hidden)


def public_part(pillar: Pillar) -> Pillar:
    """The message and its published proofs; talking points are what staff say, in their own words."""
    proofs = tuple(replace(proof, through=None) for proof in pillar.proofs if proof.counts)
    return replace(pillar, points=(), proofs=proofs)


def _items(messages: Iterable[KeyMessage]) -> Found:
    """All that the messages name, published or not, in a query for each kind."""
    wanted: dict[type[Model], set[int]] = {TalkingPoint: set(), Statistic: set(), Source: set()}
    for message in messages:
        wanted[TalkingPoint] |= {support.point_id for support in message.points.all()}
        for proof in message.proofs.all():
            wanted[Statistic].add(proof.statistic_id)
            wanted[Source].add(proof.source_id)
    found: Found = {}
    for model, keys in wanted.items():
        related = RELATED.get(model)
        rows = model._default_manager.filter(pk__in=keys - {None})
        rows = rows.select_related(related) if related else rows
        found |= {(model, item.pk): item for item in rows}
    return found


def _pillar(message: KeyMessage, found: Found) -> Pillar:
    named = ((TalkingPoint, support.point_id) for support in message.points.all())
    points = [found[key] for key in named if key in found]
    own = [
        found[key]
        for proof in message.proofs.all()
        for key in ((Statistic, proof.statistic_id), (Source, proof.source_id))
        if key in found
    ]
    proofs = {evidence.key: evidence for evidence in _own(own)}
    with reference_cache() as known:
        for evidence in _through(points, known):
            proofs.setdefault(evidence.key, evidence)
    return Pillar(message.text, message.is_releasable, tuple(points), tuple(proofs.values()))


def _own(items: Iterable[Statistic | Source]) -> Iterator[Evidence]:
    for item in items:
        says = isinstance(item, Source) or bool(item.display)
        yield Evidence(item, counts=item.live and says)


def _through(points: Iterable[TalkingPoint], known: References) -> Iterator[Evidence]:
    """What published points cite. References to what is not published expand to nothing, and prove nothing."""
    for point in points:
        if not point.live:
            continue
        for model, pk, pin in embeds(point.text):
            read = known.statistic if model is Statistic else known.source
            item = read(pk, pin)
            if item is not None and (isinstance(item, Source) or item.display):
                yield Evidence(item, counts=True, through=point)


def _words(proof: Evidence) -> str:
    """A proof in words, with the placeholder of its footnote."""
    item = proof.item
    if isinstance(item, Source):
        return format_html("{}{}", item.title, placeholder(item) if item.live else "")
    source = item.source
    note = placeholder(source) if source is not None and source.live else ""
    return format_html('<span class="figure">{}</span> {}{}', item.display, item.label, note)


def _numbered(pillar: Pillar, html: Sequence[str], numbering: Numbering) -> Pillar:
    proofs = tuple(
        replace(proof, html=_safe(numbering.number(words)))
        for proof, words in zip(pillar.proofs, html, strict=True)
    )
    return replace(pillar, proofs=proofs)


def _safe(numbered: str) -> SafeString:
    """Safe: made by Wagtail's rich-text whitelist and by `_words`, nothing else."""
    return mark_safe(numbered)  # noqa: S308


def _unpublished(message_map: MessageMap, found: Found, known: References) -> Iterator[str]:
    """Names of what is not published: chosen items, and what the narrative and the points cite."""
    for item in found.values():
        if not item.live:
            yield str(item)
    texts = [item.text for item in found.values() if isinstance(item, TalkingPoint)]
    cited = {
        (model, pk) for text in (message_map.narrative, *texts) for model, pk, _ in embeds(text)
    }
    for model in (Statistic, Source):
        living = known.statistics if model is Statistic else known.sources
        gone = [pk for kind, pk in cited if kind is model and living.get(pk) is None]
        if gone:
            rows = model._default_manager.filter(pk__in=gone).order_by("pk")
            yield from (str(item) for item in rows)
