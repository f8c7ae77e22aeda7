"""Addresses in the admin that are not lists or forms of one model: /admin/events/…"""

from __future__ import annotations

from django.urls import path

from events.views.appearances import AppearancesView, document_pdf
from events.views.filing import ReadyToFileView
from events.views.packets import PacketView
from events.views.presentations import (
    AddPresentationView,
    ConfirmPresentationView,
    DeliverPresentationView,
    EditPresentationView,
    WithdrawPresentationView,
)
from events.views.print_menu import MaterialPrintView
from events.views.room import RoomView

app_name = "events"

urlpatterns = [
    path("<int:pk>/", RoomView.as_view(), name="room"),
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
    path("documents/<int:pk>/ready/", ReadyToFileView.as_view(), name="material_ready"),
    path("presentations/<int:pk>/documents/<int:page_pk>/", document_pdf, name="document_pdf"),
    path(
        "presentations/<int:pk>/documents/<int:page_pk>/print/",
        MaterialPrintView.as_view(),
        name="document_print",
    ),
    path("appearances/", AppearancesView.as_view(), name="appearances"),
]
