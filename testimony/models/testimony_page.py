"""Testimony: what one speaker says to one body about one vehicle."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel

from cms.models import Issue, Person
from events.enums import Stance
from events.models import Event, Vehicle
from testimony.enums import DocumentKind
from testimony.models.document_page import DocumentPage


class IssueTaggedTestimony(ItemBase):
    tag = models.ForeignKey(Issue, related_name="tagged_testimony", on_delete=models.CASCADE)
    content_object = ParentalKey(
        "testimony.TestimonyPage", related_name="issue_tagged_items", on_delete=models.CASCADE
    )


class TestimonyPage(DocumentPage):
    """Foreign keys are SET_NULL: a revision that names something deleted must still open."""

    document_kind = models.CharField(
        _("kind"), max_length=32, choices=DocumentKind.choices, default=DocumentKind.TESTIMONY
    )
    event = models.ForeignKey(
        Event,
        verbose_name=_("hearing or event"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="testimony",
    )
    vehicle = models.ForeignKey(
        Vehicle,
        verbose_name=_("bill or other vehicle"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="testimony",
    )
    position = models.CharField(_("position"), max_length=32, choices=Stance.choices, blank=True)
    speaker = models.ForeignKey(
        Person,
        verbose_name=_("speaker"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="testimony",
    )
    speaker_role = models.CharField(_("role at the time"), max_length=255, blank=True)
    salutation = models.CharField(_("salutation"), max_length=255, blank=True)
    issues = ClusterTaggableManager(
        verbose_name=_("issues"), through=IssueTaggedTestimony, blank=True
    )
    # Written by imports only.
    source_key = models.CharField(
        max_length=255, unique=True, null=True, blank=True, editable=False
    )
    source_url = models.URLField(_("where it was published"), max_length=500, blank=True)
    source_publisher = models.CharField(_("published by"), max_length=255, blank=True)
    licence = models.CharField(_("licence"), max_length=64, blank=True)
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    # A copy is a new document: what the import finds again is the original.
    exclude_fields_in_copy = ["source_key", "source_digest"]

    template = "testimony/testimony_page.html"
    shown_with = (*DocumentPage.shown_with, "event__body", "vehicle", "speaker")

    content_panels = [
        TitleFieldPanel("title", required_on_save=True),
        MultiFieldPanel(
            [
                FieldPanel("event"),
                FieldRowPanel([FieldPanel("vehicle"), FieldPanel("position")]),
                FieldRowPanel([FieldPanel("speaker"), FieldPanel("speaker_role")]),
                FieldPanel("salutation"),
            ],
            heading=_("Where it is said"),
        ),
        FieldPanel("body"),
        DocumentPage.about_panel,
        MultiFieldPanel(
            [
                FieldPanel("document_kind"),
                FieldRowPanel([FieldPanel("source_publisher"), FieldPanel("licence")]),
                FieldPanel("source_url"),
            ],
            heading=_("Published elsewhere"),
            classname="collapsed",
        ),
    ]

    class Meta:
        verbose_name = _("testimony")
        verbose_name_plural = _("testimony")
