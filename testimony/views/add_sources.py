"""“Add sources from a reference manager”: paste or upload, look at what would happen, confirm."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from cms.models import User
from testimony.importers.references.entries import MAX_CHARACTERS, NotReadable
from testimony.importers.references.intake import Plan, State, plan, take_in
from testimony.importers.references.reading import decoded
from testimony.models import Source

LIST = "wagtailsnippets_testimony_source:list"
SIGNS = {State.NEW: "plus-inverse", State.KNOWN: "check", State.PROBLEM: "warning"}
WORDS = {
    State.NEW: _("New"),
    State.KNOWN: _("Already there"),
    State.PROBLEM: _("Problem"),
}


class ReferencesForm(forms.Form):
    """Pasted text, or a file, which then takes the place of the text."""

    text = forms.CharField(
        label=_("Entries"),
        required=False,
        # Spaces at the beginning count as lines do: problems are told by line.
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".bib,.ris,.json,.txt"}),
        help_text=_("Ends in .bib, .ris or .json."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if file:
            if file.size > 4 * MAX_CHARACTERS:
                raise forms.ValidationError(_("The file is too large. Export fewer entries."))
            try:
                data["text"] = decoded(file.read())
            except NotReadable as error:
                raise forms.ValidationError(str(error)) from error
        # Browsers send line ends of their own.
        data["text"] = (data.get("text") or "").replace("\r\n", "\n").replace("\r", "\n")
        if not data["text"].strip():
            raise forms.ValidationError(_("Paste entries or choose a file."))
        return data


def may(user, action: str) -> bool:
    return policy_registry.get_by_type(Source).user_has_permission(user, action)


class AddSourcesView(WagtailAdminTemplateMixin, TemplateView):
    """The text travels along in the form: what is confirmed is read and compared anew."""

    template_name = "testimony/admin/add_sources.html"
    page_title = _("Add sources from a reference manager")
    header_icon = "openquote"
    http_method_names = ["get", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may(request.user, "add"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        crumbs = [
            {"url": reverse("wagtailadmin_home"), "label": str(_("Home"))},
            {"url": reverse(LIST), "label": str(_("Sources"))},
        ]
        return [*crumbs, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"form": ReferencesForm(), **super().get_context_data(**kwargs)}
        return {
            **context,
            "list_url": reverse(LIST),
            "may_publish": may(self.request.user, "publish"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReferencesForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            planned = plan(form.cleaned_data["text"])
        except NotReadable as error:
            form.add_error(None, str(error))
            return self.render_to_response(self.get_context_data(form=form))
        if "confirm" in request.POST and planned.new:
            return self._take_in(request, planned)
        return self.render_to_response(
            self.get_context_data(
                form=form,
                text=form.cleaned_data["text"],
                plan=planned,
                rows=_table(planned),
                new=len(planned.new),
                known=planned.counts[State.KNOWN],
                problems=planned.counts[State.PROBLEM],
            )
        )

    def _take_in(self, request: HttpRequest, planned: Plan) -> HttpResponse:
        if not isinstance(request.user, User):
            raise PermissionDenied
        publish = "publish" in request.POST and may(request.user, "publish")
        count = take_in(planned.new, user=request.user, publish=publish)
        if publish:
            words = ngettext("%(count)d source published.", "%(count)d sources published.", count)
        else:
            words = ngettext(
                "%(count)d source added as a draft.", "%(count)d sources added as drafts.", count
            )
        messages.success(request, words % {"count": count})
        left = planned.counts[State.PROBLEM]
        if left:
            words = ngettext(
                "%(count)d entry was left out because of a problem.",
                "%(count)d entries were left out because of a problem.",
                left,
            )
            messages.warning(request, words % {"count": left})
        return redirect(f"{reverse(LIST)}?ordering=-_updated_at")


def _table(planned: Plan) -> list[dict[str, Any]]:
    """Problems first: they are what somebody has to do something about."""
    order = {State.PROBLEM: 0, State.NEW: 1, State.KNOWN: 2}
    return [
        {
            "line": row.entry.line,
            "state": row.state.value,
            "icon": SIGNS[row.state],
            "words": WORDS[row.state],
            "label": row.entry.label,
            "source": row.source,
            "reason": row.reason,
            "known_url": _edit_url(row.known) if row.known else "",
        }
        for row in sorted(planned.rows, key=lambda row: (order[row.state], row.entry.line))
    ]


def _edit_url(source: Source) -> str:
    return reverse("wagtailsnippets_testimony_source:edit", args=[source.pk])
