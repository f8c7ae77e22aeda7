"""The site's addresses and one more: the least a view with a query can do, behind the same middleware."""

from __future__ import annotations

import functools

from django.core.files.storage import storages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import include, path
from django.views.static import serve
from wagtail.models import Page

from cms.models import StoredPdf
from cms.views.pdf import serve_stored_pdf


def one_query(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Page.objects.values_list("title", flat=True).get(depth=1))


def stored_pdf(request: HttpRequest) -> HttpResponseBase:
    return serve_stored_pdf(request, _stored())


def static_pdf(request: HttpRequest) -> HttpResponseBase:
    """The same bytes as Django sends any file in a folder."""
    return serve(request, _stored().path, document_root=str(storages["pdf"].path("")))


@functools.lru_cache
def _stored() -> StoredPdf:
    """Finding it is measured elsewhere; here both only send."""
    return StoredPdf.objects.get(key="b" * 64)


urlpatterns = [
    path("benchmark/stored.pdf", stored_pdf),
    path("benchmark/static.pdf", static_pdf),
    path("benchmark/one-query/", one_query),
    path("", include("cms.urls")),
]
