"""Where an item of the library is used, as one person may see it: counts, and lists in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.domain.visibility import public_pages
from cms.models import User
from events.models import Record
from testimony.domain.standing import printed
from testimony.enums import FROZEN_USES, UseState
from testimony.models import Pin, Use

FIRST = 3  # of each group, on the edit screen
PARTS = "parts"  # the group of what is no document
VIEW_RECORDS = "events.view_record"


@dataclass(frozen=True)
class Counts:
    """Uses of one item. The four states count documents and records, `parts` other items of the library."""

    living: int = 0
    draft: int = 0
    filed: int = 0
    delivered: int = 0
    parts: int = 0  # one that is published and has a newer draft counts once
    pinned: int = 0  # of the living and the drafts: they keep their wording
    living_reached: int = 0
    draft_reached: int = 0

    @property
    def total(self) -> int:
        return self.living + self.draft + self.filed + self.delivered + self.parts

    def of(self, group: str) -> int:
        return getattr(self, group)


@dataclass(frozen=True)
class ShownUse:
    """One row of a list. `url` is empty where the person may not go."""

    title: str
    kind: str
    url: str
    state: str
    state_label: str
    how: str
    is_direct: bool
    owner: str
    is_private: bool = False


def count_uses(item: Model) -> Counts:
    """One query."""
    documents = Q(part_id__isnull=True)
    moving = documents & Q(state__in=(UseState.LIVING, UseState.DRAFT))
    keeps = Q(follows=False, is_adapted=False)
    found = shown_once(Use.objects.of(item)).aggregate(
        **{state.value: Count("pk", filter=documents & Q(state=state)) for state in UseState},
        parts=Count("pk", filter=~documents),
        pinned=Count("pk", filter=moving & keeps),
        living_reached=Count("pk", filter=documents & Q(state=UseState.LIVING) & ~keeps),
        draft_reached=Count("pk", filter=documents & Q(state=UseState.DRAFT) & ~keeps),
    )
    return Counts(**found)


def first_uses(item: Model, user: User, *, first: int = FIRST) -> dict[str, list[ShownUse]]:
    """The newest few of each group that has any: documents by state, then other items of the library."""
    group = Case(When(part_id__isnull=False, then=Value(PARTS)), default=F("state"))
    place = Window(RowNumber(), partition_by=group, order_by=F("pk").desc())
    found = shown_once(Use.objects.of(item)).annotate(place=place).filter(place__lte=first)
    uses = sorted(found, key=lambda use: -use.pk)
    groups: dict[str, list[ShownUse]] = {}
    for use, shown in zip(uses, describe(uses, user), strict=True):
        groups.setdefault(PARTS if use.part_id else use.state, []).append(shown)
    return groups


def shown_once(uses: QuerySet[Use]) -> QuerySet[Use]:
    """Without the newer drafts of other items of the library that show the item in public as well."""
    public = Use.objects.filter(
        item_type=OuterRef("item_type"),
        item_id=OuterRef("item_id"),
        part_type=OuterRef("part_type"),
        part_id=OuterRef("part_id"),
        state=UseState.LIVING,
    )
    return uses.exclude(Q(part_id__isnull=False, state=UseState.DRAFT) & Exists(public))


def describe(uses: Sequence[Use], user: User) -> list[ShownUse]:
    """`uses` in words, with the titles of what `user` may see; queries do not grow with their number."""
    return Holders(uses, user).rows()


class Holders:
    """What a list of uses names, read a kind at a time."""

    def __init__(self, uses: Sequence[Use], user: User) -> None:
        self.uses, self.user = uses, user
        self.finder = AdminURLFinder(user)
        page_ids = {use.page_id for use in uses if use.page_id}
        self.pages = Page.objects.select_related("owner").in_bulk(page_ids)
        self.visible = _visible_pages(page_ids, user)
        self.editable = works_on_pages(user)
        record_ids = {use.record_id for use in uses if use.record_id}
        self.records = {
            record.pk: record for record in Record.objects.summaries().filter(pk__in=record_ids)
        }
        self.items = _items(
            {(use.part_type_id, use.part_id) for use in uses}
            | {(use.through_type_id, use.through_id) for use in uses}
            | {(use.item_type_id, use.item_id) for use in uses if use.pin}
        )
        self.pins = Pin.objects.read(use.pin for use in uses if use.pin)

    def rows(self) -> list[ShownUse]:
        return [self._row(use) for use in self.uses]

    def _row(self, use: Use) -> ShownUse:
        if use.page_id:
            holder = self.pages.get(use.page_id)
            words = self._page(holder) if holder else {}
        elif use.record_id:
            words = self._record(self.records.get(use.record_id))
        else:
            words = self._part(self.items.get((use.part_type_id, use.part_id)))
        if not words:
            words = {"title": _("(deleted)"), "kind": "", "url": ""}
        return ShownUse(
            **{"owner": "", **words},
            state=use.state,
            state_label=use.get_state_display(),
            how=self._how(use),
            is_direct=use.is_direct,
        )

    def _page(self, page: Page) -> dict[str, Any]:
        kind = capfirst(str(page.specific_class._meta.verbose_name))
        if page.pk not in self.visible:
            return _private(kind)
        return {
            "title": page.get_admin_display_title(),
            "kind": kind,
            "url": (self.finder.get_edit_url(page) or "") if self.editable else page.url or "",
            "owner": str(page.owner or ""),
        }

    def _record(self, record: Record | None) -> dict[str, Any]:
        kind = capfirst(str(Record._meta.verbose_name))
        if record is None or not self.user.has_perm(VIEW_RECORDS):
            return _private(kind)
        title = _("%(title)s, by %(speaker)s at %(event)s") % {
            "title": record.title,
            "speaker": record.speaker_name,
            "event": record.event_title,
        }
        return {"title": title, "kind": kind, "url": record.url}

    def _part(self, item: Any) -> dict[str, Any]:
        if item is None:
            return {}
        kind = capfirst(item._meta.verbose_name)
        url = self.finder.get_edit_url(item)
        if url is None:
            return _private(kind)
        return {"title": str(item), "kind": kind, "url": url, "owner": str(item.owner or "")}

    def _how(self, use: Use) -> str:
        ways = []
        if not use.is_direct:
            through = self.items.get((use.through_type_id, use.through_id))
            ways.append(_("through “%(item)s”") % {"item": through or _("(deleted)")})
        if use.is_pinned:
            ways.append(_("pinned"))
        if use.is_adapted:
            ways.append(_("adapted"))
        if self._is_behind(use):
            ways.append(_("the library has changed since"))
        return ", ".join(ways)

    def _is_behind(self, use: Use) -> bool:
        """Whether the item reads differently from what a document that is not frozen keeps of it."""
        item = self.items.get((use.item_type_id, use.item_id))
        pinned = self.pins.get(use.pin) if use.pin and use.state not in FROZEN_USES else None
        if item is None or pinned is None:
            return False
        kept = pinned.item if use.is_direct else pinned.parts.get((type(item), item.pk))
        return kept is not None and printed(kept) != printed(item)


def _private(kind: str) -> dict[str, Any]:
    title = _("(a document you may not see)")
    return {"title": title, "kind": kind, "url": "", "is_private": True}


def works_on_pages(user: User) -> bool:
    return policy_registry.get_by_type(Page).user_has_any_permission(
        user, {"add", "change", "publish", "lock"}
    )


def _visible_pages(page_ids: set[int], user: User) -> set[int]:
    """What everybody may read, and what the person finds in the admin."""
    pages = Page.objects.filter(pk__in=page_ids)
    if works_on_pages(user):
        pages = policy_registry.get_by_type(Page).explorable_instances(user).filter(pk__in=page_ids)
    else:
        pages = public_pages(pages)
    return set(pages.values_list("pk", flat=True))


def _items(keys: Iterable[tuple[int | None, int | None]]) -> Mapping[tuple, Any]:
    """Items by content type and key: one query for each of the three kinds at most."""
    by_type: dict[int, set[int]] = {}
    for type_id, pk in keys:
        if type_id and pk:
            by_type.setdefault(type_id, set()).add(pk)
    found: dict[tuple, Any] = {}
    for type_id, pks in by_type.items():
        model: Any = ContentType.objects.get_for_id(type_id).model_class()
        items = model._default_manager.select_related("owner").in_bulk(pks)
        found |= {(type_id, pk): item for pk, item in items.items()}
    return found
