"""Addresses in the admin that are not lists or forms of one model: /admin/events/…"""

from __future__ import annotations

from django.urls import path

from events.views.appearance_import import AppearancesRunView, UploadAppearancesView
from events.views.appearances import AppearancesView, document_pdf
from events.views.calendars import CalendarAddressesView, revoke_address
from events.views.day_of import DayOfView
from events.views.deadlines import AddWindowView, BoardView, EditWindowView, WindowActionView
from events.views.filing import ReadyToFileView
from events.views.links import RevokeLinkView, SendLinkView
from events.views.moving import (
    AfterChangeView,
    CancelView,
    MoveView,
    PostponeView,
    ReinstateView,
)
from events.views.packets import PacketView
from events.views.positions import PositionView
from events.views.presentations import (
    AddPresentationView,
    ConfirmPresentationView,
    DeliverPresentationView,
    EditPresentationView,
    WithdrawPresentationView,
)
from events.views.print_menu import MaterialPrintView
from events.views.room import RoomView
from events.views.speakers import SpeakersView
from events.views.staff_calendar import MonthView, WeekView
from events.views.twins import document_twin
from events.views.version_reviews import VersionReviewView
from events.views.witness import WitnessView

app_name = "events"

urlpatterns = [
    path("<int:pk>/", RoomView.as_view(), name="room"),
    path("<int:pk>/moved/", MoveView.as_view(), name="event_move"),
    path("<int:pk>/postponed/", PostponeView.as_view(), name="event_postpone"),
    path("<int:pk>/cancelled/", CancelView.as_view(), name="event_cancel"),
    path("<int:pk>/after-all/", ReinstateView.as_view(), name="event_reinstate"),
    path("<int:pk>/after-change/", AfterChangeView.as_view(), name="after_change"),
    path("<int:pk>/deadlines/add/", AddWindowView.as_view(), name="deadline_add"),
    path("deadlines/", BoardView.as_view(), name="deadlines"),
    path("deadlines/action/", WindowActionView.as_view(), name="deadline_action"),
    path("deadlines/<int:pk>/", EditWindowView.as_view(), name="deadline"),
    path("calendar/", MonthView.as_view(), name="calendar_month"),
    path("calendar/<int:year>/<int:month>/", MonthView.as_view(), name="calendar_month"),
    path("calendar/week/", WeekView.as_view(), name="calendar_week"),
    path(
        "calendar/week/<int:year>/<int:month>/<int:day>/",
        WeekView.as_view(),
        name="calendar_week",
    ),
    path("positions/<int:pk>/", PositionView.as_view(), name="position"),
    path("new-versions/<int:pk>/", VersionReviewView.as_view(), name="version_review"),
    path("<int:pk>/packet/", PacketView.as_view(), name="packet"),
    path(
        "<int:event_pk>/presentations/add/", AddPresentationView.as_view(), name="presentation_add"
    ),
    path("presentations/<int:pk>/", EditPresentationView.as_view(), name="presentation_edit"),
    path(
        "presentations/<int:pk>/confirm/",
        ConfirmPresentationView.as_view(),
        name="presentation_confirm",
    ),
    path(
        "presentations/<int:pk>/deliver/",
        DeliverPresentationView.as_view(),
        name="presentation_deliver",
    ),
    path(
        "presentations/<int:pk>/withdraw/",
        WithdrawPresentationView.as_view(),
        name="presentation_withdraw",
    ),
    path("<int:pk>/on-the-day/", DayOfView.as_view(), name="day_of"),
    path(
        "presentations/<int:pk>/link/send/", SendLinkView.as_view(), name="presentation_link_send"
    ),
    path(
        "presentations/<int:pk>/link/revoke/",
        RevokeLinkView.as_view(),
        name="presentation_link_revoke",
    ),
    path("presentations/<int:pk>/witness/", WitnessView.as_view(), name="presentation_witness"),
    path("documents/<int:pk>/ready/", ReadyToFileView.as_view(), name="material_ready"),
    path("presentations/<int:pk>/documents/<int:page_pk>/", document_pdf, name="document_pdf"),
    path(
        "presentations/<int:pk>/documents/<int:page_pk>/print/",
        MaterialPrintView.as_view(),
        name="document_print",
    ),
    path(
        "presentations/<int:pk>/documents/<int:page_pk>/<slug:ending>/",
        document_twin,
        name="document_twin",
    ),
    path("speakers/", SpeakersView.as_view(), name="speakers"),
    path("import/", UploadAppearancesView.as_view(), name="import_appearances"),
    path("import/<int:pk>/", AppearancesRunView.as_view(), name="import_run"),
    path("calendars/", CalendarAddressesView.as_view(), name="calendars"),
    path("calendars/<int:pk>/revoke/", revoke_address, name="calendar_revoke"),
    path("appearances/", AppearancesView.as_view(), name="appearances"),
]
