"""Wires documents and the library into the admin. Decisions live in the modules that are named here."""

from __future__ import annotations

from django.urls import include, path, reverse
from django.utils.html import json_script
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from testimony import richtext_editor
from testimony.dashboard import WaitsForYouPanel
from testimony.importers import log_actions
from testimony.models import FactSheetPage, TestimonyPage
from testimony.page_viewsets import FactSheetListing, TestimonyListing, TestimonyPageViewSet
from testimony.views import documents, meter, new_testimony, note_chooser
from testimony.viewsets import LibraryGroup, TalkingPointViewSet

register_snippet(TalkingPointViewSet)
register_snippet(LibraryGroup)

hooks.register("register_rich_text_features", richtext_editor.register_features)
hooks.register("register_log_actions", log_actions.register)


@hooks.register("register_admin_viewset")
def document_viewsets() -> list:
    return [
        TestimonyListing("testimony_pages"),
        FactSheetListing("fact_sheet_pages"),
        TestimonyPageViewSet(),
    ]


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    patterns = [
        path("meter/", meter.meter_new, name="meter_new"),
        path("meter/<int:page_id>/", meter.meter, name="meter"),
        path("new/<int:event_id>/", new_testimony.new_testimony, name="new"),
        path("note/", note_chooser.choose_note, name="choose_note"),
        path("pdf/<int:page_id>/", documents.draft_pdf_view, name="draft_pdf"),
    ]
    return [path("testimony/", include((patterns, "testimony")))]


@hooks.register("insert_editor_js")
def reference_strings() -> str:
    return json_script(richtext_editor.editor_strings(), "reference-strings")


@hooks.register("construct_homepage_panels", order=1)
def home_panels(request, panels: list) -> None:
    panels.append(WaitsForYouPanel())


def pdf_button(page) -> list[Button]:
    if not isinstance(page, (TestimonyPage, FactSheetPage)):
        return []
    url = reverse("testimony:draft_pdf", args=[page.pk])
    return [Button(_("Print PDF"), url=url, icon_name="download", priority=5)]


@hooks.register("register_page_header_buttons")
def header_buttons(page, user, view_name, next_url=None) -> list[Button]:
    return pdf_button(page) if page.permissions_for_user(user).can_edit() else []


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page, user, next_url=None) -> list[Button]:
    return pdf_button(page) if page.permissions_for_user(user).can_edit() else []
