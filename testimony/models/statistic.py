"""Statistics: the number is the unit of truth."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from cms.panels import SchedulePanel
from cms.widgets import FigureInput
from testimony.enums import Scale, Unit
from testimony.formats import format_figure
from testimony.models.library_item import LibraryItem
from testimony.models.source import Source
from testimony.validators import validate_period

MOST_DECIMALS = 4  # as many as `value` keeps
WITHOUT_SCALE = frozenset({Unit.PERCENT, Unit.POINTS})


class Statistic(LibraryItem):
    """One sourced figure, placed by reference so that it is corrected once."""

    label = models.CharField(
        _("what it says"),
        max_length=255,
        help_text=_(
            "Reads on from the figure: “of private-industry workers have paid family leave”."
        ),
    )
    value = models.DecimalField(
        _("value"),
        max_digits=18,
        decimal_places=MOST_DECIMALS,
        null=True,
        blank=True,
        help_text=_("As it is printed: 2.1 for 2.1 million."),
    )
    scale = models.CharField(_("scale"), max_length=10, choices=Scale.choices, default=Scale.NONE)
    decimals = models.PositiveSmallIntegerField(
        _("decimals shown"),
        default=0,
        validators=[MaxValueValidator(MOST_DECIMALS)],
        help_text=_("2.1 needs 1."),
    )
    unit = models.CharField(_("unit"), max_length=20, choices=Unit.choices, default=Unit.PERCENT)
    population = models.CharField(_("population"), max_length=255, blank=True)
    place = models.CharField(_("place"), max_length=255, blank=True)
    period = models.CharField(_("period"), max_length=64, blank=True, validators=[validate_period])
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="statistics",
    )
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)
    spoken = models.CharField(
        _("said aloud"),
        max_length=255,
        blank=True,
        help_text=_("Leave empty to have the figure said as it is printed: two point one million."),
    )

    panels = [
        FieldRowPanel(
            [
                FieldPanel("value", widget=FigureInput),
                FieldPanel("scale"),
                FieldPanel("unit"),
                FieldPanel("decimals"),
            ],
            heading=_("Figure"),
        ),
        FieldPanel("label", required_on_save=True),
        MultiFieldPanel(
            [
                FieldPanel("population"),
                FieldRowPanel([FieldPanel("place"), FieldPanel("period")]),
                FieldRowPanel([FieldPanel("source"), FieldPanel("retrieved_on")]),
            ],
            heading=_("Who, where, when, from where"),
        ),
        FieldPanel("spoken"),
        *LibraryItem.care_panels,
        SchedulePanel(),
    ]
    search_fields = [
        index.SearchField("label"),
        index.AutocompleteField("label"),
        index.SearchField("place"),
        index.SearchField("population"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("statistic")
        verbose_name_plural = _("statistics")
        ordering = ["label"]

    def __str__(self) -> str:
        return f"{self.display} {self.label}".strip()

    @property
    def display(self) -> str:
        """The figure as it is printed: 1,250,000 · 47.3% · $7.25 · 2.1 million."""
        return format_figure(self.value, self.unit, self.decimals, self.scale)

    display.fget.short_description = _("figure")  # type: ignore[attr-defined]  # heading of exports

    def clean(self) -> None:
        super().clean()
        if self.unit in WITHOUT_SCALE and self.scale != Scale.NONE:
            raise ValidationError(
                {"scale": _("A percentage has no scale. Choose (none), or another unit.")}
            )

    def get_preview_template(self, request, mode_name) -> str:
        return "testimony/previews/statistic.html"
