"""The chooser of documents for a presentation: what was written for its event stands first."""

from __future__ import annotations

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.models import Page

from cms.pdf.registry import registered_kinds
from events.domain.documents import event_documents
from events.models import Event


class DocumentSearchForm(BaseFilterForm):
    """Parts of words in the title, whatever signs they hold; the order of the list stays."""

    q = forms.CharField(
        label=_("Search term"),
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
        required=False,
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        objects = super().filter(objects)
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        for word in (self.search_query or "")[:255].split():
            objects = objects.filter(Q(title__icontains=word) | Q(draft_title__icontains=word))
        return objects


def state_of(page: Page) -> Promise:
    """Without Wagtail's look at workflows and schedules, which asks the database for each row."""
    if not page.live:
        return _("Draft")
    return _("Published, with a newer draft") if page.has_unpublished_changes else _("Published")


def printable_pages() -> QuerySet:
    types = ContentType.objects.get_for_models(*registered_kinds(), for_concrete_models=False)
    return Page.objects.filter(content_type__in=types.values())


def documents_to_choose(event: Event | None) -> QuerySet:
    """Pages that can be printed: the event's own first, then the latest."""
    own = Q(presentation_materials__presentation__event=event) if event else Q()
    for ids in event_documents(event) if event else []:
        own |= Q(pk__in=ids)
    mine = Page.objects.filter(own).order_by().values("pk") if event else Page.objects.none()
    first = Case(
        When(pk__in=mine, then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    pages = printable_pages().annotate(is_own=first).select_related("content_type")
    return pages.order_by("-is_own", "-latest_revision_created_at", "-pk")


class DocumentsOfEvent:
    """View mixin: lists what the event in the address has, and tells it apart."""

    request: HttpRequest
    title_column: Column
    filter_form_class = DocumentSearchForm

    def get_object_list(self) -> QuerySet:
        number = self.request.GET.get("event", "")
        event = Event.objects.filter(pk=number[:18]).first() if number.isdecimal() else None
        return documents_to_choose(event)

    @property
    def columns(self) -> list[Column]:
        own = _("Written for this event")
        return [
            self.title_column,
            Column("own", label=_("Event"), accessor=lambda page: own if page.is_own else ""),
            Column("type", label=_("Kind"), accessor="page_type_display_name"),
            DateColumn("updated", label=_("Updated"), accessor="latest_revision_created_at"),
            Column("status", label=_("Status"), accessor=state_of),
        ]


class ChooseView(DocumentsOfEvent, chooser.ChooseView):
    pass


class ChooseResultsView(DocumentsOfEvent, chooser.ChooseResultsView):
    pass


class DocumentChooserWidget(BaseChooser):
    """Made for one event; without it the list has no part that stands first."""

    model = Page
    choose_one_text = _("Choose a document")
    choose_another_text = _("Choose another document")
    chooser_modal_url_name = "presentation_documents:choose"
    icon = "doc-full"

    def __init__(self, event: Event | None = None, **kwargs) -> None:
        super().__init__(**kwargs)
        self.event = event

    def get_chooser_modal_url(self) -> str:
        url = super().get_chooser_modal_url()
        return f"{url}?event={self.event.pk}" if self.event else url

    def get_display_title(self, instance: Page) -> str:
        return instance.get_admin_display_title()


class DocumentChooserViewSet(ChooserViewSet):
    model = Page
    icon = "doc-full"
    page_title = _("Choose a document")
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    preserve_url_parameters = ["multiple", "event"]
    register_widget = False
