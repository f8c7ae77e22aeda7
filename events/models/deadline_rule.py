"""Deadlines as bodies write them: so long before or after the start, on such a day, at such a time."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable

from cms.widgets import ClockInput, DayInput
from events.enums import CLOCK_UNITS, ClosedDay, Deadline, RuleSide, RuleUnit, Weekday
from events.models.body import Body
from events.models.rule_words import point_in_words

FARTHEST = 1000  # of any unit: a rule that counts further is a slip of the hand


class DeadlineRule(Orderable):
    """One window of a body: when it closes, and where the body says so, when it opens.

    Days are those of the calendar at the event's place; the day of the event itself is not counted. A weekday
    with 0 is the last such day before (the next after), with 1 that of the week before (after), weeks
    beginning on Monday. `events.domain.deadlines` computes.
    """

    body = ParentalKey(Body, on_delete=models.CASCADE, related_name="deadline_rules")
    what = models.CharField(_("what"), max_length=16, choices=Deadline.choices)
    label = models.CharField(
        _("in the body's words"),
        max_length=120,
        blank=True,
        help_text=_("Tells two rules of the same kind apart: Written testimony, by e-mail."),
    )
    amount = models.PositiveSmallIntegerField(
        _("closes"), default=0, validators=[MaxValueValidator(FARTHEST)]
    )
    unit = models.CharField(
        _("counted in"), max_length=16, choices=RuleUnit.choices, default=RuleUnit.BUSINESS_DAYS
    )
    side = models.CharField(
        _("counted from"), max_length=8, choices=RuleSide.choices, default=RuleSide.BEFORE
    )
    weekday = models.PositiveSmallIntegerField(
        _("weekday"), choices=Weekday.choices, null=True, blank=True
    )
    at = models.TimeField(
        _("at"), null=True, blank=True, help_text=_("Empty for hours and minutes only.")
    )
    opens_amount = models.PositiveSmallIntegerField(
        _("opens"), null=True, blank=True, validators=[MaxValueValidator(FARTHEST)]
    )
    opens_unit = models.CharField(
        _("counted in"),
        max_length=16,
        choices=RuleUnit.choices,
        blank=True,
        help_text=_("Leave empty where the body names no opening."),
    )
    opens_side = models.CharField(
        _("counted from"), max_length=8, choices=RuleSide.choices, default=RuleSide.BEFORE
    )
    opens_weekday = models.PositiveSmallIntegerField(
        _("weekday"), choices=Weekday.choices, null=True, blank=True
    )
    opens_at = models.TimeField(_("at"), null=True, blank=True)
    on_closed_day = models.CharField(
        _("if that is a weekend or holiday"),
        max_length=8,
        choices=ClosedDay.choices,
        default=ClosedDay.STANDS,
    )
    note = models.CharField(_("note"), max_length=255, blank=True)
    source_url = models.URLField(_("where the body says so"), max_length=500, blank=True)
    last_checked = models.DateField(_("last checked"), null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("what"), FieldPanel("label")]),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("unit"), FieldPanel("side")]),
        FieldRowPanel([FieldPanel("weekday"), FieldPanel("at", widget=ClockInput)]),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("opens_amount"), FieldPanel("opens_unit"), FieldPanel("opens_side")]
                ),
                FieldRowPanel(
                    [FieldPanel("opens_weekday"), FieldPanel("opens_at", widget=ClockInput)]
                ),
                FieldPanel("on_closed_day"),
            ],
            heading=_("Opening, weekends and holidays"),
            classname="collapsed",
        ),
        FieldRowPanel([FieldPanel("source_url"), FieldPanel("last_checked", widget=DayInput)]),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("deadline rule")
        verbose_name_plural = _("deadline rules")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.label or str(self.get_what_display())

    @property
    def words(self) -> str:
        """When it closes, and where the body says so, when it opens."""
        closes = point_in_words(self.amount, self.unit, self.side, self.weekday, self.at)
        if not self.opens_unit:
            return closes
        opens = point_in_words(
            self.opens_amount or 0,
            self.opens_unit,
            self.opens_side,
            self.opens_weekday,
            self.opens_at,
        )
        return gettext("%(closes)s; opens %(opens)s") % {"closes": closes, "opens": opens}

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        self._check_point(errors, "")
        if self.opens_unit:
            self._check_point(errors, "opens_")
        elif self.opens_amount is not None or self.opens_at or self.opens_weekday is not None:
            errors["opens_unit"] = gettext(
                "Say what the opening is counted in, or clear its fields."
            )
        if errors:
            raise ValidationError(errors)

    def _check_point(self, errors: dict[str, Any], prefix: str) -> None:
        """One end of the window: a time where a day is named, a weekday where weekdays are meant."""
        unit, at = getattr(self, f"{prefix}unit"), getattr(self, f"{prefix}at")
        if unit in CLOCK_UNITS and at is not None:
            errors[f"{prefix}at"] = gettext(
                "Hours and minutes are counted from the start: clear the time."
            )
        if unit not in CLOCK_UNITS and at is None:
            errors[f"{prefix}at"] = gettext("Give the time of day, for example 17:00.")
        if unit == RuleUnit.WEEKDAY and getattr(self, f"{prefix}weekday") is None:
            errors[f"{prefix}weekday"] = gettext("Choose the weekday.")
        if prefix and self.opens_amount is None:
            errors["opens_amount"] = gettext("Say how many, 0 for the day itself.")
