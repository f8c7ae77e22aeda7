"""Wires documents and the library into the admin. Decisions live in the modules that are named here."""

from __future__ import annotations

from django.urls import include, path
from django.utils.html import json_script
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from testimony import log_formatters, richtext_editor
from testimony.admin_urls import ADAPTING_PAGES, CARE_PAGES, COMMENT_PAGES, RIPPLE_PAGES
from testimony.choosers import MAP_CHOOSERS
from testimony.dashboard import WaitsForYouPanel
from testimony.importers import log_actions
from testimony.page_viewsets import (
    FactSheetListing,
    FactSheetPageViewSet,
    TestimonyListing,
    TestimonyPageViewSet,
)
from testimony.views import (
    adaptation_marks,
    dead_links,
    documents,
    find,
    holding,
    library_health,
    meter,
    new_testimony,
    note_chooser,
    print_menu,
    ripple_list,
    wording,
)
from testimony.views.add_sources import AddSourcesView
from testimony.views.care import NeedsReviewPanel
from testimony.views.library_items import LibraryBulkDelete, keep_items
from testimony.views.link_warnings import warn_of_dead_links
from testimony.views.message_maps import map_button
from testimony.views.publishing import refuse_unready
from testimony.views.ripples import ChangedUnderYouPanel
from testimony.viewsets import LibraryGroup, TalkingPointViewSet

register_snippet(TalkingPointViewSet)
register_snippet(LibraryGroup)

hooks.register("register_rich_text_features", richtext_editor.register_features)
hooks.register("register_log_actions", log_actions.register)
hooks.register("register_log_actions", log_formatters.register_actions)
hooks.register("before_delete_snippet", keep_items)
hooks.register("register_bulk_action", LibraryBulkDelete, order=1)  # in place of Wagtail's own
hooks.register("register_snippet_listing_buttons", map_button)
hooks.register("register_admin_menu_item", find.menu_item)
for report in (dead_links, library_health, ripple_list, wording):
    hooks.register("register_reports_menu_item", report.menu_item)
hooks.register("before_bulk_action", refuse_unready)
adaptation_marks.register()
hooks.register("before_edit_page", warn_of_dead_links)


@hooks.register("register_admin_viewset")
def document_viewsets() -> list:
    return [
        TestimonyListing("testimony_pages"),
        FactSheetListing("fact_sheet_pages"),
        TestimonyPageViewSet(),
        FactSheetPageViewSet(),
        *MAP_CHOOSERS,
    ]


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    patterns = [
        path("meter/", meter.meter_new, name="meter_new"),
        path("meter/new/<slug:kind>/", meter.meter_new, name="meter_new"),
        path("meter/<int:page_id>/", meter.meter, name="meter"),
        path("new/<int:event_id>/", new_testimony.NewTestimonyView.as_view(), name="new"),
        path("new/for/<int:presentation_id>/", new_testimony.new_testimony_for, name="new_for"),
        path("speaker/<int:page_id>/", new_testimony.SpeakerOfDraftView.as_view(), name="speaker"),
        path("hold/", holding.hold, name="hold"),
        path("pins/<int:pin_id>/", holding.PinDifferenceView.as_view(), name="pin_difference"),
        path("sources/add/", AddSourcesView.as_view(), name="add_sources"),
        path("note/", note_chooser.choose_note, name="choose_note"),
        *ADAPTING_PAGES,
        *RIPPLE_PAGES,
        *CARE_PAGES,
        *COMMENT_PAGES,
        path("pdf/<int:page_id>/", documents.draft_pdf_view, name="draft_pdf"),
    ]
    return [path("testimony/", include((patterns, "testimony")))]


@hooks.register("insert_editor_js")
def reference_strings() -> str:
    return json_script(richtext_editor.editor_strings(), "reference-strings")


@hooks.register("construct_homepage_panels", order=1)
def home_panels(request, panels: list) -> None:
    panels.append(WaitsForYouPanel())
    panels.append(ChangedUnderYouPanel())
    panels.append(NeedsReviewPanel())


hooks.register("register_page_header_buttons", print_menu.header_buttons)
hooks.register("register_page_listing_more_buttons", print_menu.print_buttons)
