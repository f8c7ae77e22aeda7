"""A programme's own look on its documents: what it leaves empty is the site's."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.enums import FontPair
from cms.models.look import COLORS_PANEL, CONTACT_PANEL, Look
from cms.validators import validate_hex_color


class Theme(Look):
    """Chosen by a document, for example "Housing programme"."""

    name = models.CharField(
        _("name"), max_length=120, unique=True, help_text=_("For example: Housing program.")
    )
    organization_name = models.CharField(
        _("organization name"),
        max_length=255,
        blank=True,
        help_text=_("As it stands in the letterhead."),
    )
    primary_color = models.CharField(
        _("primary color"), max_length=7, blank=True, validators=[validate_hex_color]
    )
    accent_color = models.CharField(
        _("accent color"), max_length=7, blank=True, validators=[validate_hex_color]
    )
    font_pair = models.CharField(
        _("fonts"), max_length=20, blank=True, choices=FontPair.choices, default=""
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("name")],
            heading=_("Theme"),
            help_text=_("What you leave empty is as in the branding of the site."),
        ),
        MultiFieldPanel(
            [FieldPanel("logo"), FieldPanel("logo_drawing")],
            heading=_("Logo"),
        ),
        COLORS_PANEL,
        CONTACT_PANEL,
    ]

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
