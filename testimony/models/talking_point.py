"""Talking points: the sentences that are used again."""

from __future__ import annotations

import json

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.models import Issue, Person
from cms.panels import SchedulePanel
from testimony.enums import SHORT_FEATURES, Audience, PointKind
from testimony.models.library_item import LibraryItem

# Wagtail's own script shows what is only for some kinds; without it everything is shown.
BY_KIND = {"data-controller": "w-rules", "data-action": "change->w-rules#resolve"}


def only_for(kind: PointKind) -> dict[str, str]:
    """Attributes of a panel that matters for one kind of talking point."""
    return {
        "data-w-rules-target": "show",
        "data-w-rules": json.dumps({"kind": [kind.value]}),
    }


class IssueTaggedTalkingPoint(ItemBase):
    # CASCADE: with PROTECT a revision that names a deleted issue could be neither edited nor published.
    tag = models.ForeignKey(Issue, related_name="tagged_talking_points", on_delete=models.CASCADE)
    content_object = ParentalKey(
        "testimony.TalkingPoint", related_name="issue_tagged_items", on_delete=models.CASCADE
    )


class TalkingPoint(LibraryItem):
    """A message with its evidence, written once. Statistics and sources stand in its text by reference.

    Of a question, `title` is what is asked and `text` the answer; `follow_up` is for the staff alone.
    """

    kind = models.CharField(
        _("kind"), max_length=16, choices=PointKind.choices, default=PointKind.MESSAGE
    )
    title = models.CharField(
        _("message"), max_length=255, help_text=_("The point in one sentence; choosers show it.")
    )
    text = RichTextField(_("text"), blank=True, features=SHORT_FEATURES)
    follow_up = models.ForeignKey(
        Person,
        verbose_name=_("who follows up"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who answers what the speaker does not know. Staff only, never published."),
    )
    audience = models.CharField(
        _("audience"), max_length=16, choices=Audience.choices, default=Audience.EVERYBODY
    )
    issues = ClusterTaggableManager(
        verbose_name=_("issues"), through=IssueTaggedTalkingPoint, blank=True
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                HelpPanel(
                    _("The message is what you may be asked, the text your answer."),
                    attrs=only_for(PointKind.QUESTION),
                ),
                HelpPanel(
                    _("Words that stand in many documents: about us, contact, legal lines."),
                    attrs=only_for(PointKind.BOILERPLATE),
                ),
                FieldPanel("title", required_on_save=True),
                FieldPanel("text"),
                FieldPanel("follow_up", attrs=only_for(PointKind.QUESTION)),
            ],
            heading=_("What is said"),
            attrs=BY_KIND,
        ),
        FieldRowPanel([FieldPanel("issues", heading=_("Issues")), FieldPanel("audience")]),
        *LibraryItem.care_panels,
        SchedulePanel(),
    ]
    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("text"),
        index.FilterField("live"),
        index.FilterField("audience"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("talking point")
        verbose_name_plural = _("talking points")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_question(self) -> bool:
        return self.kind == PointKind.QUESTION

    def clean(self) -> None:
        super().clean()
        if self.follow_up_id and not self.is_question:
            words = _("Only a question has somebody who follows up. Choose that kind, or nobody.")
            raise ValidationError({"follow_up": words})
        if self.is_question and not self.follow_up_id and not self.text.strip():
            raise ValidationError({"text": _("Write the answer, or choose who follows up.")})

    def get_preview_template(self, request, mode_name) -> str:
        return "testimony/previews/talking_point.html"
