"""Testimony: what one speaker says to one body about one vehicle."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput

from cms.models import Issue, Person
from events.enums import Stance
from events.models import BodyPosition, Event, Record, Vehicle
from testimony.enums import DocumentKind
from testimony.models.cuts import CutsPanel, known_marks
from testimony.models.document_page import DocumentPage
from testimony.models.sign_ons import SignOn, sign_ons_of, validate_sign_ons


def with_delivery(pages: models.QuerySet) -> models.QuerySet:
    """Rows that know when they were delivered, so that showing their day reads nothing."""
    records = Record.objects.filter(
        page_id=models.OuterRef("pk"), presentation__event_id=models.OuterRef("event_id")
    )
    first = records.order_by("delivered_at").values("delivered_at")[:1]
    return pages.annotate(first_delivered_at=models.Subquery(first))


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
        verbose_name=_("bill or rule"),
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
    sign_ons = models.TextField(
        _("who joins"),
        blank=True,
        validators=[validate_sign_ons],
        help_text=_(
            "One a line: organization | person | title. Lines pasted from a spreadsheet are understood too. "
            "Printed after the signature, each once, in this order."
        ),
    )
    has_numbered_paragraphs = models.BooleanField(
        _("number the paragraphs"),
        default=False,
        help_text=_("For comments that will be answered point by point."),
    )
    issues = ClusterTaggableManager(
        verbose_name=_("issues"), through=IssueTaggedTestimony, blank=True
    )
    # Written by imports only.
    source_key = models.CharField(
        max_length=255, unique=True, null=True, blank=True, editable=False
    )
    source_url = models.URLField(_("where it was published"), max_length=500, blank=True)
    source_publisher = models.CharField(_("published by"), max_length=255, blank=True)
    licence = models.CharField(_("license"), max_length=64, blank=True)
    source_digest = models.CharField(max_length=64, blank=True, editable=False)
    # Beside the stream, by the id of each block, so that stored blocks stay as they are.
    cuts = models.JSONField(_("shorter versions"), default=dict, blank=True)

    # A copy is a new document: what the import finds again is the original.
    exclude_fields_in_copy = ["source_key", "source_digest"]

    template = "testimony/testimony_page.html"
    shown_with = (*DocumentPage.shown_with, "event__body", "vehicle", "speaker")

    content_panels = [
        TitleFieldPanel("title", required_on_save=True, widget=AdminAutoHeightTextInput),
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
        CutsPanel("cuts"),
        MultiFieldPanel(
            [FieldPanel("sign_ons"), FieldPanel("has_numbered_paragraphs")],
            heading=_("On paper"),
            classname="collapsed",
        ),
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

    def clean(self) -> None:
        super().clean()
        self.cuts = known_marks(self.cuts, self.body)

    @property
    def preview_modes(self):
        """Also the version that fits the limit of its hearing, where that is no usual one."""
        # upward: the editor asks the page for the versions that the domain makes of it
        from testimony.domain.comments import is_comment
        from testimony.domain.cuts import WRITTEN_VERSION, versions_at

        if is_comment(self):
            return DocumentPage.preview_modes
        versions = versions_at(self.event.limit_seconds if self.event else None)
        shown = [(it.name, it.label) for it in versions if it is not WRITTEN_VERSION]
        return [*DocumentPage.preview_modes, *shown]

    def serve_preview(self, request, mode_name):
        # upward: Wagtail asks a page to serve itself, the views know how
        from testimony.domain.cuts import versions_of
        from testimony.views.versions import preview_version

        version = next((it for it in versions_of(self) if it.name == mode_name), None)
        if version is not None:
            return preview_version(request, self, version)
        return super().serve_preview(request, mode_name)

    @classmethod
    def for_serving(cls) -> models.QuerySet:
        own = BodyPosition.objects.filter(
            body=models.OuterRef("event__body"), stance=models.OuterRef("position")
        )
        pages = with_delivery(super().for_serving())
        return pages.annotate(word_of_body=models.Subquery(own.values("label")[:1]))

    @property
    def effective_date(self) -> dt.date | None:
        """The day it is said: that of the hearing, wherever that moves, until it is delivered there.

        The column `date` is what a person entered where no event knows; otherwise lists sort and filter by
        it, and `save()` and `domain.dates` keep it in step.
        """
        if self.event is None:
            return self.date
        return self.delivered_on or self.event.local_date or self.date

    @cached_property
    def delivered_on(self) -> dt.date | None:
        """The day, at the place of its event, on which it was delivered there. Free after `with_delivery()`."""
        if self.event is None or self.pk is None:
            return None
        if not hasattr(self, "first_delivered_at"):
            delivered = self.delivered_records.filter(presentation__event=self.event)
            moment = delivered.aggregate(first=models.Min("delivered_at"))["first"]
        else:
            moment = self.first_delivered_at
        return moment and moment.astimezone(zoneinfo.ZoneInfo(self.event.timezone)).date()

    @property
    def position_words(self) -> str:
        """The position as its body calls it, else as we do, in the language of the moment."""
        return self._own_word or str(self.get_position_display())

    @cached_property
    def _own_word(self) -> str:
        if hasattr(self, "word_of_body"):  # as the page is served
            return self.word_of_body or ""
        body = self.event.body if self.event and self.position else None
        own = body.label_of(self.position) if body else None
        return own.label if own else ""

    @property
    def joined_by(self) -> list[SignOn]:
        return sign_ons_of(self.sign_ons)

    def with_content_json(self, content):
        """Aliases and copies take the content of another page, which does not make them what was imported."""
        page = super().with_content_json(content)
        page.source_key = self.source_key
        return page

    @property
    def is_imported(self) -> bool:
        return bool(self.source_key)

    def save(self, *args, **kwargs):
        self.date = self.effective_date
        if self.alias_of_id is not None:  # Wagtail copies every column
            self.source_key, self.source_digest = None, ""
        return super().save(*args, **kwargs)

    class Meta:
        verbose_name = _("testimony")
        verbose_name_plural = _("testimony")
