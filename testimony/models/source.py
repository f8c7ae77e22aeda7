"""Sources: where a figure or a claim comes from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PublishingPanel
from wagtail.search import index

from testimony.models.library_item import LibraryItem


class Source(LibraryItem):
    """One publication. Placed by reference, printed as a footnote."""

    title = models.CharField(_("title"), max_length=500)
    author = models.CharField(
        _("author"), max_length=255, blank=True, help_text=_("Person or agency, as it is cited.")
    )
    publisher = models.CharField(_("publisher"), max_length=255, blank=True)
    published = models.CharField(
        _("published"), max_length=32, blank=True, help_text=_("Year or date: 2021, May 2023.")
    )
    url = models.URLField(_("web address"), max_length=500, blank=True)
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)
    note = models.CharField(
        _("table or page"), max_length=255, blank=True, help_text=_("For example: table 3, p. 12.")
    )

    panels = [
        FieldPanel("title", required_on_save=True),
        FieldRowPanel([FieldPanel("author"), FieldPanel("publisher")]),
        FieldRowPanel([FieldPanel("published"), FieldPanel("note")]),
        FieldRowPanel([FieldPanel("url"), FieldPanel("retrieved_on")]),
        *LibraryItem.care_panels,
        PublishingPanel(),
    ]
    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("author"),
        index.SearchField("publisher"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_preview_template(self, request, mode_name) -> str:
        return "testimony/previews/source.html"
