"""Ripple reviews: opened when a shared item changes under published documents, cleared by people."""

from __future__ import annotations

import json
import re
from typing import Any

from django.db import transaction
from django.db.models import Exists, Field, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from cms.models import User
from testimony.domain.pinning import revision_saying
from testimony.domain.use_graph import key_of
from testimony.enums import RippleState, UseState
from testimony.models import DocumentPage, RippleReview, Use
from testimony.models.library_item import LibraryItem
from testimony.models.ripple_review import RippleQuerySet

# Edited with an item and shown on no document.
UNSEEN = frozenset(
    {"owner", "review_by", "audience", "follow_up", "go_live_at", "expire_at", "locked"}
)
BLOCK_KEY = re.compile(r' data-block-key=\\*"[^"\\]*\\*"')  # the editor's own, on each paragraph
BATCH = 1_000
OPENED, KEPT, ADJUSTED = (
    "testimony.ripple.open",
    "testimony.ripple.keep",
    "testimony.ripple.adjust",
)


class ReviewRefused(Exception):
    """The review was cleared already, or its document is not the user's to judge."""


def shown_fields(model: type[LibraryItem]) -> list[Field]:
    """Columns of an item that readers of a document may see."""
    fields = model._meta.concrete_fields
    return [f for f in fields if f.editable and not f.primary_key and f.name not in UNSEEN]


def changed_fields(before: LibraryItem, after: LibraryItem) -> list[str]:
    return [
        field.name
        for field in shown_fields(type(after))
        if getattr(before, field.attname) != getattr(after, field.attname)
    ]


def remember_live(item: LibraryItem, update_fields) -> None:
    """Before an item is saved: note on it what the public reads now. Saving a draft touches no content."""
    if update_fields is None:
        public = type(item)._base_manager.filter(pk=item.pk, live=True)
        item.live_before = public.first() if item.pk else None


@transaction.atomic
def open_reviews(item: LibraryItem) -> int:
    """After `item` was published: a review for each published document that its change reaches.

    Returns how many were opened. Documents with an open review keep it, with its first `before`.
    """
    before = item.__dict__.pop("live_before", None)
    if before is None or not changed_fields(before, item):
        return 0
    reviews = RippleReview.objects.of(item).open()
    reviews.update(after=item.live_revision, item_title=_title(item))
    already = set(reviews.values_list("page_id", flat=True))
    reached = Use.objects.of(item).living().in_pages().reached()
    owners = {
        page_id: owner_id
        for page_id, owner_id in reached.values_list("page_id", "page__owner_id")
        if page_id not in already
    }
    if owners:
        _create(item, revision_saying(before), owners)
        log(instance=item, action=OPENED, revision=item.live_revision, data={"count": len(owners)})
    return len(owners)


@transaction.atomic
def keep(review: RippleReview, *, user, note: str = "") -> None:
    """The document may stand as it now reads. Raises ReviewRefused."""
    current = _open_for(review, user)
    current.note = note[:255]
    _clear(current, RippleState.KEPT, user)
    log(instance=current.page.specific, action=KEPT, user=user, data=_data(current))


@transaction.atomic
def begin_adjusting(review: RippleReview, *, user) -> None:
    """The review ends when the changed document is published. Raises ReviewRefused."""
    current = _open_for(review, user)
    current.adjusting_by = user
    current.save(update_fields=["adjusting_by"])


def note_adjusted(page: DocumentPage, update_fields) -> None:
    """Before a document is saved: note on it whether this publishes other words while somebody adjusts it.

    Locks, workflows and drafts publish none. The first publication with other words since adjusting began
    differs from the one before it, so that one is all there is to compare with.
    """
    page.__dict__.pop("is_adjusted", None)
    if update_fields is not None or not page.live or not page.pk or not _adjusting(page).exists():
        return
    public = type(page)._base_manager.filter(pk=page.pk, live=True).first()
    if public is not None and public.live_revision_id != page.live_revision_id:
        page.is_adjusted = _words(public) != _words(page)


def settle(page: DocumentPage) -> None:
    """After a version of a document was saved: clear what it answers."""
    if page.__dict__.pop("is_adjusted", False):
        for review in _adjusting(page).select_related("adjusting_by"):
            user = review.adjusting_by
            _clear(review, RippleState.ADJUSTED, user)
            log(instance=page, action=ADJUSTED, user=user, data=_data(review))
    close_gone(Q(page_id=page.pk))


def close_gone(which: Q) -> None:
    """Close open reviews whose document does not show the item any more, or is not published."""
    shown = Use.objects.filter(
        item_type=OuterRef("item_type"),
        item_id=OuterRef("item_id"),
        page=OuterRef("page"),
        state=UseState.LIVING,
    )
    gone = RippleReview.objects.open().filter(which).exclude(Exists(shown))
    gone.update(state=RippleState.GONE, cleared_at=timezone.now())


def withdraw(item: LibraryItem) -> None:
    """After an item was unpublished or deleted: no document shows it, whatever still names it."""
    RippleReview.objects.of(item).open().update(state=RippleState.GONE, cleared_at=timezone.now())


def may_clear(review: RippleReview, user) -> bool:
    """Whoever may edit the document may say that it stands."""
    return review.page.permissions_for_user(user).can_edit()


def reviews_of(user, *, unowned: bool) -> RippleQuerySet:
    """Open reviews that wait for `user`; with `unowned`, also those that are nobody's."""
    mine = Q(assignee=user)
    if unowned:
        mine |= Q(assignee=None)
    return RippleReview.objects.open().filter(mine)


def _adjusting(page: DocumentPage) -> RippleQuerySet:
    return RippleReview.objects.open().filter(page_id=page.pk, adjusting_by__isnull=False)


def _words(page: DocumentPage) -> dict[str, Any]:
    """What the document says: of the things that every page has, only the title is."""
    care = {field.name for field in Page._meta.get_fields()} - {"title"}
    return {
        name: _plain(_read(page, name, value))
        for name, value in page.serializable_data().items()
        if name not in care
    }


def _read(page: DocumentPage, name: str, value: Any) -> Any:
    """Blocks as they are told apart: PostgreSQL gives the parts of each in another order."""
    blocks = isinstance(getattr(page, name, None), StreamValue)
    return json.dumps(json.loads(value), sort_keys=True) if blocks else value


def _plain(value: Any) -> Any:
    """`value` without the keys that saving gives to paragraphs and to rows such as the page's issues."""
    if isinstance(value, str):
        return BLOCK_KEY.sub("", value)
    if isinstance(value, list):
        rows = [{name: row[name] for name in row if name != "pk"} for row in value]
        return sorted(rows, key=str)
    return value


def _create(item: LibraryItem, before: Revision, owners: dict[int, int | None]) -> None:
    key, now = key_of(item), timezone.now()
    RippleReview.objects.bulk_create(
        (
            RippleReview(
                item_type_id=key.type_id,
                item_id=key.pk,
                item_title=_title(item),
                before=before,
                after=item.live_revision,
                page_id=page_id,
                assignee_id=owner_id,
                created_at=now,
            )
            for page_id, owner_id in sorted(owners.items())
        ),
        batch_size=BATCH,
        ignore_conflicts=True,  # somebody else published the item at the same moment
    )


def _open_for(review: RippleReview, user) -> RippleReview:
    """The review as it stands now, locked."""
    reviews = RippleReview.objects.select_for_update(of=("self",)).select_related("page")
    current = reviews.get(pk=review.pk)
    if current.state != RippleState.OPEN:
        raise ReviewRefused(_("Somebody has cleared this review already."))
    if not may_clear(current, user):
        raise ReviewRefused(_("You may not edit this document."))
    return current


def _clear(review: RippleReview, state: str, user: User | None) -> None:
    review.state, review.cleared_by, review.cleared_at = state, user, timezone.now()
    review.save(update_fields=["state", "cleared_by", "cleared_at", "note"])


def _data(review: RippleReview) -> dict[str, object]:
    return {"item": review.item_title, "note": review.note}


def _title(item: LibraryItem) -> str:
    return str(item)[:255]
