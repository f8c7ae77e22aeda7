"""A spoken version in the editor's preview: its words on a page, and what it leaves out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from testimony.domain.cuts import Version, cut_as
from testimony.domain.resolve import resolve
from testimony.models import TestimonyPage


def preview_version(request: HttpRequest, page: TestimonyPage, version: Version) -> HttpResponse:
    shorter = cut_as(page, version)
    context = {
        **page.get_context(request),
        "document": resolve(page, show_gaps=True, body=shorter.page.body),
        "version": shorter,
    }
    return render(request, "testimony/previews/version.html", context)
