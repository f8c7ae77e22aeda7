"""The index that staff search: one row for each item and document.

A row says what is published, or the draft of what is not yet, and is found by the words of a newer draft too.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Case, Model, Q, QuerySet, Value, When
from django.utils import timezone, translation
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.archive.words import fold, searchable
from cms.models import Issue, User
from testimony.domain.entry_figures import shown_by
from testimony.domain.entry_words import READERS, text_of
from testimony.models import (
    FactSheetPage,
    LibraryEntry,
    MessageMap,
    Source,
    Statistic,
    TalkingPoint,
    TestimonyPage,
)
from testimony.models.library_entry import LibraryEntryQuerySet

logger = logging.getLogger(__name__)
ITEMS: tuple[type[Model], ...] = (TalkingPoint, Statistic, Source, MessageMap)
USED: tuple[type[Model], ...] = (TalkingPoint, Statistic, Source)  # by documents
DOCUMENTS: tuple[type[Model], ...] = (TestimonyPage, FactSheetPage)
FOUND: tuple[type[Model], ...] = (*ITEMS, *DOCUMENTS)
READING = {"add", "change", "delete", "view", "publish"}
CHUNK = 500
MAX_WORDS = 12
Progress = Callable[[int, int], None]


@transaction.atomic
def index(holder: Any) -> None:
    """Make the row of an item or document agree with its newest version."""
    newest, care = newest_of(holder)
    shown = headline_of(holder, newest)
    versions = [shown] if shown is newest else [shown, newest]
    # Names are kept in the language of the installation, not in that of who saved last.
    with translation.override(settings.LANGUAGE_CODE):
        read = [{"is_unsourced": False, **READERS[type(one)](one)} for one in versions]
    fields = read[0]
    titles = " ".join(dict.fromkeys(one["title"] for one in read))
    texts = [part for one in read for part in (text_of(one["says"]), one.pop("more"))]
    words = searchable(titles, *dict.fromkeys(texts), *shown_by(holder))
    entry, _made = LibraryEntry.objects.update_or_create(
        item_type=ContentType.objects.get_for_model(holder),
        item_id=holder.pk,
        defaults={
            **fields,
            "title": fields["title"][:600],
            "title_words": fold(titles),
            "words": words,
            "owner_id": care["owner_id"],
            "review_by": care["review_by"],
            "live": holder.live,
            "has_draft": holder.has_unpublished_changes,
            "updated_at": updated(holder),
        },
    )
    entry.issues.set({pk for one in versions for pk in issue_ids(one)})


def forget(holder: Model) -> None:
    LibraryEntry.objects.filter(
        item_type=ContentType.objects.get_for_model(holder), item_id=holder.pk
    ).delete()


def rebuild(progress: Progress | None = None) -> int:
    """Make every row anew; returns how many there are."""
    total, done = sum(model._base_manager.count() for model in FOUND), 0
    for model in FOUND:
        kind = ContentType.objects.get_for_model(model)
        for pk in _keys(model):
            index(model._base_manager.select_related("latest_revision").get(pk=pk))
            done += 1
            if progress and (done % CHUNK == 0 or done == total):
                progress(done, total)
        rows = LibraryEntry.objects.filter(item_type=kind)
        rows.exclude(item_id__in=model._base_manager.values("pk")).delete()
    return LibraryEntry.objects.count()


def _keys(model: type[Model]) -> Iterator[int]:
    last, rows = 0, model._base_manager.order_by("pk").values_list("pk", flat=True)
    while keys := list(rows.filter(pk__gt=last)[:CHUNK]):
        yield from keys
        last = keys[-1]


def newest_of(holder: Any) -> tuple[Any, dict[str, Any]]:
    """The newest version, and who cares for it until when: of what is published, as it is published."""
    care = {"owner_id": holder.owner_id, "review_by": getattr(holder, "review_by", None)}
    if holder.live and not holder.has_unpublished_changes:
        return holder, care
    if holder.live and not isinstance(holder, Page):
        # While a draft is saved, `holder` has the draft's values and the row has not.
        row = type(holder)._base_manager.filter(pk=holder.pk)
        care = row.values("owner_id", "review_by").get()
    if holder.latest_revision is None:
        return holder, care
    newest = type(holder).from_serializable_data(holder.latest_revision.content, check_fks=False)
    if not holder.live and not isinstance(holder, Page):
        care = {"owner_id": newest.owner_id, "review_by": newest.review_by}
    return newest, care


def headline_of(holder: Any, newest: Any) -> Any:
    """What the row says: the public wording while there is one. The draft's is only found by its words."""
    if newest is holder or not holder.live:
        return newest
    # While a draft is saved, `holder` has the draft's values.
    return type(holder)._base_manager.get(pk=holder.pk)


def renew(page_ids: Iterable[int]) -> None:
    """Make the rows of documents anew, after an item that they show has changed."""
    for page in Page.objects.filter(pk__in=page_ids).select_related("latest_revision").specific():
        if isinstance(page, DOCUMENTS):
            _renew(page)


def renew_parts(keys: Iterable[tuple[int, int]]) -> None:
    """The same for the items of the library that show it, by content type and primary key."""
    for type_id, pk in sorted(keys):
        model: Any = ContentType.objects.get_for_id(type_id).model_class()
        found = model._base_manager.select_related("latest_revision").filter(pk=pk).first()
        if isinstance(found, (TalkingPoint, MessageMap)):
            _renew(found)


def _renew(holder: Any) -> None:
    """One that cannot be read is logged and stops no other."""
    try:
        index(holder)
    except Exception:
        logger.exception("%s %s cannot be put in the search", holder._meta.verbose_name, holder.pk)


def updated(holder: Any) -> Any:
    revision = holder.latest_revision
    return revision.created_at if revision else timezone.now()


def issue_ids(newest: Any) -> list[int]:
    if isinstance(newest, MessageMap):
        return [newest.issue_id]
    if not hasattr(newest, "issues"):
        return []
    ids = {tagged.tag_id for tagged in newest.issue_tagged_items.all()}
    return list(Issue.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else []


# Asking -------------------------------------------------------------------------------------


def visible_to(user: User) -> LibraryEntryQuerySet:
    """What `user` finds in the admin's own lists too."""
    pages = policy_registry.get_by_type(Page).explorable_instances(user)
    documents = ContentType.objects.get_for_models(*DOCUMENTS).values()
    return LibraryEntry.objects.filter(
        _items_of(user)
        | Q(item_type__in=list(documents), item_id__in=pages.order_by().values("pk"))
    )


def items_visible_to(user: User) -> LibraryEntryQuerySet:
    """Without documents, which have no day to be looked at again."""
    return LibraryEntry.objects.filter(_items_of(user))


def _items_of(user: User) -> Q:
    seen = [model for model in ITEMS if _may_read(user, model)]
    return Q(item_type__in=[kind.pk for kind in ContentType.objects.get_for_models(*seen).values()])


def may_search(user: AbstractBaseUser | AnonymousUser) -> bool:
    return any(_may_read(user, model) for model in ITEMS)


def _may_read(user: AbstractBaseUser | AnonymousUser, model: type[Model]) -> bool:
    return policy_registry.get_by_type(model).user_has_any_permission(user, READING)


def search(entries: QuerySet, query: str) -> QuerySet:
    """Entries that have every word of `query`, in their own words or as the name of one of their issues.

    Parts of words count. What has them all in its title comes first, then what was changed last: one pass over
    the rows, whatever the database.
    """
    words = fold(query[:255].replace("\0", " ")).split()[:MAX_WORDS]
    if not words:
        return entries.none() if query.strip() else entries
    names = {
        issue.pk: fold(f"{issue.name} {issue.synonyms}") for issue in Issue.objects.active().all()
    }
    tagged = LibraryEntry.issues.through.objects
    in_title = Q()
    for word in words:
        issues = [pk for pk, name in names.items() if word in name]
        has_word = Q(words__contains=word)
        if issues:
            of_issues = tagged.filter(issue__in=issues).values("libraryentry")
            has_word |= Q(pk__in=of_issues)
        entries = entries.filter(has_word)
        in_title &= Q(title_words__contains=word)
    place = Case(When(in_title, then=Value(0)), default=Value(1))
    return entries.order_by(place, "-updated_at", "-pk")
