"""The one public gate: every public surface asks here what an anonymous visitor may see."""

from __future__ import annotations

from collections.abc import Callable

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.query import PageQuerySet

from cms.models import ArchiveEntry, Branding
from cms.models.base_page import under_restriction


def public_pages(queryset: PageQuerySet | None = None) -> PageQuerySet:
    """Pages of `queryset` (default: all) that anybody may read now.

    Live, past neither their expiry nor under a privacy setting of their own or of an ancestor.
    A page can be live in the database and already expired: `publish_scheduled` runs by the clock.
    Judged by the database in the query itself, so that a queryset kept for later still tells the truth.
    """
    pages = Page.objects.all() if queryset is None else queryset
    return pages.live().filter(_not_past("expire_at"), ~under_restriction("path"))


def is_public(page: Page) -> bool:
    """True when anybody may read `page` now, judged on what the database holds."""
    return public_pages(Page.objects.filter(pk=page.pk)).exists()


def public_entries(
    queryset: models.QuerySet[ArchiveEntry] | None = None,
) -> models.QuerySet[ArchiveEntry]:
    """Archive entries whose page is public now.

    Entries exist for public pages only; this holds even when one was left behind.
    """
    entries = ArchiveEntry.objects.all() if queryset is None else queryset
    return entries.filter(_not_past("expires_at"), _has_public_page())


def hidden_entries() -> models.QuerySet[ArchiveEntry]:
    """The entries that `public_entries` leaves out: none, while the projection is in step."""
    return ArchiveEntry.objects.filter(~(_not_past("expires_at") & Q(_has_public_page())))


FileHolder = Callable[[models.Model], bool]
_file_holders: list[FileHolder] = []


def register_file_holder(holds: FileHolder) -> None:
    """`holds` says whether something public that is no page shows a file. Called in `AppConfig.ready()`."""
    if holds not in _file_holders:
        _file_holders.append(holds)


def file_is_public(file: models.Model) -> bool:
    """True when an image, document or theme stands on a public page or in a site's branding.

    Drafts do not count: Wagtail's reference index is made from the stored page, and a draft of a live page
    is a revision beside it. `record_references` keeps the index in step with what is published.
    """
    if Branding.objects.filter(logo__pk=file.pk).exists() and isinstance(
        file, Branding._meta.get_field("logo").related_model
    ):
        return True
    if public_pages_with(file).exists():
        return True
    return any(holds(file) for holds in _file_holders)


def public_pages_with(file: models.Model) -> PageQuerySet:
    """The public pages that show, offer or wear an image, document or theme."""
    references = ReferenceIndex.get_references_to(file).filter(
        base_content_type__app_label="wagtailcore", base_content_type__model="page"
    )
    page_ids = set(references.values_list("object_id", flat=True))
    return public_pages(Page.objects.filter(pk__in=page_ids))


def record_references(item: models.Model) -> None:
    """Tell the reference index at once what a published page or library item shows.

    Wagtail's own update is a task that a worker may run minutes later; until then the gate would judge
    by the former text, and a page would not follow what has just been placed on it.
    """
    with transaction.atomic():
        ReferenceIndex.create_or_update_for_object(item)


def default_site() -> Site | None:
    """The site that links in PDFs, feeds and citations point to."""
    return Site.objects.filter(is_default_site=True).select_related("root_page").first()


def _not_past(field: str) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": timezone.now()})


def _has_public_page() -> Exists:
    return Exists(public_pages(Page.objects.filter(pk=OuterRef("page_id"))))


def refuse_expired(page: Page, request, serve_args, serve_kwargs) -> None:
    """Answer 404 for a page that is past its expiry by the clock (a `before_serve_page` hook).

    Wagtail itself goes on serving it until `publish_scheduled` runs next. A hook, since it covers every
    route of a page; a page's own `serve` is passed over by its sub-routes.
    """
    if page.expire_at is not None and page.expire_at <= timezone.now():
        raise Http404
