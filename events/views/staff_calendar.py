"""The calendar of staff beside the board: a month or a week of events and deadlines."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from events.domain.staff_calendar import DAY, Day, days_of_month, days_of_week
from events.views.deadlines import StaffOnly

FIRST_YEAR, LAST_YEAR = 1990, 2100
WEEK = 7 * DAY


class CalendarView(StaffOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "events/admin/calendar.html"
    page_title = gettext_lazy("Calendar")
    header_icon = "calendar-alt"
    span = ""

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        return [home, {"url": "", "label": str(self.page_title)}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("events:deadlines")
        return [HeaderButton(_("Deadlines"), url=url, icon_name="time")]

    @cached_property
    def today(self) -> dt.date:
        return timezone.localdate()

    @cached_property
    def day(self) -> dt.date:
        """A day in the month or week that is asked for. Raises Http404 where there is none."""
        given = self.kwargs
        try:
            day = dt.date(given["year"], given["month"], given.get("day", 1)) if given else None
        except (ValueError, OverflowError) as error:
            raise Http404 from error
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Http404
        return day or self.today

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # From the month that runs, whoever asks for a week means this one.
        is_now = (self.day.year, self.day.month) == (self.today.year, self.today.month)
        week = self.today if is_now else self.day
        return {
            **super().get_context_data(**kwargs),
            "days": self.days(),
            "span": self.span,
            "title": self.title(),
            "previous_url": self.address(self.before()),
            "next_url": self.address(self.after()),
            "today": self.today,
            "month_url": reverse("events:calendar_month", args=[self.day.year, self.day.month]),
            "week_url": reverse("events:calendar_week", args=[week.year, week.month, week.day]),
        }

    def days(self) -> list[Day]:
        raise NotImplementedError

    def title(self) -> str:
        raise NotImplementedError

    def before(self) -> dt.date:
        raise NotImplementedError

    def after(self) -> dt.date:
        raise NotImplementedError

    def address(self, day: dt.date) -> str:
        raise NotImplementedError


class MonthView(CalendarView):
    span = "month"

    def days(self) -> list[Day]:
        return days_of_month(self.day.year, self.day.month, self.request.user)

    def title(self) -> str:
        return formats.date_format(self.day, "YEAR_MONTH_FORMAT")

    def before(self) -> dt.date:
        return self.day.replace(day=1) - DAY

    def after(self) -> dt.date:
        return (self.day.replace(day=1) + 31 * DAY).replace(day=1)

    def address(self, day: dt.date) -> str:
        return reverse("events:calendar_month", args=[day.year, day.month])


class WeekView(CalendarView):
    span = "week"

    def days(self) -> list[Day]:
        return days_of_week(self.day, self.request.user)

    def title(self) -> str:
        monday = self.day - DAY * self.day.weekday()
        first, last = (
            formats.date_format(day, "DATE_FORMAT") for day in (monday, monday + 6 * DAY)
        )
        return f"{first} – {last}"

    def before(self) -> dt.date:
        return self.day - WEEK

    def after(self) -> dt.date:
        return self.day + WEEK

    def address(self, day: dt.date) -> str:
        return reverse("events:calendar_week", args=[day.year, day.month, day.day])
