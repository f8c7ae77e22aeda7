"""A change that reaches many documents: what has to be right at once, and what follows a chunk at a time.

What the public must not read any more leaves the archive in the same transaction, and addresses are right at once, in
a few statements however many documents there are. Rows are made anew later. How far that is, is kept by whoever
registers here (`testimony.domain.refreshing`), which does a chunk in a transaction of its own: nobody waits long for
SQLite's only writer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import partial

from django.db import connection, transaction
from django.db.models import F, Model, QuerySet, Value
from django.db.models.functions import Concat, Left, Substr
from django_tasks import task
from wagtail.models import Page

from cms.archive import projection, search
from cms.domain.issues import final_issue
from cms.domain.visibility import hidden_entries
from cms.domain.worker import let_others_write
from cms.models import ArchiveEntry, ArchiveEntryIssue, Issue

ADDRESS = ArchiveEntry._meta.get_field("url").max_length or 0
# What the words of an entry say of its issues, and which issue it stands under. Lists read the rest from the issue.
SAID = {"name": "name", "synonyms": "synonyms", "merged_into": "merged_into_id"}


@dataclass(frozen=True)
class Work:
    """What a change of one item leaves to do: `reached` gives the documents (their keys are primary keys of pages)
    for the key of the item, `redo` makes the rows of some of them anew."""

    reached: Callable[[int], QuerySet]
    redo: Callable[[Sequence[int]], object]


def entries_of_issue(issue_id: int) -> QuerySet:
    return ArchiveEntry.objects.filter(entry_issues__issue=issue_id)


def pages_of_tree(root_id: int) -> QuerySet:
    """None once the page is gone: its entries went with it."""
    root = Page.objects.filter(pk=root_id).first()
    pages = projection.registered_pages()
    return pages.descendant_of(root, inclusive=True) if root else pages.none()


WORK: dict[type[Model], Work] = {
    Issue: Work(entries_of_issue, projection.rewrite_words),
    Page: Work(pages_of_tree, projection.project_ids),
}

Start = Callable[[type[Model], int], None]
_starts: list[Start] = []


def register_start(start: Start) -> None:
    """Have `start` called with the model and the key of an item when there is work to begin or to start over."""
    if start not in _starts:
        _starts.append(start)


def begin(model: type[Model], key: int) -> None:
    """Have the rows that a change of this item reaches made anew in the background; on the spot where nobody
    keeps account of that."""
    for start in _starts:
        start(model, key)
    if not _starts:
        for page_ids in projection.batches(WORK[model].reached(key)):
            WORK[model].redo(page_ids)
            let_others_write()


def note_issue(issue: Issue, update_fields: Sequence[str] | None = None) -> None:
    """Before an issue is saved: note on it what the archive says of it now."""
    names = [SAID[name] for name in SAID if update_fields is None or name in update_fields]
    stored = Issue.objects.filter(pk=issue.pk)
    if connection.in_atomic_block:  # whoever renames it at this moment is waited for
        stored = stored.select_for_update(no_key=True)
    issue.__dict__["said_before"] = stored.values(*names).first() if names and issue.pk else None


def follow_issue(issue: Issue) -> None:
    """After an issue was renamed or merged, or got other synonyms: its documents stand under the issue they are merged
    into at once, and are soon found by its present words. Nothing after any other change."""
    before = issue.__dict__.pop("said_before", None) or {}
    if all(getattr(issue, name) == value for name, value in before.items()):
        return
    target = final_issue(issue)
    with transaction.atomic():
        if target.pk != issue.pk:
            projection.move_entries(issue, target)
        begin(Issue, target.pk)


def forget_issue(issue: Issue) -> None:
    """An issue is about to be deleted: its documents, known only now, lose its words afterwards."""
    entry_ids = list(issue.entry_issues.order_by("entry").values_list("entry_id", flat=True))
    for start_at in range(0, len(entry_ids), projection.BATCH):
        some = entry_ids[start_at : start_at + projection.BATCH]
        transaction.on_commit(partial(rewrite_words.enqueue, some), robust=True)


@task()
def rewrite_words(entry_ids: list[int]) -> None:
    projection.rewrite_words(entry_ids)
    let_others_write()


@transaction.atomic
def withdraw_tree(root: Page) -> None:
    """`root` became private or was moved: what below it nobody may read any more leaves the archive at once."""
    below = hidden_entries().filter(page__path__startswith=root.path)
    if root.get_url_parts() is None:  # outside every site
        below = ArchiveEntry.objects.filter(page__path__startswith=root.path)
    search.erase_all(below)
    ArchiveEntryIssue.objects.filter(entry__in=below.values("pk")).delete()
    # Not `delete`, which reads every row, and sends a signal for it to erase one row of the index.
    below._raw_delete(below.db)
    refresh_tree(root)


def refresh_tree(root: Page) -> None:
    """Make the archive agree, in the background, for `root` and everything below it.

    After commit. Whoever changes a tree holds its pages, and beginning waits for a chunk that is being done, which
    waits for these pages.
    """
    transaction.on_commit(partial(begin, Page, root.pk), robust=True)


def readdress(root: Page, url_path_before: str) -> None:
    """`root` has another address than when this was its `url_path`, and with it everything below: one statement."""
    earlier = copy(root)
    earlier.url_path = url_path_before
    before, now = (parts and parts[2] for parts in (earlier.get_url_parts(), root.get_url_parts()))
    if before and now and before != now:
        rest = Substr(F("url"), len(before) + 1)
        below = ArchiveEntry.objects.filter(page__path__startswith=root.path)
        below.filter(url__startswith=before).update(url=Left(Concat(Value(now), rest), ADDRESS))
