"""Fact sheets: one or two printed pages that are left on a legislator's desk."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import RichTextField

from cms.models import Issue
from events.models import Vehicle
from testimony.enums import SHORT_FEATURES
from testimony.models.document_page import DocumentPage
from testimony.models.statistic import Statistic


class IssueTaggedFactSheet(ItemBase):
    tag = models.ForeignKey(Issue, related_name="tagged_fact_sheets", on_delete=models.CASCADE)
    content_object = ParentalKey(
        "testimony.FactSheetPage", related_name="issue_tagged_items", on_delete=models.CASCADE
    )


class PageBudget(models.IntegerChoices):
    ONE = 1, _("One page")
    TWO = 2, _("Two pages")


class FactSheetPage(DocumentPage):
    """Main message and ask on top, one key figure, evidence, sources, contact."""

    headline = models.CharField(
        _("main message"),
        max_length=255,
        blank=True,
        help_text=_("What the reader should remember."),
    )
    key_figure = models.ForeignKey(
        Statistic,
        verbose_name=_("key figure"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    ask = RichTextField(
        _("the ask"), blank=True, features=SHORT_FEATURES, help_text=_("What should be done.")
    )
    vehicle = models.ForeignKey(
        Vehicle,
        verbose_name=_("bill or rule"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="fact_sheets",
    )
    page_budget = models.PositiveSmallIntegerField(
        _("length on paper"),
        choices=PageBudget.choices,
        default=PageBudget.TWO,
        help_text=_("Printed on both sides, two pages are one sheet."),
    )
    issues = ClusterTaggableManager(
        verbose_name=_("issues"), through=IssueTaggedFactSheet, blank=True
    )

    own_texts = ("headline", "ask")
    template = "testimony/fact_sheet_page.html"
    shown_with = (*DocumentPage.shown_with, "key_figure__source", "vehicle")

    content_panels = [
        TitleFieldPanel("title", required_on_save=True, widget=AdminAutoHeightTextInput),
        MultiFieldPanel(
            [
                FieldPanel("headline"),
                FieldPanel("ask"),
                FieldRowPanel([FieldPanel("key_figure"), FieldPanel("vehicle")]),
                FieldPanel("page_budget"),
            ],
            heading=_("Message"),
        ),
        FieldPanel("body"),
        DocumentPage.about_panel,
    ]

    class Meta:
        verbose_name = _("fact sheet")
        verbose_name_plural = _("fact sheets")
