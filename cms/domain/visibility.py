"""The one public gate: every public surface asks here what an anonymous visitor may see."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.query import PageQuerySet


def public_pages(queryset: PageQuerySet | None = None) -> PageQuerySet:
    """Pages of `queryset` (default: all) that anybody may read now.

    Live, past neither their expiry nor under a privacy setting of their own or of an ancestor.
    A page can be live in the database and already expired: `publish_scheduled` runs by the clock.
    """
    pages = Page.objects.all() if queryset is None else queryset
    return pages.live().public().filter(Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()))


def is_public(page: Page) -> bool:
    """True when anybody may read `page` now, judged on what the database holds."""
    return public_pages(Page.objects.filter(pk=page.pk)).exists()


def file_is_public(file) -> bool:
    """True when an image or document stands on a public page or in a site's branding.

    Drafts do not count: a file is private until something public shows it.
    """
    references = ReferenceIndex.get_references_to(file).select_related("base_content_type")
    page_ids: set[str] = set()
    for reference in references:
        label = reference.base_content_type.app_label, reference.base_content_type.model
        if label == ("cms", "branding"):
            return True
        if issubclass(reference.base_content_type.model_class() or object, Page):
            page_ids.add(reference.object_id)
    return bool(page_ids) and public_pages(Page.objects.filter(pk__in=page_ids)).exists()


def default_site() -> Site | None:
    """The site that links in PDFs, feeds and citations point to."""
    return Site.objects.filter(is_default_site=True).select_related("root_page").first()
