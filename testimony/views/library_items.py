"""Editing, deleting and unpublishing an item of the library: each says first where it is used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.snippets import DeleteView, EditView, UnpublishView

from testimony.domain.deletion import why_keep
from testimony.domain.references import LIBRARY
from testimony.domain.refreshing import job_of
from testimony.views.adaptation_marks import adapt_buttons
from testimony.views.care import care_of
from testimony.views.where_used import uses_of


class LibraryEditView(EditView):
    """Approving is no edit. Wagtail saves a revision with it, which then waits for another approval."""

    def save_instance(self):
        if self.action == "workflow-action" and not self.form.has_changed():
            return self.object
        return super().save_instance()

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *adapt_buttons(self.object, self.request.user)]

    def get_usage_url(self) -> None:
        """Wagtail's status panel counts with its reference index, which misses drafts; ours stands on top."""
        return

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not self.expects_json_response:
            context["uses"] = uses_of(self.object, self.request.user)
            context["care"] = care_of(self.object, self.request.user)
            context["refresh_job"] = job_of(self.object)
        return context


class LibraryDeleteView(DeleteView):
    """What is used in published documents and drafts may go, after the list was seen."""

    def get_usage_url(self) -> None:
        return

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        uses = uses_of(self.object, self.request.user)
        return super().get_context_data(uses=uses, **kwargs)


class LibraryUnpublishView(UnpublishView):
    template_name = "testimony/admin/library_unpublish.html"

    def get_usage_url(self) -> None:
        return

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        uses = uses_of(self.object, self.request.user)
        return super().get_context_data(uses=uses, **kwargs)


class LibraryBulkDelete(DeleteBulkAction):
    """Counts as the edit screen does, not by Wagtail's reference index."""

    models = list(LIBRARY)
    template_name = "testimony/admin/library_bulk_delete.html"

    def annotate_items(self, items):
        self.is_protected = False
        return items

    def object_context(self, item: Model) -> dict[str, Any]:
        return {"item": item, "uses": uses_of(item, self.request.user)}


def keep_items(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """For `before_delete_snippet`, which is asked for one and for many alike."""
    items: list[Any] = [item for item in instances if isinstance(item, LIBRARY)]
    reasons = why_keep(items, request.user)
    if not reasons:
        return None
    for reason in reasons:
        messages.error(request, reason)
    if len(items) == 1:
        return redirect(uses_url(items[0]))
    return redirect(items[0].snippet_viewset.get_url_name("list"))


def uses_url(item: Any) -> str:
    return reverse(item.snippet_viewset.get_url_name("usage"), args=[item.pk])
