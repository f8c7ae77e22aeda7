"""The identity that the website and every PDF share."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.models.look import COLORS_PANEL, CONTACT_PANEL, Look


@register_setting(icon="view")
class Branding(Look, BaseSiteSetting):
    """Name, logo, colours, fonts and letterhead of one site. Made by migration, since a setting
    that is created on first read would be a write in a GET."""

    organization_name = models.CharField(_("organization name"), max_length=255, default="Rostrum")
    tagline = models.CharField(_("tagline"), max_length=255, blank=True)
    notice = models.CharField(
        _("notice"),
        max_length=500,
        blank=True,
        help_text=_("Shown at the top of every public page, for example that the site is a demo."),
    )

    select_related = ["logo"]

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("organization_name"),
                FieldPanel("tagline"),
                FieldPanel("notice"),
                FieldPanel("logo"),
                FieldPanel("logo_drawing"),
            ],
            heading=_("Name"),
        ),
        COLORS_PANEL,
        CONTACT_PANEL,
    ]

    class Meta:
        verbose_name = _("branding")

    def __str__(self) -> str:
        return self.organization_name
