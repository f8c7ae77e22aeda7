"""Starting a print job: from a selection in a list, for all documents of an issue, or of one kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property, classproperty
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.models import get_snippet_models

from cms.domain.visibility import public_pages
from cms.models import Issue, PrintJob
from cms.models.print_job import Packaging
from cms.pdf.choices import COLOURS, PAPERS, SIZES, PrintChoices
from cms.pdf.print_jobs import creating, running
from cms.pdf.registry import kind_for, kinds_for, registered_kinds
from cms.permissions import works_on_pages


class PrintForm(forms.Form):
    """How to print what was chosen."""

    packaging = forms.ChoiceField(
        label=gettext_lazy("Make"),
        choices=Packaging.choices,
        initial=Packaging.ONE_FILE,
        widget=forms.RadioSelect,
    )
    papers = forms.MultipleChoiceField(
        label=gettext_lazy("What to print"), widget=forms.CheckboxSelectMultiple, required=True
    )
    paper = forms.ChoiceField(label=gettext_lazy("Paper"), choices=list(PAPERS.items()))
    colour = forms.ChoiceField(label=gettext_lazy("Color"), choices=list(COLOURS.items()))
    size = forms.ChoiceField(label=gettext_lazy("Type"), choices=list(SIZES.items()))
    double_sided = forms.BooleanField(
        label=gettext_lazy("For printing on both sides"),
        required=False,
        help_text=gettext_lazy("Each document begins on a right-hand page. Only for one PDF."),
    )
    newest = forms.BooleanField(
        label=gettext_lazy("Newest drafts instead of what is published"),
        required=False,
        help_text=gettext_lazy("Drafts that you may edit; they are marked DRAFT."),
    )

    def __init__(self, *args: Any, objects: Sequence[Model] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["papers"]
        field.choices = creating.papers_of(objects)  # type: ignore[attr-defined]
        field.initial = list(
            dict.fromkeys(kind.name for obj in objects if (kind := kind_for(type(obj))))
        )

    def choices_made(self) -> PrintChoices:
        given = self.cleaned_data
        return PrintChoices(paper=given["paper"], colour=given["colour"], size=given["size"])


def start(form: PrintForm, objects: Sequence[Model], *, owner: Any, title: str) -> PrintJob | None:
    """The job that the form asks for; None with a word in the form when that is nothing or too much."""
    given = form.cleaned_data
    wanted = creating.on_papers(objects, given["papers"])
    try:
        job = creating.create_job(
            wanted,
            owner=owner,
            title=title,
            language=translation.get_language().partition("-")[0],
            packaging=given["packaging"],
            choices=form.choices_made(),
            double_sided=given["double_sided"] and given["packaging"] == Packaging.ONE_FILE,
            newest=given["newest"],
        )
    except creating.NothingToPrint as error:
        form.add_error(None, str(error))
        return None
    running.begin(job)
    return job


class PrintManyView(WagtailAdminTemplateMixin, FormView):
    """All public documents of something. Subclasses say which, and what the file is called."""

    form_class = PrintForm
    template_name = "cms/admin/print_jobs/new.html"
    header_icon = "download"
    page_title = gettext_lazy("Print…")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not works_on_pages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Print: %(title)s") % {"title": self.title}},
        ]

    def get_page_subtitle(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        raise NotImplementedError

    @cached_property
    def objects(self) -> list[Page]:
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "objects": self.objects}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "items": self.objects}

    def form_valid(self, form: PrintForm) -> HttpResponse:
        job = start(form, self.objects, owner=self.request.user, title=self.title)
        return self.form_invalid(form) if job is None else redirect("printing:job", job.pk)


def public_documents(models: Sequence[type[Model]], issue: Issue | None = None) -> list[Page]:
    """Public pages that can be printed, by title; of an issue, or all of them."""
    found: list[Page] = []
    for model in models:
        if issubclass(model, Page):
            pages = public_pages(model._default_manager.all()).order_by("title", "pk")
            if issue is not None:
                pages = pages.filter(issues=issue) if hasattr(model, "issues") else pages.none()
            found += pages.defer_streamfields()
    return found


class PrintIssueView(PrintManyView):
    @cached_property
    def issue(self) -> Issue:
        return get_object_or_404(Issue, pk=self.kwargs["pk"])

    @property
    def title(self) -> str:
        return self.issue.name

    @cached_property
    def objects(self) -> list[Page]:
        return public_documents(list(registered_kinds()), self.issue)


class PrintKindView(PrintManyView):
    """Every public document of one kind, by the name of its main paper."""

    @cached_property
    def model(self) -> type[Model]:
        for model, kind in registered_kinds().items():
            if kind.name == self.kwargs["name"] and issubclass(model, Page):
                return model
        raise Http404

    @property
    def title(self) -> str:
        return str(self.model._meta.verbose_name_plural).capitalize()

    @cached_property
    def objects(self) -> list[Page]:
        return public_documents([self.model])


class PrintBulkAction:
    """What printing a selection shares between lists of pages and of other things."""

    display_name = gettext_lazy("Print…")
    action_type = "print"
    action_priority = 15
    template_name = "cms/admin/print_jobs/bulk.html"
    form_class = PrintForm

    def chosen(self) -> list[Model]:
        """In the order of the list, with everything that printing needs."""
        objects, _refused = self.get_actionable_objects()  # type: ignore[attr-defined]
        ids = self.request.GET.getlist("id")  # type: ignore[attr-defined]
        places = {number: place for place, number in enumerate(ids)}
        return sorted(objects, key=lambda obj: places.get(str(obj.pk), len(places)))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "objects": self.chosen()}  # type: ignore[misc]

    def prepare_action(self, objects: Sequence[Model], refused: Any) -> HttpResponse | None:
        chosen = self.chosen()
        count = len(chosen)
        title = ngettext("%(count)d document", "%(count)d documents", count) % {"count": count}
        form = self.cleaned_form  # type: ignore[attr-defined]
        job = start(form, chosen, owner=self.request.user, title=title)  # type: ignore[attr-defined]
        if job is None:
            return self.form_invalid(form)  # type: ignore[attr-defined]
        return redirect("printing:job", job.pk)


class PrintPages(PrintBulkAction, PageBulkAction):
    aria_label = gettext_lazy("Print the chosen documents")

    def check_perm(self, page: Page) -> bool:
        model = page.specific_class
        if model is None or not kinds_for(model):
            return False
        return page.live or page.permissions_for_user(self.request.user).can_edit()

    def chosen(self) -> list[Model]:
        return [page.specific for page in super().chosen()]  # type: ignore[attr-defined]


class PrintSnippets(PrintBulkAction, SnippetBulkAction):
    aria_label = gettext_lazy("Print what is chosen")

    @classproperty
    def models(cls) -> list[type[Model]]:
        return [model for model in get_snippet_models() if kinds_for(model)]

    def check_perm(self, snippet: Model) -> bool:
        return self.permission_policy.user_has_any_permission(
            self.request.user, {"view", "change", "add"}
        )
