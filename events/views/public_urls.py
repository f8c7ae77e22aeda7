"""Public addresses of events and calendars. `cms.urls` includes this at `events/`."""

from __future__ import annotations

from django.urls import path, re_path

from events.views.calendars import private_calendar, public_calendar
from events.views.public_events import event_list, event_page, past_list

app_name = "hearings"

urlpatterns = [
    path("", event_list, name="list"),
    path("past/", past_list, name="past"),
    re_path(r"^(?P<pk>[0-9]{1,18})/$", event_page, name="event"),
    path("calendar.ics", public_calendar, name="calendar"),
    re_path(
        r"^calendar/(?P<secret>[A-Za-z0-9_-]{43})\.ics$", private_calendar, name="private_calendar"
    ),
]
