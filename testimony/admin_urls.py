"""Addresses of the admin pages that keep library and documents in order."""

from __future__ import annotations

from django.urls import path
from wagtail.admin.views.reports import ReportView

from testimony.views import (
    adapting,
    care,
    dead_links,
    find,
    library_health,
    new_comment,
    print_menu,
    ripple_list,
    ripples,
    twins,
    wording,
)

RIPPLE_PAGES = [
    path("ripples/", ripple_list.RippleList.as_view(), name="ripples"),
    path(
        "ripples/results/",
        ripple_list.RippleList.as_view(results_only=True),
        name="ripples_results",
    ),
    path("ripples/<int:review_id>/", ripples.review, name="ripple"),
]


def listing(address: str, view: type[ReportView], name: str) -> list:
    """A list, and its rows alone, which the page asks for while somebody types."""
    return [
        path(f"{address}/", view.as_view(), name=name),
        path(f"{address}/results/", view.as_view(results_only=True), name=f"{name}_results"),
    ]


COMMENT_PAGES = [
    path("new/comment/<int:vehicle_id>/", new_comment.NewCommentView.as_view(), name="new_comment"),
    path(
        "new/comment/period/<int:event_id>/",
        new_comment.NewCommentView.as_view(),
        name="new_comment_in",
    ),
    path("portal/<int:page_id>/", new_comment.PortalTextView.as_view(), name="portal_text"),
]

CARE_PAGES = [
    *listing("dead-links", dead_links.DeadLinksView, "dead_links"),
    *listing("find", find.FindView, "find"),
    *listing("library-health", library_health.LibraryHealthView, "library_health"),
    *listing("dismissed-hints", wording.DismissedHintList, "dismissed_hints"),
    path("print/<int:page_id>/", print_menu.DocumentPrintView.as_view(), name="print"),
    path("file/<int:page_id>/<slug:ending>/", twins.draft_twin, name="draft_twin"),
    path("wording/<int:page_id>/", wording.wording, name="wording"),
    path("wording/new/<slug:kind>/", wording.wording_new, name="wording_new"),
    path("wording/points/<int:point_id>/", wording.wording_point, name="wording_point"),
    path("still-right/<slug:kind>/<int:pk>/", care.still_right_view, name="still_right"),
]

ADAPTING_PAGES = [
    path("adapt/<str:model_name>/<int:pk>/", adapting.AdaptView.as_view(), name="adapt"),
    path("adapted/<int:derivation_id>/", adapting.AdaptedView.as_view(), name="adapted"),
]
