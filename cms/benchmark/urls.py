"""The site's addresses and one more: the least a view with a query can do, behind the same middleware."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail.models import Page


def one_query(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Page.objects.values_list("title", flat=True).get(depth=1))


urlpatterns = [
    path("benchmark/one-query/", one_query),
    path("", include("cms.urls")),
]
