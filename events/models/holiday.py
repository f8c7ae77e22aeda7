"""Days on which the calendar of a jurisdiction differs from what the library of holidays says."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.widgets import DayInput
from events.validators import validate_jurisdiction


class HolidayOverride(models.Model):
    """A day off that the library does not know, or a working day that it takes for a holiday."""

    jurisdiction = models.CharField(
        _("jurisdiction"),
        max_length=8,
        validators=[validate_jurisdiction],
        help_text=_("Country, or country and state: US, US-CA."),
    )
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=120)
    is_holiday = models.BooleanField(
        _("offices are closed"), default=True, help_text=_("Untick for a day that is worked.")
    )

    panels = [
        FieldRowPanel([FieldPanel("jurisdiction"), FieldPanel("day", widget=DayInput)]),
        FieldRowPanel([FieldPanel("name"), FieldPanel("is_holiday")]),
    ]

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["-day", "jurisdiction"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "day"], name="holiday_once")]

    def __str__(self) -> str:
        return f"{self.name}, {formats.date_format(self.day, 'DATE_FORMAT')}"

    def clean(self) -> None:
        super().clean()
        same = HolidayOverride.objects.filter(jurisdiction=self.jurisdiction, day=self.day)
        if self.day and same.exclude(pk=self.pk).exists():
            raise ValidationError({"day": gettext("This day is entered already.")})
