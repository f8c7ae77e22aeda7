"""Print jobs in the admin: how far one is, what failed, its file. Everybody sees their own only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.models import PrintJob
from cms.models.print_job import ItemState, JobState
from cms.pdf import store
from cms.pdf.print_jobs import creating, running
from cms.pdf.print_jobs.recipes import recipe_of
from cms.views.pdf import serve_stored_pdf

REFRESH_SECONDS = 3
SHOWN = 50


def own_job(request: HttpRequest, pk: UUID) -> PrintJob:
    """404 for jobs of others, as for those that are not there."""
    jobs = PrintJob.objects.filter(owner=request.user.pk).select_related("result")
    return get_object_or_404(jobs, pk=pk)


def job_facts(job: PrintJob) -> dict[str, Any]:
    """What the page and its refreshed part show."""
    failed = list(job.items.filter(state=ItemState.FAILED))
    return {
        "job": job,
        "failed": failed,
        "in_vain": job.is_open and running.waits_in_vain(job),
        "waits_for_file": job.is_open and job.done == job.total,
        "may_try_again": bool(failed) and not job.is_open,
        "back_url": recipe_of(job).back_url(job),
    }


class JobView(WagtailAdminTemplateMixin, TemplateView):
    """Refreshes itself while the job goes on, with or without JavaScript."""

    template_name = "cms/admin/print_jobs/job.html"
    header_icon = "download"

    @cached_property
    def job(self) -> PrintJob:
        running.tend(own_job(self.request, self.kwargs["pk"]))
        return own_job(self.request, self.kwargs["pk"])  # maybe removed meanwhile

    def get_page_title(self) -> str:
        return _("Print")

    def get_page_subtitle(self) -> str:
        return self.job.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("printing:list"), "label": _("Print jobs")},
            {"url": "", "label": self.job.title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, **job_facts(self.job), "refresh_seconds": REFRESH_SECONDS}


@require_safe
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The part of the page that changes, for the script."""
    running.tend(own_job(request, pk))
    job = own_job(request, pk)  # maybe removed meanwhile
    response = render(request, "cms/admin/print_jobs/progress.html", job_facts(job))
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The finished file."""
    job = own_job(request, pk)
    try:
        if job.result is not None and job.is_ready:
            return serve_stored_pdf(
                request, job.result, filename=job.download_name, public=False, inline=False
            )
        if job.is_ready:
            response = FileResponse(
                store.storage().open(job.archive),
                as_attachment=True,
                filename=job.download_name,
                content_type="application/zip",
            )
            response["Cache-Control"] = "private, no-store"
            return response
    except OSError:
        messages.error(request, _("The file is gone. Print it again."))
        return redirect("printing:job", pk)
    raise Http404


def _again(job: PrintJob) -> None:
    creating.try_again(job)
    running.begin(job)


def _go_on(job: PrintJob) -> None:
    creating.go_on_without(job)
    running.begin(job)


VERBS: dict[str, Callable[[PrintJob], None]] = {
    "again": _again,
    "go-on": _go_on,
    "stop": creating.stop,
    "remove": creating.remove,
}


@require_POST
def decide(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """What a person may say to a job."""
    if verb not in VERBS:
        raise Http404
    VERBS[verb](own_job(request, pk))
    if verb == "remove":
        messages.success(request, _("The print job is removed."))
        return redirect("printing:list")
    return redirect("printing:job", pk)


class JobListView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "cms/admin/print_jobs/list.html"
    page_title = gettext_lazy("Print jobs")
    header_icon = "download"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        return [home, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        jobs = PrintJob.objects.filter(owner=self.request.user.pk)[:SHOWN]
        context = super().get_context_data(**kwargs)
        return {**context, "jobs": jobs, "states": JobState}


def menu_item() -> MenuItem:
    """Among the reports: people come from a button mostly."""
    return MenuItem(_("Print jobs"), reverse("printing:list"), icon_name="download", order=900)
