"""Vehicles: what a position is taken on. Not only bills."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from django.db import models
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.search import index

from cms.directions import comma
from cms.validators import validate_timezone
from events.enums import OPEN_OUTCOMES, Outcome, Stance, VehicleKind
from events.models.body import Body


class Vehicle(index.Indexed, ClusterableModel):
    """`version` names the current version and `position` the stance that counts: both are kept in step with
    their histories (`VehicleVersion`, `Position`) by `events.domain.versions` and `events.domain.positions`.
    """

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

    docket_id = models.CharField(
        _("docket ID"), max_length=80, blank=True, help_text=_("For example: CMS-2024-0131.")
    )
    rin = models.CharField(
        _("RIN"), max_length=20, blank=True, help_text=_("For example: 0938-AV33.")
    )
    fr_citation = models.CharField(
        _("Federal Register citation"),
        max_length=80,
        blank=True,
        help_text=_("For example: 89 FR 26218."),
    )
    document_name = models.CharField(
        _("document commented on"),
        max_length=500,
        blank=True,
        help_text=_("A docket may hold several: name the one that is open for comment."),
    )
    comment_opens_on = models.DateField(_("comments open"), null=True, blank=True)
    comment_closes_at = models.DateTimeField(_("comments close"), null=True, blank=True)
    comment_timezone = models.CharField(
        _("time zone of the agency"), max_length=64, blank=True, validators=[validate_timezone]
    )

    outcome = models.CharField(
        _("outcome"), max_length=20, choices=Outcome.choices, blank=True, default=""
    )
    outcome_on = models.DateField(_("date of the outcome"), null=True, blank=True)
    outcome_note = models.CharField(
        _("in a sentence"), max_length=500, blank=True, help_text=_("The public reads it.")
    )
    outcome_url = models.URLField(_("source of the outcome"), blank=True)

    search_fields = [
        index.SearchField("identifier"),
        index.AutocompleteField("identifier"),
        index.SearchField("title"),
        index.AutocompleteField("title"),
    ]

    class Meta:
        verbose_name = _("bill or rule")
        verbose_name_plural = _("bills and rules")
        ordering = ["identifier"]

    def __str__(self) -> str:
        return f"{self.identifier}: {self.title}" if self.title else self.identifier

    @property
    def is_docket(self) -> bool:
        """Something that an agency takes comments on."""
        return self.kind == VehicleKind.RULE

    @property
    def is_decided(self) -> bool:
        return self.outcome not in OPEN_OUTCOMES

    @property
    def zone(self) -> str:
        """Of the agency or body, for the moment at which comments close."""
        if self.comment_timezone or self.body is None:
            return self.comment_timezone or "America/New_York"
        return self.body.timezone

    @property
    def local_closing(self) -> dt.datetime | None:
        if self.comment_closes_at is None:
            return None
        return self.comment_closes_at.astimezone(zoneinfo.ZoneInfo(self.zone))

    @property
    def closing(self) -> str:
        """When comments close, as the agency's clock shows it; "" when it is not known."""
        return closing_words(self.local_closing)


def closing_words(moment: dt.datetime | None) -> str:
    """Date, time and zone of a local `moment`."""
    if moment is None:
        return ""
    day = formats.date_format(moment.date(), "DATE_FORMAT")
    return f"{day}{comma()}{formats.time_format(moment.time(), 'TIME_FORMAT')} {moment.tzname()}"
