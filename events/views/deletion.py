"""Hooks before something is deleted in the admin: a sentence and the way back instead of an error page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from events.domain.deletion import why_keep, why_keep_pages


def keep_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """For `before_delete_page`."""
    return _keep_pages(request, [page])


def keep_pages(
    request: HttpRequest, action_type: str, objects: Sequence[Model], action: object
) -> HttpResponse | None:
    """For `before_bulk_action`, which alone is asked when pages are deleted from a list."""
    pages = [item for item in objects if isinstance(item, Page)]
    return _keep_pages(request, pages) if action_type == "delete" and pages else None


def keep_snippets(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """For `before_delete_snippet`, which is asked for one and for many alike."""
    reasons = why_keep(instances)
    if not reasons:
        return None
    _say(request, reasons)
    return redirect(instances[0].snippet_viewset.get_url_name("list"))


def _keep_pages(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    reasons = why_keep_pages(pages)
    if not reasons:
        return None
    _say(request, reasons)
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def _say(request: HttpRequest, reasons: Sequence[str]) -> None:
    for reason in reasons:
        messages.error(request, reason)
