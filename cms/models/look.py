"""What a site's branding and a programme's theme share: logo, colours, fonts, letterhead, contact."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PreviewableMixin

from cms import logo_input, logos, themes
from cms.enums import FontPair
from cms.validators import validate_hex_color

COLORS_PANEL = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("primary_color"), FieldPanel("accent_color")]),
        FieldPanel("font_pair"),
    ],
    heading=gettext_lazy("Colors and fonts"),
)
CONTACT_PANEL = MultiFieldPanel(
    [
        FieldPanel("letterhead_lines"),
        FieldPanel("address"),
        FieldPanel("contact_name"),
        FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
    ],
    heading=gettext_lazy("Letterhead and contact"),
)


class DrawingField(models.TextField):
    """An SVG drawing, cleaned by the form and once more before it is stored."""

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        kwargs.pop("widget", None)  # Wagtail offers a text area
        return super().formfield(**{**kwargs, "form_class": logo_input.DrawingFormField})

    def pre_save(self, instance: models.Model, add: bool) -> str:
        drawing = getattr(instance, self.attname)
        cleaned = logos.clean_svg(drawing) if drawing else ""
        setattr(instance, self.attname, cleaned)
        return cleaned

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class LookForm(WagtailAdminModelForm):
    """The live specimen shows colours that could not be saved, and says which pairs fail."""

    def defer_required_fields(self) -> None:
        super().defer_required_fields()
        self.instance.is_trial = True


class Look(PreviewableMixin, models.Model):
    """Abstract. `contrast_errors()` names each pair of colours that cannot be read."""

    logo = models.ForeignKey(
        "cms.CreditedImage",
        verbose_name=gettext_lazy("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=gettext_lazy("PNG with a transparent background, at least 400 pixels wide."),
    )
    logo_drawing = DrawingField(
        gettext_lazy("logo as a drawing"), blank=True, help_text=logo_input.HELP
    )
    primary_color = models.CharField(
        gettext_lazy("primary color"),
        max_length=7,
        default="#1b4965",
        validators=[validate_hex_color],
        help_text=gettext_lazy(
            "Headings, links and the letterhead. White text must be readable on it."
        ),
    )
    accent_color = models.CharField(
        gettext_lazy("accent color"),
        max_length=7,
        default="#a63d1a",
        validators=[validate_hex_color],
        help_text=gettext_lazy("Key figures and charts. It must be readable on white."),
    )
    font_pair = models.CharField(
        gettext_lazy("fonts"),
        max_length=20,
        choices=FontPair.choices,
        default=FontPair.PUBLIC,
        help_text=gettext_lazy(
            "The same on the site and in PDFs. A pair is made when it is first chosen, in about a minute."
        ),
    )

    letterhead_lines = models.TextField(
        gettext_lazy("letterhead lines"),
        blank=True,
        help_text=gettext_lazy("Printed under the name, one a line: office, officers."),
    )
    address = models.TextField(gettext_lazy("address"), blank=True)
    contact_name = models.CharField(gettext_lazy("contact"), max_length=255, blank=True)
    contact_email = models.EmailField(gettext_lazy("contact e-mail"), blank=True)
    contact_phone = models.CharField(gettext_lazy("contact telephone"), max_length=40, blank=True)

    base_form_class = LookForm
    preview_modes = [("", gettext_lazy("Specimen"))]
    is_trial = False  # shown, not saved

    class Meta:
        abstract = True

    def colors(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in (themes.PRIMARY, themes.ACCENT)}

    def clean(self) -> None:
        """Refuse a colour that cannot be read, and name the pairs that fail."""
        super().clean()
        errors: dict[str, list[ValidationError]] = {}
        for field, color in self.colors().items():
            if color:
                try:
                    validate_hex_color(color)
                except ValidationError as error:
                    errors[field] = [error]
        if not self.is_trial:
            for field, results in themes.failures(self.colors()).items():
                errors.setdefault(field, []).extend(_unreadable(result) for result in results)
        if errors:
            raise ValidationError(errors)

    @property
    def logo_digest(self) -> str:
        return logos.digest(self.logo_drawing) if self.logo_drawing else ""

    def serve_preview(self, request, mode_name):
        # upward: Wagtail asks a setting to show itself, the views know how
        from cms.views.specimen import specimen_view

        return specimen_view(request, self, mode_name)


def _unreadable(result: themes.Measured) -> ValidationError:
    words = _(
        "%(pair)s has a contrast of %(ratio)s to 1; text needs at least 4.5 to 1. "
        "Choose a darker color."
    )
    params = {"pair": result.pair.name, "ratio": result.shown_ratio}
    return ValidationError(words, params=params, code="contrast")
