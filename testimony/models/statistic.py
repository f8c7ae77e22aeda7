"""Statistics: the number is the unit of truth."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.search import index

from testimony.enums import Unit
from testimony.formats import format_figure
from testimony.models.library_item import LibraryItem
from testimony.models.source import Source


class Statistic(LibraryItem):
    """One sourced figure, placed by reference so that it is corrected once."""

    label = models.CharField(
        _("what it says"),
        max_length=255,
        help_text=_(
            "Reads on from the figure: “of private-industry workers have paid family leave”."
        ),
    )
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals shown"), default=0)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit.choices, default=Unit.PERCENT)
    population = models.CharField(_("population"), max_length=255, blank=True)
    place = models.CharField(_("place"), max_length=255, blank=True)
    period = models.CharField(_("period"), max_length=64, blank=True)
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
        help_text=_("For example: forty-seven percent."),
    )

    panels = [
        FieldRowPanel(
            [FieldPanel("value"), FieldPanel("unit"), FieldPanel("decimals")], heading=_("Figure")
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
        PublishingPanel(),
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
        """The figure as it is printed: 1,250,000 · 47.3% · $7.25."""
        return format_figure(self.value, self.unit, self.decimals)

    def get_preview_template(self, request, mode_name) -> str:
        return "testimony/previews/statistic.html"
