"""Before pages are published from a list: a sentence for each that is not ready, instead of an error page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from testimony.models import DocumentPage
from testimony.models.readiness import check_ready
from testimony.views.editor import say


def refuse_unready(
    request: HttpRequest, action_type: str, objects: Sequence[Model], action: object
) -> HttpResponse | None:
    """For `before_bulk_action`. Nothing is published when one of them is not ready."""
    if action_type != "publish":
        return None
    below = bool(request.POST.get("include_descendants"))
    unready = False
    for page in _documents([item for item in objects if isinstance(item, Page)], below):
        try:
            check_ready(page.get_latest_revision_as_object())
        except ValidationError as error:
            say(request, page.title, error)
            unready = True
    if not unready:
        return None
    return redirect(get_valid_next_url_from_request(request) or "testimony_pages:index")


def _documents(pages: Sequence[Page], below: bool) -> Iterator[DocumentPage]:
    for page in pages:
        found = page.specific
        if isinstance(found, DocumentPage):
            yield found
        elif below:
            for child in page.get_descendants().not_live().specific():
                if isinstance(child, DocumentPage):
                    yield child
