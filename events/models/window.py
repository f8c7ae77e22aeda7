"""Windows: from when until when something may be handed in for an event."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import OFF, Deadline, EventStatus, WindowProblem
from events.models.deadline_rule import DeadlineRule
from events.models.event import Event, when_in_words


class WindowState(models.TextChoices):
    """What a window is at this moment; computed, never stored."""

    MISSED = "missed", _("Overdue")
    OPEN = "open", _("Open")
    NOT_OPEN = "not_open", _("Not open yet")
    UNKNOWN = "unknown", _("No date yet")
    OFF = "off", _("On hold")
    CANCELLED = "cancelled", _("Canceled")
    DONE = "done", _("Done")


# A new date gives a postponed event's deadlines back; those of a cancelled one are gone with it.
CALLED_OFF = {
    WindowState.OFF: EventStatus.POSTPONED,
    WindowState.CANCELLED: EventStatus.CANCELLED,
}


class WindowQuerySet(models.QuerySet):
    def to_do(self) -> WindowQuerySet:
        """Neither done nor off with its event: what somebody still has to see to, overdue ones too."""
        return self.filter(done_at__isnull=True).exclude(event__status__in=OFF)

    def in_state(self, state: str, *, now: dt.datetime | None = None) -> WindowQuerySet:
        """Those that `state` would say at `now`."""
        now = now or timezone.now()
        if state == WindowState.DONE:
            return self.filter(done_at__isnull=False)
        if state in CALLED_OFF:
            status = CALLED_OFF[WindowState(state)]
            return self.filter(done_at__isnull=True, event__status=status)
        to_do = self.to_do()
        if state == WindowState.UNKNOWN:
            return to_do.filter(closes_at__isnull=True)
        if state == WindowState.MISSED:
            return to_do.filter(closes_at__lt=now)
        if state == WindowState.NOT_OPEN:
            return to_do.filter(closes_at__gte=now, opens_at__gt=now)
        return to_do.filter(closes_at__gte=now).exclude(opens_at__gt=now)

    def overdue_first(self) -> WindowQuerySet:
        """By the clock, so that what is overdue stands on top; without a moment last."""
        return self.order_by(models.F("closes_at").asc(nulls_last=True), "pk")

    def with_event(self) -> WindowQuerySet:
        return self.select_related("event__body", "event__vehicle", "responsible")


class Window(models.Model):
    """One deadline of one event. `events.domain.windows` computes and changes it.

    A window with a rule follows its event, unless somebody overrode it: then it keeps the hand-made moment,
    and `check_again` asks for a look after the event moved. One without a rule was entered by hand.
    """

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="windows"
    )
    rule = models.ForeignKey(
        DeadlineRule,
        verbose_name=_("rule"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="windows",
    )
    what = models.CharField(_("what"), max_length=16, choices=Deadline.choices)
    label = models.CharField(_("in the body's words"), max_length=120, blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    problem = models.CharField(
        _("problem"), max_length=16, choices=WindowProblem.choices, blank=True, editable=False
    )
    # What the rule said, and the start it was counted from: how a hand-made moment is seen to be stale.
    rule_closes_at = models.DateTimeField(null=True, editable=False)
    anchored_at = models.DateTimeField(null=True, editable=False)
    overridden = models.BooleanField(_("entered by hand"), default=False, editable=False)
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    check_again = models.BooleanField(_("to be checked"), default=False, editable=False)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="windows",
    )
    responsible.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    done_at = models.DateTimeField(_("done"), null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    done_by.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    objects = WindowQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["closes_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "rule"],
                condition=models.Q(rule__isnull=False),
                name="window_once_for_each_rule",
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(opens_at__lt=models.F("closes_at")),
                name="window_opens_before_it_closes",
            ),
        ]
        indexes = [
            models.Index(
                fields=["closes_at"],
                name="window_to_do",
                condition=models.Q(done_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.event.title}"

    @property
    def name(self) -> str:
        return self.label or str(self.get_what_display())

    @property
    def closes_words(self) -> str:
        """As people at the place of the event say it; "" while nothing is known."""
        return self._words(self.closes_at)

    @property
    def opens_words(self) -> str:
        return self._words(self.opens_at)

    @property
    def rule_words(self) -> str:
        """What the rule says of an event for which the moment was entered by hand."""
        return self._words(self.rule_closes_at)

    def _words(self, moment: dt.datetime | None) -> str:
        return when_in_words(moment, self.event.timezone, False) if moment else ""

    @property
    def state(self) -> WindowState:
        return self.state_at(timezone.now())

    def state_at(self, now: dt.datetime) -> WindowState:
        """What it is at `now`. Its `event` should be fetched."""
        if self.done_at is not None:
            return WindowState.DONE
        for state, status in CALLED_OFF.items():
            if self.event.status == status:
                return state
        if self.closes_at is None:
            return WindowState.UNKNOWN
        if self.closes_at < now:
            return WindowState.MISSED
        if self.opens_at is not None and self.opens_at > now:
            return WindowState.NOT_OPEN
        return WindowState.OPEN
