"""The page editor of documents: the meter, the way back to our lists, first lines in the right language."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowActionView

from cms.views.approval import say_what_is_open
from testimony.domain.comments import is_comment
from testimony.domain.openings import follow_language
from testimony.formats import text_in
from testimony.models import FactSheetPage, TestimonyPage
from testimony.views.checks_panel import with_our_checks
from testimony.views.wording import WithWording


class BackToOurList:
    """View mixin: who is done lands where they came from, else in the list of what they wrote."""

    page: Any
    next_url: str

    def redirect_away(self) -> HttpResponse:
        lists = {FactSheetPage: "fact_sheet_pages:index", TestimonyPage: "testimony_pages:index"}
        return redirect(self.next_url or lists[type(self.page)])


class DocumentEditView(WithWording, BackToOurList, EditView):
    edit_template = "testimony/admin/document_edit.html"

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Rendered here, while it is known in which language the figures in the text are written."""
        response = super().render_to_response(context, **kwargs)
        if isinstance(response, TemplateResponse):
            with text_in(self.page.language):
                response.render()
        return response

    def get_template_names(self) -> list[str]:
        own = {"wagtailadmin/pages/edit.html": self.edit_template}
        return [own.get(name, name) for name in super().get_template_names()]

    def form_valid(self, form) -> HttpResponse:
        # Not while the editor saves by itself: the open form would send the old words once more.
        page = form.instance
        if isinstance(page, TestimonyPage) and not page.live and not self.expects_json_response:
            follow_language(page)
        return super().form_valid(form)

    def add_save_confirmation_message(self) -> None:
        """Who approves wants to hear that it is public; Wagtail says "updated" to them as well."""
        published = type(self.page)._default_manager.filter(
            pk=self.page.pk, live=True, has_unpublished_changes=False
        )
        if getattr(self, "workflow_action", None) == "approve" and published.exists():
            words = _("“%(title)s” is approved and published.") % {"title": self.page.title}
            messages.success(self.request, words)
        else:
            super().add_save_confirmation_message()


class DocumentCreateView(WithWording, BackToOurList, CreateView):
    pass


class MeteredEditView(DocumentEditView):
    """With words, speaking time and checks beside the buttons."""

    edit_template = "testimony/admin/edit.html"

    def get_side_panels(self) -> MediaContainer:
        return with_our_checks(super().get_side_panels())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = reverse("testimony:meter", args=[self.page.pk])
        spoken = isinstance(self.page, TestimonyPage)
        comment = is_comment(self.page)
        return {
            **super().get_context_data(**kwargs),
            "meter_url": url,
            "is_spoken": spoken,
            "is_comment": comment,
            "portal_url": reverse("testimony:portal_text", args=[self.page.pk]) if comment else "",
        }


class MeteredCreateView(DocumentCreateView):
    template_name = "testimony/admin/create.html"

    def get_side_panels(self) -> MediaContainer:
        return with_our_checks(super().get_side_panels())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        spoken = isinstance(self.page, TestimonyPage)
        url = reverse("testimony:meter_new", args=[] if spoken else ["fact-sheet"])
        return {**super().get_context_data(**kwargs), "meter_url": url, "is_spoken": spoken}


class DocumentWorkflowActionView(WorkflowActionView):
    """Approving from a list or the page itself: what is not ready is refused in words, in the editor."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = super().post(request, *args, **kwargs)
        except ValidationError as error:
            say(request, self.object.title, error)
            return redirect("wagtailadmin_pages:edit", self.object.pk)
        if self.action_name == "approve":
            say_what_is_open(request, self.object)
        return response


def say(request: HttpRequest, title: str, error: ValidationError) -> None:
    messages.error(request, f"“{title}”: {' '.join(error.messages)}")
