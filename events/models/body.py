"""Decision-making bodies. Their rules differ and change, so they are data."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from cms.validators import validate_timezone


class Body(index.Indexed, models.Model):
    """A legislature's committee, a council, a board, an agency."""

    name = models.CharField(_("name"), max_length=255, unique=True)
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    parent_name = models.CharField(
        _("part of"), max_length=255, blank=True, help_text=_("For example: State Senate.")
    )
    jurisdiction = models.CharField(_("jurisdiction"), max_length=120, blank=True)
    chair_name = models.CharField(_("name of the chair"), max_length=255, blank=True)
    chair_title = models.CharField(
        _("form of address"),
        max_length=64,
        default="Chair",
        help_text=_("Not gendered by default."),
    )
    salutation = models.CharField(
        _("salutation"),
        max_length=255,
        blank=True,
        help_text=_("Leave empty for: Chair X and members of the committee."),
    )
    address = models.TextField(_("address"), blank=True)
    timezone = models.CharField(
        _("time zone"), max_length=64, default="America/New_York", validators=[validate_timezone]
    )
    speaking_limit_seconds = models.PositiveIntegerField(_("speaking limit"), null=True, blank=True)
    interpreter_factor = models.DecimalField(
        _("limit with an interpreter"),
        max_digits=2,
        decimal_places=1,
        default=Decimal(1),
        validators=[MinValueValidator(1), MaxValueValidator(4)],
        help_text=_(
            "How many times the limit a speaker gets whose words are interpreted sentence by sentence. "
            "1: no more than others. Local bodies in California: 2."
        ),
    )
    url = models.URLField(_("website"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("short_name")]),
        FieldRowPanel([FieldPanel("parent_name"), FieldPanel("jurisdiction")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("chair_title"), FieldPanel("chair_name")]),
                FieldPanel("salutation"),
                FieldPanel("address"),
            ],
            heading=_("How it is addressed"),
        ),
        FieldPanel("timezone"),
        FieldRowPanel([FieldPanel("speaking_limit_seconds"), FieldPanel("interpreter_factor")]),
        FieldPanel("url"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("short_name"),
    ]

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def salutation_line(self) -> str:
        """How testimony opens, after the custom of legislative committees."""
        if self.salutation:
            return self.salutation
        chair = " ".join(part for part in (self.chair_title, self.chair_name) if part)
        return _("%(chair)s and members of the committee:") % {"chair": chair or _("Chair")}
