"""The identity that the website and every PDF share."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.validators import validate_contrast, validate_hex_color


@register_setting(icon="view")
class Branding(BaseSiteSetting):
    """Name, logo, two colours and letterhead of one site. Made by migration, since a setting
    that is created on first read would be a write in a GET."""

    organization_name = models.CharField(_("organization name"), max_length=255, default="Rostrum")
    tagline = models.CharField(_("tagline"), max_length=255, blank=True)
    notice = models.CharField(
        _("notice"),
        max_length=500,
        blank=True,
        help_text=_("Shown at the top of every public page, for example that the site is a demo."),
    )
    logo = models.ForeignKey(
        "cms.CreditedImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("PNG with a transparent background, at least 400 pixels wide."),
    )
    primary_color = models.CharField(
        _("primary colour"),
        max_length=7,
        default="#1b4965",
        validators=[validate_hex_color],
        help_text=_("Headings, links and the letterhead. White text must be readable on it."),
    )
    accent_color = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#a63d1a",
        validators=[validate_hex_color],
        help_text=_("Key figures and charts. It must be readable on white."),
    )
    letterhead_lines = models.TextField(
        _("letterhead lines"),
        blank=True,
        help_text=_("Printed under the name, one a line: office, officers."),
    )
    address = models.TextField(_("address"), blank=True)
    contact_name = models.CharField(_("contact"), max_length=255, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_phone = models.CharField(_("contact telephone"), max_length=40, blank=True)

    select_related = ["logo"]

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("organization_name"),
                FieldPanel("tagline"),
                FieldPanel("notice"),
                FieldPanel("logo"),
            ],
            heading=_("Name"),
        ),
        FieldRowPanel(
            [FieldPanel("primary_color"), FieldPanel("accent_color")], heading=_("Colours")
        ),
        MultiFieldPanel(
            [
                FieldPanel("letterhead_lines"),
                FieldPanel("address"),
                FieldPanel("contact_name"),
                FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
            ],
            heading=_("Letterhead and contact"),
        ),
    ]

    class Meta:
        verbose_name = _("branding")

    def __str__(self) -> str:
        return self.organization_name

    def clean(self) -> None:
        """Refuse a colour that cannot be read, and name the pair that fails."""
        errors: dict[str, ValidationError] = {}
        for field, pair in (
            ("primary_color", _("White text on the primary colour")),
            ("accent_color", _("The accent colour on white")),
        ):
            try:
                validate_hex_color(getattr(self, field))
                validate_contrast(getattr(self, field), "#ffffff", pair=str(pair))
            except ValidationError as error:
                errors[field] = error
        if errors:
            raise ValidationError(errors)
