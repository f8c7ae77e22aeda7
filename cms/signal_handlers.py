"""Signals in, domain calls out: each body is a line or two."""

from __future__ import annotations

from functools import partial

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
)

from cms.archive import later, projection, search
from cms.domain import issues, site_address, visibility
from cms.models import ArchiveEntry, Issue


def connect() -> None:
    """Called once by `CmsConfig.ready()`."""
    for signal, handler, sender in (
        (page_published, on_page_published, None),  # aliases too, which `published` leaves out
        (published, on_item_published, None),
        (page_unpublished, on_page_unpublished, None),
        (page_slug_changed, on_slug_changed, None),
        (post_page_move, on_page_moved, None),
        (post_save, on_page_created, None),
        (post_delete, on_entry_deleted, ArchiveEntry),  # also when its page is deleted
        (post_save, on_restriction_saved, PageViewRestriction),
        (post_delete, on_restriction_deleted, PageViewRestriction),
        (pre_save, on_issue_to_be_saved, Issue),
        (post_save, on_issue_saved, Issue),
        (pre_delete, on_issue_deleted, Issue),
    ):
        signal.connect(handler, sender=sender, dispatch_uid=handler.__name__)
    post_migrate.connect(on_migrated, dispatch_uid="on_migrated")


def on_migrated(app_config: AppConfig, using: str, **kwargs) -> None:
    if (app_config.label, using) == ("cms", DEFAULT_DB_ALIAS):
        site_address.follow_setting_if_possible()


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


def on_slug_changed(instance: Page, instance_before: Page, **kwargs) -> None:
    later.readdress(instance, instance_before.url_path)


def on_page_moved(instance: Page, url_path_before: str, url_path_after: str, **kwargs) -> None:
    if url_path_after != url_path_before:  # else it was only put in another order
        later.readdress(instance, url_path_before)
        later.withdraw_tree(instance)


def on_page_created(instance, created: bool = False, raw: bool = False, **kwargs) -> None:
    # Aliases and pages added live are never "published". Their issues are stored after the page itself.
    if created and not raw and isinstance(instance, Page) and instance.live:
        transaction.on_commit(partial(projection.project, instance))


def on_entry_deleted(instance: ArchiveEntry, **kwargs) -> None:
    search.erase(instance.pk)


def on_restriction_saved(instance: PageViewRestriction, **kwargs) -> None:
    later.withdraw_tree(instance.page)


def on_restriction_deleted(instance: PageViewRestriction, **kwargs) -> None:
    later.refresh_tree(instance.page)


def on_issue_to_be_saved(instance: Issue, update_fields=None, raw: bool = False, **kwargs) -> None:
    if not raw:
        later.note_issue(instance, update_fields)


def on_issue_saved(instance: Issue, created: bool = False, raw: bool = False, **kwargs) -> None:
    if not created and not raw:
        later.follow_issue(instance)


def on_issue_deleted(instance: Issue, **kwargs) -> None:
    later.forget_issue(instance)
