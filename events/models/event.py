"""Events: hearings, press conferences, community events, meetings, comment periods."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from django.db import models
from django.utils import formats
from django.utils import timezone as django_timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.search import index

from cms.validators import validate_timezone
from events.enums import OFF, EventKind, EventStatus
from events.models.body import Body
from events.models.event_details import MOST_DAYS, EventDetails
from events.models.vehicle import Vehicle

HALF_A_DAY = dt.timedelta(hours=12)


def when_in_words(moment: dt.datetime, zone: str, is_all_day: bool) -> str:
    """Date and time as people in `zone` say it: Nov 24, 2026, 1 p.m. EST."""
    start = moment.astimezone(zoneinfo.ZoneInfo(zone))
    day = formats.date_format(start.date(), "DATE_FORMAT")
    if is_all_day:
        return day
    return f"{day}, {formats.time_format(start.time(), 'TIME_FORMAT')} {start.tzname()}"


def still_to_come() -> models.Q:
    """Not begun, or without a date yet. Cancelled ones too: whoever looks for one should see that it is."""
    now = django_timezone.now()
    ahead = models.Q(starts_at__gte=now) | models.Q(starts_at__isnull=True)
    today = models.Q(is_all_day=True, starts_at__gte=now - HALF_A_DAY)
    return (ahead | today | going_on(now - HALF_A_DAY)) & ~models.Q(status=EventStatus.PASSED)


def going_on(since: dt.datetime) -> models.Q:
    """Lasting several days, the last of which begins at `since` or later. Terms of plain comparisons: the two databases
    do not count days alike."""
    found = models.Q(pk__in=[])
    for days in range(2, MOST_DAYS + 1):
        found |= models.Q(lasts_days=days, starts_at__gte=since - dt.timedelta(days=days - 1))
    return found


class EventQuerySet(models.QuerySet):
    def upcoming(self) -> EventQuerySet:
        """Neither off nor begun, soonest first.

        A day without a time is stored as its noon, and counts until it is over.
        """
        now = django_timezone.now()
        today = models.Q(is_all_day=True, starts_at__gte=now - HALF_A_DAY)
        return (
            self.filter(models.Q(starts_at__gte=now) | today)
            .exclude(status__in=[*OFF, EventStatus.PASSED])
            .order_by("starts_at", "pk")
        )

    def coming_first(self) -> EventQuerySet:
        """What is still to come, soonest first and undated last; then what is past, newest first."""
        coming = still_to_come()
        return self.order_by(
            models.Case(models.When(coming, then=0), default=1),
            models.Case(models.When(coming, then=models.F("starts_at"))).asc(nulls_last=True),
            models.F("starts_at").desc(nulls_last=True),
            "-pk",
        )

    def with_place(self) -> EventQuerySet:
        return self.select_related("body", "vehicle")


class Event(EventDetails, index.Indexed, ClusterableModel):
    """Somewhere the organisation speaks. The moment is stored in UTC beside the event's own zone."""

    kind = models.CharField(
        _("kind"), max_length=20, choices=EventKind.choices, default=EventKind.HEARING
    )
    title = models.CharField(_("title"), max_length=255)
    body = models.ForeignKey(
        Body,
        verbose_name=_("body"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    vehicle = models.ForeignKey(
        Vehicle,
        verbose_name=_("bill or rule"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    timezone = models.CharField(
        _("time zone"), max_length=64, default="America/New_York", validators=[validate_timezone]
    )
    is_all_day = models.BooleanField(
        _("only the date is known"),
        default=False,
        help_text=_("For past events of which no time is recorded, and for comment periods."),
    )
    place = models.CharField(_("place"), max_length=255, blank=True)
    video_url = models.URLField(_("video link"), blank=True)
    speaking_limit_seconds = models.PositiveIntegerField(
        _("speaking limit"),
        null=True,
        blank=True,
        help_text=_("Leave empty to use the body's."),
    )
    status = models.CharField(
        _("status"), max_length=16, choices=EventStatus.choices, default=EventStatus.CONFIRMED
    )
    notes = models.TextField(_("notes for staff"), blank=True)
    source_key = models.CharField(max_length=255, unique=True, null=True, editable=False)

    objects = EventQuerySet.as_manager()

    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("kind"),
        index.FilterField("starts_at"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["starts_at"], name="event_starts_at")]

    def __str__(self) -> str:
        return f"{self.title} ({self.local_date})" if self.starts_at else self.title

    @property
    def local_start(self) -> dt.datetime | None:
        """The start in the event's own zone."""
        if self.starts_at is None:
            return None
        return self.starts_at.astimezone(zoneinfo.ZoneInfo(self.timezone))

    @property
    def local_date(self) -> dt.date | None:
        return self.local_start.date() if self.local_start else None

    @property
    def when(self) -> str:
        """Date and time as people at the place say it; templates would convert to the reader's zone."""
        if self.starts_at is None:
            return ""
        return when_in_words(self.starts_at, self.timezone, self.is_all_day)

    @property
    def released(self) -> str:
        """When its materials go out, as people at the place say it."""
        return when_in_words(self.release_at, self.timezone, False) if self.release_at else ""

    @property
    def is_off(self) -> bool:
        """Postponed or cancelled: nothing happens at the time that stands there."""
        return self.status in OFF

    @property
    def is_to_come(self) -> bool:
        """Not begun yet; a day without a time counts until it is over, several until the last one is. True while no
        date is known."""
        if self.starts_at is None:
            return True
        several = self.lasts_days > 1
        last = self.starts_at + dt.timedelta(days=self.lasts_days - 1)
        over = last + HALF_A_DAY if self.is_all_day or several else last
        return over >= django_timezone.now()

    @property
    def last_start(self) -> dt.datetime | None:
        """When its last day begins; most have one only."""
        if self.starts_at is None:
            return None
        return self.starts_at + dt.timedelta(days=self.lasts_days - 1)

    @property
    def local_starts(self) -> list[dt.datetime]:
        """When each of its days begins, at the same time by the clock of its zone. Empty while no date is known."""
        start = self.local_start
        if start is None:
            return []
        return [start + dt.timedelta(days=number) for number in range(self.lasts_days)]

    @property
    def until(self) -> str:
        """The last of several days; "" where there is one only."""
        if self.local_date is None or self.lasts_days < 2:
            return ""
        last = self.local_date + dt.timedelta(days=self.lasts_days - 1)
        return formats.date_format(last, "DATE_FORMAT")

    @property
    def limit_seconds(self) -> int | None:
        """Speaking time that is allowed: this event's, else the body's."""
        if self.speaking_limit_seconds is not None:
            return self.speaking_limit_seconds
        return self.body.speaking_limit_seconds if self.body else None
