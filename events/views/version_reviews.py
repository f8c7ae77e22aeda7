"""A vehicle has a new version: the panel on the home page, and the page where somebody looks and says that it holds."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from events.domain.errors import PositionRefused
from events.domain.versions import confirm, may_confirm, reviews_for, subject_of
from events.enums import VersionReviewState
from events.models import VersionReview
from events.permissions import ADD_POSITION
from events.views import posted

SHOWN = 8


class NewVersionsPanel(Component):
    """Positions and documents of the person that were made for an earlier version."""

    name = "new_versions"
    order = 60
    template_name = "events/admin/new_versions.html"

    def get_context_data(self, parent_context) -> dict[str, Any]:
        user = parent_context["request"].user
        if not user.has_perm(ADD_POSITION):
            return {"reviews": [], "more": 0}
        rows = reviews_for(user).select_related("vehicle", "page", "position__vehicle")
        reviews = list(rows[: SHOWN + 1])
        total = len(reviews) if len(reviews) <= SHOWN else rows.count()
        found = [(it, subject_of(it)) for it in reviews[:SHOWN]]
        return {"reviews": found, "more": total - len(found)}


class VersionReviewView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "events/admin/version_review.html"
    page_title = gettext_lazy("A new version")
    header_icon = "doc-full-inverse"
    http_method_names = ["get", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_confirm(self.review, request.user) and not request.user.has_perm(ADD_POSITION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def review(self) -> VersionReview:
        rows = VersionReview.objects.select_related(
            "vehicle", "page", "position__vehicle", "cleared_by"
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return subject_of(self.review)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        review = self.review
        versions = {it.label: it for it in review.vehicle.versions.all()}
        return {
            **super().get_context_data(**kwargs),
            "review": review,
            "subject": subject_of(review),
            "before": versions.get(review.before),
            "after": versions.get(review.after),
            "is_open": review.state == VersionReviewState.OPEN,
            "can_confirm": may_confirm(review, self.request.user),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note = posted.words(request, "note")
        try:
            confirm(self.review, user=request.user, note=note)
        except PositionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.review.url)
        words = _("“%(subject)s” holds for the new version.")
        messages.success(request, words % {"subject": subject_of(self.review)})
        waiting = reviews_for(request.user).first()
        return redirect(waiting.url if waiting else reverse("wagtailadmin_home"))
