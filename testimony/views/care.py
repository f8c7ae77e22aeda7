"""What its owner is to look at again: the panel on the home page, and the one click that says it is still right."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail.permissions import policy_registry

from testimony.columns import freshness_words
from testimony.domain import finding
from testimony.domain.care import still_right
from testimony.enums import Freshness
from testimony.models import LibraryEntry

SHOWN = 6  # on the home page; the search has them all


class NeedsReviewPanel(Component):
    """Items of the person that are stale or due within a month, the oldest first."""

    name = "needs_review"
    order = 107
    template_name = "testimony/admin/needs_review.html"

    class Media:
        css = {"all": ["testimony/css/admin.css"]}

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        entries = finding.items_visible_to(user).filter(owner=user).to_review()
        total = entries.count()
        rows = [describe(entry, user) for entry in entries[:SHOWN]] if total else []
        return {
            "rows": rows,
            "total": total,
            "more": total - len(rows),
            "home": reverse("wagtailadmin_home"),
            "all_url": f"{reverse('testimony:find')}?owner={user.pk}&freshness=stale&freshness=due",
        }


def describe(entry: LibraryEntry, user: Any) -> dict[str, Any]:
    model = model_of(entry)
    vouching = may_vouch(user, model)
    return {
        "entry": entry,
        "url": edit_url(entry),
        "badge": freshness_words(entry.review_by),
        "is_stale": entry.freshness == Freshness.STALE,
        "still_right_url": still_right_url(model, entry.item_id) if vouching else "",
    }


def model_of(entry: LibraryEntry) -> type[Any]:
    model: Any = ContentType.objects.get_for_id(entry.item_type_id).model_class()
    return model


def edit_url(entry: LibraryEntry) -> str:
    model = model_of(entry)
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[entry.item_id])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[entry.item_id])


def uses_url(entry: LibraryEntry) -> str:
    """Of a document: what it shows. Of an item: where it is shown."""
    model: Any = model_of(entry)
    if issubclass(model, Page):
        return f"{reverse('testimony:find')}?used_in={entry.item_id}"
    if model not in finding.USED:
        return ""
    return reverse(model.snippet_viewset.get_url_name("usage"), args=[entry.item_id])


def care_of(item: Any, user: Any) -> dict[str, str]:
    """For the screen of one item. No queries."""
    vouching = may_vouch(user, type(item))
    return {
        "badge": freshness_words(item.review_by),
        "still_right_url": still_right_url(type(item), item.pk) if vouching else "",
        "title": str(item),
    }


def still_right_url(model: type[Any], pk: int) -> str:
    return reverse("testimony:still_right", args=[model._meta.model_name, pk])


def may_vouch(user: Any, model: type[Any]) -> bool:
    return policy_registry.get_by_type(model).user_has_permission(user, "change")


@require_POST
def still_right_view(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    models = {model._meta.model_name: model for model in finding.ITEMS}
    if kind not in models:
        raise Http404
    item: Any = get_object_or_404(models[kind], pk=pk)
    if not may_vouch(request.user, models[kind]):
        raise PermissionDenied
    day = still_right(item, user=request.user)
    words = _("“%(item)s” is to be looked at again by %(day)s.")
    messages.success(request, words % {"item": item, "day": date_format(day)})
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
