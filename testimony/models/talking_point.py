"""Talking points: the sentences that are used again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PublishingPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.models import Issue
from testimony.enums import SHORT_FEATURES, Audience
from testimony.models.library_item import LibraryItem


class IssueTaggedTalkingPoint(ItemBase):
    # CASCADE: with PROTECT a revision that names a deleted issue could be neither edited nor published.
    tag = models.ForeignKey(Issue, related_name="tagged_talking_points", on_delete=models.CASCADE)
    content_object = ParentalKey(
        "testimony.TalkingPoint", related_name="issue_tagged_items", on_delete=models.CASCADE
    )


class TalkingPoint(LibraryItem):
    """A message with its evidence, written once. Statistics and sources stand in its text by reference."""

    title = models.CharField(
        _("message"), max_length=255, help_text=_("The point in one sentence; choosers show it.")
    )
    text = RichTextField(_("text"), blank=True, features=SHORT_FEATURES)
    audience = models.CharField(
        _("audience"), max_length=16, choices=Audience.choices, default=Audience.EVERYBODY
    )
    issues = ClusterTaggableManager(
        verbose_name=_("issues"), through=IssueTaggedTalkingPoint, blank=True
    )

    panels = [
        FieldPanel("title", required_on_save=True),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("issues", heading=_("Issues")), FieldPanel("audience")]),
        *LibraryItem.care_panels,
        PublishingPanel(),
    ]
    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("text"),
        index.FilterField("live"),
        index.FilterField("audience"),
    ]

    class Meta:
        verbose_name = _("talking point")
        verbose_name_plural = _("talking points")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_preview_template(self, request, mode_name) -> str:
        return "testimony/previews/talking_point.html"
