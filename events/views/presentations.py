"""Forms and buttons on a presentation. The verbs decide; these views show what they say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import CreateView, EditView, WagtailAdminTemplateMixin
from wagtail.models import Page

from events.choosers import DocumentChooserWidget
from events.domain.access import sees_everything
from events.domain.clashes import Burden, burdens_of
from events.domain.errors import PresentationRefused, RecordRefused
from events.domain.presentations import (
    add_presentation,
    change_presentation,
    check_begun,
    confirm,
    deliver,
    withdraw,
)
from events.domain.records import WHOLE
from events.forms import presentation_panels
from events.models import Event, Presentation
from events.permissions import CHANGE_PRESENTATION, DELIVER_PRESENTATION
from events.views.room import event_breadcrumbs
from events.views.rows import documents_of, with_documents


def room_url(event: Event) -> str:
    return reverse("events:room", args=[event.pk])


class PresentationFormMixin(WagtailAdminTemplateMixin):
    """What adding and changing share: the panels, the way back, and refusals shown on the form."""

    model = Presentation
    success_message = None
    header_icon = "user"

    def get_panel(self):
        return presentation_panels(DocumentChooserWidget(self.event), self.event)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        crumbs = event_breadcrumbs(self.event, self.request.user)
        return [*crumbs, {"url": "", "label": str(self.page_title)}]

    def get_success_url(self) -> str:
        return room_url(self.event)

    def get_success_buttons(self) -> list:
        return []

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except PresentationRefused as refusal:
            form.add_error(None, str(refusal))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def chosen(self) -> dict[str, Any]:
        """The form's answers as the verbs take them."""
        draft = self.form.save(commit=False)
        materials = sorted(draft.materials.all(), key=lambda item: item.sort_order or 0)
        pages: list[Page] = [item.page for item in materials]
        return {
            "speaker": draft.speaker,
            "role_title": draft.role_title,
            "notes": draft.notes,
            "interpretation": draft.interpretation,
            "arrangement": self.form.arrangement,
            "pages": pages,
        }

    def warn_of_clashes(self, presentation: Presentation) -> None:
        """Nothing forbids two hearings in one hour; whoever plans them should know."""
        for words in burdens_of([presentation]).get(presentation.pk, Burden()).clashes:
            messages.warning(self.request, f"{presentation.speaker}: {words}")


class AddPresentationView(PresentationFormMixin, CreateView):
    page_title = gettext_lazy("Add presentation")
    submit_button_label = gettext_lazy("Add presentation")

    @cached_property
    def event(self) -> Event:
        return get_object_or_404(Event, pk=self.kwargs["event_pk"])

    def get_page_subtitle(self) -> str:
        return self.event.title

    def get_add_url(self) -> str:
        return reverse("events:presentation_add", args=[self.event.pk])

    def save_instance(self) -> Presentation:
        answers = self.chosen()
        added = add_presentation(
            self.event, answers.pop("speaker"), user=self.request.user, **answers
        )
        self.warn_of_clashes(added)
        return added


class EditPresentationView(PresentationFormMixin, EditView):
    page_title = gettext_lazy("Change presentation")

    @cached_property
    def event(self) -> Event:
        # The panels name it before the presentation itself is read.
        return get_object_or_404(Event, presentations__pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.object.speaker)

    def get_edit_url(self) -> str:
        return reverse("events:presentation_edit", args=[self.object.pk])

    def get_queryset(self):
        return Presentation.objects.with_event()

    def save_instance(self) -> Presentation:
        changed = change_presentation(self.object, user=self.request.user, **self.chosen())
        self.warn_of_clashes(changed)
        return changed


class PresentationMixin(View):
    """Finds the presentation and asks for the permission before anything is shown."""

    permission = CHANGE_PRESENTATION

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            return self.refused(request)
        queryset = with_documents(Presentation.objects.with_event())
        self.presentation = get_object_or_404(queryset, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def refused(self, request: HttpRequest) -> HttpResponse:
        raise PermissionDenied

    def back(self) -> HttpResponse:
        return redirect(room_url(self.presentation.event))


class ConfirmPresentationView(PresentationMixin):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            confirm(self.presentation, user=request.user)
        except PresentationRefused as refusal:
            messages.error(request, str(refusal))
        else:
            words = _("The presentation of %(speaker)s is confirmed.")
            messages.success(request, words % {"speaker": self.presentation.speaker})
        return self.back()


class ConfirmationView(PresentationMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page that says what will happen, and a button that does it."""

    header_icon = "user"
    http_method_names = ["get", "post"]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        crumbs = event_breadcrumbs(self.presentation.event, self.request.user)
        return [*crumbs, {"url": "", "label": str(self.page_title)}]

    def get_page_subtitle(self) -> str:
        return str(self.presentation.speaker)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        event = self.presentation.event
        return {
            **super().get_context_data(**kwargs),
            "presentation": self.presentation,
            "event": event,
            "back_url": room_url(event),
            "documents": documents_of(self.presentation, {}),
        }


class DeliverPresentationView(ConfirmationView):
    permission = DELIVER_PRESENTATION
    page_title = gettext_lazy("Mark delivered")
    template_name = "events/admin/deliver.html"

    def refused(self, request: HttpRequest) -> HttpResponse:
        if not sees_everything(request.user):
            raise PermissionDenied
        messages.error(request, _("Only an approver or an administrator can mark it delivered."))
        return redirect(
            "events:room", get_object_or_404(Presentation, pk=self.kwargs["pk"]).event_id
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            check_begun(self.presentation.event)
        except PresentationRefused as refusal:
            messages.error(request, str(refusal))
            return self.back()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "whole": WHOLE}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        nothing_handed_in = request.POST.get("without_documents") == "yes"
        try:
            frozen = deliver(
                self.presentation,
                user=request.user,
                without_documents=nothing_handed_in,
                versions={
                    material.page_id: request.POST.get(f"version-{material.page_id}", "")
                    for material in self.presentation.materials.all()
                },
            )
        except (PresentationRefused, RecordRefused) as refusal:
            messages.error(request, str(refusal))
            return self.render_to_response(self.get_context_data())
        words = ngettext(
            "Delivered. %(count)d document is recorded.",
            "Delivered. %(count)d documents are recorded.",
            len(frozen),
        )
        messages.success(request, words % {"count": len(frozen)})
        return self.back()


class WithdrawPresentationView(ConfirmationView):
    page_title = gettext_lazy("Withdraw")
    template_name = "events/admin/withdraw.html"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            withdraw(self.presentation, user=request.user)
        except PresentationRefused as refusal:
            messages.error(request, str(refusal))
        else:
            words = _("The presentation of %(speaker)s is withdrawn.")
            messages.success(request, words % {"speaker": self.presentation.speaker})
        return self.back()
