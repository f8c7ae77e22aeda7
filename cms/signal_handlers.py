"""Signals in, domain calls out: each body is a line or two."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
)

from cms.archive import projection, search
from cms.domain import issues, visibility
from cms.models import ArchiveEntry, Issue


def connect() -> None:
    """Called once by `CmsConfig.ready()`."""
    for signal, handler, sender in (
        (page_published, on_page_published, None),  # aliases too, which `published` leaves out
        (published, on_item_published, None),
        (page_unpublished, on_page_unpublished, None),
        (page_slug_changed, on_page_moved, None),
        (post_page_move, on_page_moved, None),
        (post_save, on_page_created, None),
        (post_delete, on_entry_deleted, ArchiveEntry),  # also when its page is deleted
        (post_save, on_restriction_saved, PageViewRestriction),
        (post_delete, on_restriction_deleted, PageViewRestriction),
        (post_save, on_issue_saved, Issue),
        (pre_delete, on_issue_deleted, Issue),
    ):
        signal.connect(handler, sender=sender, dispatch_uid=handler.__name__)


def on_page_published(instance: Page, **kwargs) -> None:
    visibility.record_references(instance)
    issues.follow_merges(instance.specific)
    projection.project(instance)


def on_item_published(instance: Model, **kwargs) -> None:
    if not isinstance(instance, Page):
        issues.follow_merges(instance)


def on_page_unpublished(instance: Page, **kwargs) -> None:
    # Not `project`: Wagtail also "unpublishes" a page it is about to delete, while the row still says live.
    projection.remove(instance.pk)


def on_page_moved(instance: Page, **kwargs) -> None:
    projection.project_tree(instance)


def on_page_created(instance, created: bool = False, raw: bool = False, **kwargs) -> None:
    # Aliases and pages added live are never "published". Their issues are stored after the page itself.
    if created and not raw and isinstance(instance, Page) and instance.live:
        transaction.on_commit(partial(projection.project, instance))


def on_entry_deleted(instance: ArchiveEntry, **kwargs) -> None:
    search.erase(instance.pk)


def on_restriction_saved(instance: PageViewRestriction, **kwargs) -> None:
    projection.project_tree(instance.page)


def on_restriction_deleted(instance: PageViewRestriction, **kwargs) -> None:
    # After commit: when the page itself is being deleted, nothing below it may enter the archive first.
    transaction.on_commit(partial(projection.project_tree, instance.page))


def on_issue_saved(instance: Issue, created: bool = False, raw: bool = False, **kwargs) -> None:
    if not created and not raw:
        projection.refresh_issue(instance)


def on_issue_deleted(instance: Issue, **kwargs) -> None:
    ids = list(instance.entry_issues.values_list("entry_id", flat=True))
    transaction.on_commit(partial(projection.write_search_rows, ids))
