"""The paper beside the text: pages of a draft as pictures in the preview panel, for the one who edits it.

The panel's page is there at once and asks for the pages itself, so that typing never waits for a render. What it
shows is the stored PDF of the draft: the file that the button for downloading gives.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.core import signing
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.models import StoredPdf
from cms.pdf import page_pictures, store
from cms.pdf.errors import PdfError
from cms.pdf.waiting import InTheMaking
from cms.views.pdf import serve_stored_pdf

PAGES_MODE = "pdf-pages"  # the preview mode by which the panel's page asks for the pages
SALT = "cms.paper"
Failure = Callable[[PdfError], Mapping[str, Any]]
Remark = Callable[[StoredPdf], str]


def paper_panel(request: HttpRequest, title: str) -> HttpResponse:
    """The frame of the panel. Makes nothing, so it is there at once."""
    response = render(request, "cms/paper/panel.html", {"title": title, "mode": PAGES_MODE})
    patch_cache_control(response, private=True, no_store=True)
    return response


def paper_pages(
    request: HttpRequest,
    make: Callable[[], StoredPdf],
    explain: Failure,
    remark: Remark = lambda stored: "",
) -> HttpResponse:
    """The pages that `make` prints, as a fragment. `explain` says where a failure lies, `remark` what to mend."""
    context: dict[str, Any]
    try:
        stored = make()
        pages = page_pictures.pictures(stored)
        key = token(request, stored)
        context = {
            "stored": stored,
            "remark": remark(stored),
            "pages": [(page, reverse("cms_paper_page", args=[key, page.number])) for page in pages],
            "left_out": max(stored.pages - len(pages), 0),
            "pdf_url": reverse("cms_paper_pdf", args=[key]),
        }
        status = 200
    except InTheMaking as wait:
        context = {"waiting": True, "making": wait.page, "in_vain": wait.is_in_vain()}
        status = 202
    except PdfError as error:
        context, status = {"reason": str(error), **explain(error)}, 503
    except OSError:
        context, status = {"reason": _("The file could not be stored or read.")}, 503
    response = render(request, "cms/paper/pages.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def token(request: HttpRequest, stored: StoredPdf) -> str:
    """Lets this member, today and tomorrow, see this one file: a draft has no other address."""
    today = timezone.now().date().isoformat()
    content = {"key": stored.key, "user": request.user.pk, "day": today}
    return signing.Signer(salt=SALT).sign_object(content, compress=True)


def _stored(request: HttpRequest, key: str) -> StoredPdf:
    try:
        content = signing.Signer(salt=SALT).unsign_object(key)
        day = dt.date.fromisoformat(content["day"])
    except (signing.BadSignature, KeyError, TypeError, ValueError) as error:
        raise Http404 from error
    old = timezone.now().date() - day > dt.timedelta(days=1)
    if old or content["user"] != request.user.pk:
        raise Http404
    stored = StoredPdf.objects.filter(key=content["key"]).first()
    if stored is None:
        raise Http404
    return stored


@require_safe
def paper_page(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    """One page as a picture. 404 for everybody but the one it was shown to."""
    stored = _stored(request, key)
    try:
        path = page_pictures.picture_file(stored, number)
    except (PdfError, OSError) as error:
        raise Http404 from error
    if path is None:
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/png")
    patch_cache_control(response, private=True, max_age=86400)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def paper_pdf(request: HttpRequest, key: str) -> HttpResponseBase:
    """The file whose pages the panel shows. One that was swept meanwhile is made anew by the panel, not from here."""
    stored = _stored(request, key)
    if not store.intact(stored):
        said = _("This file was removed meanwhile. Load the preview again, and it is made anew.")
        return HttpResponse(said, content_type="text/plain; charset=utf-8", status=404)
    return serve_stored_pdf(request, stored, public=False)
