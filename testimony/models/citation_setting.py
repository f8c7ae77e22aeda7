"""How sources are cited, for the whole installation."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from testimony.csl import CitationStyle


@register_setting(icon="openquote")
class CitationSetting(BaseGenericSetting):
    """One row, made by migration."""

    style = models.CharField(
        _("citation style"),
        max_length=60,
        choices=CitationStyle.choices,
        default=CitationStyle.APA,
        help_text=_("Of the notes of every document, on the web and on paper."),
    )

    panels = [FieldPanel("style")]

    class Meta:
        verbose_name = _("citations")

    def __str__(self) -> str:
        return str(self.get_style_display())

    @classmethod
    def style_column(cls) -> Coalesce:
        """The chosen style as a column of another query."""
        chosen = models.Subquery(cls.objects.values("style")[:1])
        return Coalesce(chosen, models.Value(CitationStyle.APA.value))

    @classmethod
    def current_style(cls) -> str:
        """The chosen style, in one query that never writes."""
        return cls.objects.values_list("style", flat=True).first() or CitationStyle.APA
