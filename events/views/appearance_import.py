"""“Import past appearances”: upload a table, look at what would happen, then watch it come in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from events.importers import runs
from events.importers.appearance_rows import (
    LARGEST,
    OPTIONAL,
    REQUIRED,
    NotReadable,
    decoded,
)
from events.importers.appearances import Status
from events.importers.shared import EVENT_KINDS
from events.models import AppearanceImport
from events.permissions import ADD_EVENT, ADD_PRESENTATION, DELIVER_PRESENTATION

REFRESH_SECONDS = 2
LABELS = {
    Status.CREATED: _("new"),
    Status.LINKED: _("linked to their testimony"),
    Status.UNCHANGED: _("here already"),
    Status.REJECTED: _("cannot be imported"),
}


class AppearancesFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_("CSV in UTF-8, with the names of the columns in the first line."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB. Divide it."))
        return file


class ImportMixin(WagtailAdminTemplateMixin):
    page_title = _("Import past appearances")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # What comes in counts as delivered.
        if not request.user.has_perms((ADD_EVENT, ADD_PRESENTATION, DELIVER_PRESENTATION)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        home = {"url": reverse("wagtailadmin_home"), "label": str(_("Home"))}
        speakers = {"url": reverse("events:speakers"), "label": str(_("Who speaks where"))}
        return [home, speakers, {"url": "", "label": str(self.page_title)}]


class UploadAppearancesView(ImportMixin, FormView):
    form_class = AppearancesFileForm
    template_name = "events/admin/import_appearances.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = AppearanceImport.objects.filter(owner=self.request.user.pk, begun_at__isnull=False)
        return {
            **super().get_context_data(**kwargs),
            "required": REQUIRED,
            "optional": OPTIONAL,
            "kinds": sorted(EVENT_KINDS),
            "earlier": mine.defer("text")[:10],
        }

    def form_valid(self, form: AppearancesFileForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            run = runs.upload(file.name, decoded(file.read()), user=self.request.user)
        except NotReadable as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        if not run.total:
            run.delete()
            form.add_error("file", _("There is nothing below the first line."))
            return self.form_invalid(form)
        return redirect("events:import_run", run.pk)


class AppearancesRunView(ImportMixin, TemplateView):
    """Before it is begun the page says what would happen; then how far it is. It refreshes itself."""

    template_name = "events/admin/import_run.html"
    http_method_names = ["get", "post"]

    @cached_property
    def run(self) -> AppearanceImport:
        mine = AppearanceImport.objects.filter(owner=self.request.user.pk).select_related("owner")
        return get_object_or_404(mine, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.run.file_name

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        runs.begin(self.run)
        return redirect("events:import_run", pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.run.begun_at is None:
            preview = runs.preview(self.run)
            rejected = [(it.line, it.name, it.reason) for it in preview.rejected]
            return {
                **context,
                "run": self.run,
                "preview": preview,
                "tried": len(preview.outcomes),
                "counts": [(preview.counts[status], label) for status, label in LABELS.items()],
                "may_begin": len(rejected) < preview.total,
                "rejected": rejected[: runs.SHOWN],
            }
        run = runs.tend(self.run)
        counts = [(run.counts.get(status.value, 0), label) for status, label in LABELS.items()]
        return {
            **context,
            "run": run,
            "counts": counts,
            "rejected": run.rejected,
            "refresh_seconds": REFRESH_SECONDS,
        }
