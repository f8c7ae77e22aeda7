"""Adapting something for other people, and deciding on what its original changes afterwards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from events.views import posted
from testimony.domain.adaptation import (
    AdaptationRefused,
    Comparison,
    compared,
    decline,
    may_edit,
    take,
)
from testimony.domain.adaptation_words import ShownChange, shown
from testimony.domain.adapting import derive, may_derive
from testimony.domain.originals import MODELS
from testimony.domain.three_way import Change
from testimony.enums import AdaptationKind
from testimony.models import Derivation

TAKE, TAKE_ALL, KEEP, SEEN = "take", "take_all", "keep", "seen_all"  # names of the buttons


class AdaptForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of version?"),
        choices=[(kind.value, capfirst(kind.label)) for kind in AdaptationKind],
        initial=AdaptationKind.LOCAL,
        widget=forms.RadioSelect,
    )
    for_whom = forms.CharField(
        label=gettext_lazy("For whom?"),
        max_length=100,
        required=False,
        help_text=gettext_lazy(
            "A place, a group or an occasion. It stands in the title of the version."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["for_whom"] = " ".join((data.get("for_whom") or "").split())
        if not data["for_whom"] and data.get("kind") != AdaptationKind.SHORTER:
            self.add_error("for_whom", _("Say for whom the version is."))
        return data


class AdaptView(WagtailAdminTemplateMixin, TemplateView):
    """One question, then the editor."""

    template_name = "testimony/admin/adapt.html"
    page_title = gettext_lazy("Adapt")
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_derive(self.original, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def original(self) -> Any:
        for model in MODELS:
            if model._meta.model_name == self.kwargs["model_name"]:
                return get_object_or_404(model, pk=self.kwargs["pk"])
        raise Http404

    def get_page_subtitle(self) -> str:
        return title_of(self.original)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return crumbs(self.original, self.request.user, str(self.page_title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = AdminURLFinder(self.request.user).get_edit_url(self.original)
        context = {"form": AdaptForm(), "original": self.original, "back_url": back}
        return {**context, **super().get_context_data(**kwargs)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AdaptForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        child = derive(self.original, user=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("Draft made from “%(original)s”. When that changes, you are told here.")
            % {"original": title_of(self.original)},
        )
        return redirect(AdminURLFinder(request.user).get_edit_url(child) or "wagtailadmin_home")


class AdaptedView(WagtailAdminTemplateMixin, TemplateView):
    """What the original changed, beside the version; each answer is a button."""

    template_name = "testimony/admin/adapted.html"
    page_title = gettext_lazy("The original changed")
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_edit(self.child, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def derivation(self) -> Derivation:
        rows = Derivation.objects.select_related("base_revision")
        return get_object_or_404(rows, pk=self.kwargs["derivation_id"])

    @cached_property
    def child(self) -> Any:
        if self.derivation.child is None:
            raise Http404
        return self.derivation.child

    @cached_property
    def comparison(self) -> Comparison | None:
        return compared(self.derivation)

    @property
    def changes(self) -> list[Change]:
        return self.comparison.changes if self.comparison else []

    def get_page_subtitle(self) -> str:
        return title_of(self.child)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return crumbs(self.child, self.request.user, str(self.page_title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parent = self.derivation.parent
        rows: list[ShownChange] = shown(type(self.child), self.changes)
        finder = AdminURLFinder(self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "derivation": self.derivation,
            "parent": parent,
            "parent_title": title_of(parent) if parent else self.derivation.parent_title,
            "parent_url": parent and finder.get_edit_url(parent),
            "child_url": finder.get_edit_url(self.child),
            "changes": rows,
            "clean": sum(row.change.is_clean for row in rows),
            "seen": self._fingerprint(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if request.POST.get("seen") != self._fingerprint():
                raise AdaptationRefused(
                    _("The original or this version has changed meanwhile. Look at it once more.")
                )
            self._answer(request)
        except AdaptationRefused as error:
            messages.error(request, str(error))
            return redirect(self.derivation.url)
        if Derivation.objects.behind().filter(pk=self.derivation.pk).exists():
            return redirect(self.derivation.url)
        return redirect(
            AdminURLFinder(request.user).get_edit_url(self.child) or "wagtailadmin_home"
        )

    def _answer(self, request: HttpRequest) -> None:
        post, user = request.POST, request.user
        if SEEN in post:
            reason = posted.words(request, "reason")
            if self.changes and not reason:
                raise AdaptationRefused(_("Say why this version stays as it is."))
            decline(self.child, user, reason)
            messages.success(request, _("This version stays as it reads."))
        elif KEEP in post:
            reason = posted.words(request, "reason")
            decline(self.child, user, reason, self._named(post[KEEP]))
            messages.success(request, _("The wording of this version stays."))
        else:
            clean = [change for change in self.changes if change.is_clean]
            take(self.child, clean if TAKE_ALL in post else self._named(post.get(TAKE, "")), user)
            messages.success(request, _("Taken into a new draft of this version."))

    def _named(self, path: str) -> list[Change]:
        return [change for change in self.changes if change.path == path]

    def _fingerprint(self) -> str:
        """Of what the person looks at: the original as published, and the draft of the version."""
        parent = self.derivation.parent
        return f"{parent and parent.live_revision_id}-{self.child.latest_revision_id}"


def title_of(item: Any) -> str:
    return item.get_admin_display_title() if isinstance(item, Page) else str(item)


def crumbs(item: Any, user, last: str) -> list[dict[str, str]]:
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    edit = AdminURLFinder(user).get_edit_url(item) or ""
    return [home, {"url": edit, "label": title_of(item)}, {"url": "", "label": last}]
