"""Vehicles: what a position is taken on. Not only bills."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from events.enums import Stance, VehicleKind
from events.models.body import Body


class Vehicle(index.Indexed, models.Model):
    kind = models.CharField(
        _("kind"), max_length=20, choices=VehicleKind.choices, default=VehicleKind.BILL
    )
    identifier = models.CharField(
        _("identifier"), max_length=120, help_text=_("As the body writes it: HB 1234.")
    )
    title = models.CharField(_("title"), max_length=500, blank=True)
    version = models.CharField(
        _("version"), max_length=120, blank=True, help_text=_("For example: as introduced.")
    )
    body = models.ForeignKey(
        Body,
        verbose_name=_("body"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="vehicles",
    )
    position = models.CharField(
        _("our position"), max_length=32, choices=Stance.choices, blank=True
    )
    url = models.URLField(_("web address"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("identifier"), FieldPanel("version")]),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("body"), FieldPanel("position")]),
        FieldPanel("url"),
    ]
    search_fields = [
        index.SearchField("identifier"),
        index.AutocompleteField("identifier"),
        index.SearchField("title"),
        index.AutocompleteField("title"),
    ]

    class Meta:
        verbose_name = _("bill, rule or other vehicle")
        verbose_name_plural = _("bills, rules and other vehicles")
        ordering = ["identifier"]

    def __str__(self) -> str:
        return f"{self.identifier}: {self.title}" if self.title else self.identifier
