"""The public pages of adopted agendas."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cms.archive.issue_page import issue_url
from cms.models import ArchivePage, Issue
from cms.views.public import cacheable
from events.domain.agendas import shown
from events.models import Agenda


@require_safe
def agenda_list(request: HttpRequest) -> HttpResponse:
    agendas = Agenda.objects.public()
    return cacheable(request, render(request, "events/agenda/list.html", {"agendas": agendas}))


@require_safe
def agenda_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Answers 404 for a draft as for what never was."""
    agenda = get_object_or_404(Agenda.objects.public().select_related("source_document"), slug=slug)
    told = shown(agenda)
    archive = ArchivePage.objects.order_by("path").first()
    archive_url = archive.get_url(request) if archive else ""
    planks = [(row, _issues(row.issues, archive_url)) for row in told.planks]
    context = {
        "agenda": agenda,
        "planks": planks,
        "decided": told.decided,
        "progress": told.progress,
        "archive_url": archive_url,
    }
    return cacheable(request, render(request, "events/agenda/page.html", context))


def _issues(issues: list[Issue], archive_url: str) -> list[tuple[str, str]]:
    """Names and addresses; without an archive there is nowhere to lead."""
    return [(it.name, issue_url(archive_url, it.slug)) for it in issues if archive_url]
