"""Public addresses of agendas. `cms.urls` includes this at `agendas/`."""

from __future__ import annotations

from django.urls import path

from events.views.agendas import agenda_list, agenda_page

app_name = "agendas"

urlpatterns = [
    path("", agenda_list, name="list"),
    path("<slug:slug>/", agenda_page, name="agenda"),
]
