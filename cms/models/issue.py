"""Issues: the curated vocabulary that everything is tagged with."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel


class IssueQuerySet(models.QuerySet):
    def active(self) -> IssueQuerySet:
        """Issues an author may choose: neither retired nor merged into another."""
        return self.filter(is_active=True, merged_into__isnull=True)


class Issue(TagBase):
    """A subject the organisation speaks on, such as paid leave.

    Few, owned and described: authors choose from the list and cannot add to it by typing.
    Issues are retired or merged, never deleted, because old revisions name them.
    """

    free_tagging = False

    description = models.TextField(
        _("description"), blank=True, help_text=_("One or two sentences shown on the public site.")
    )
    synonyms = models.TextField(
        _("synonyms"),
        blank=True,
        help_text=_("Other words people use for it, one a line. Search finds them."),
    )
    is_active = models.BooleanField(
        _("offered to authors"),
        default=True,
        help_text=_("Untick to retire the issue. What is tagged with it stays tagged."),
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="merged_issues",
    )

    objects = IssueQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldPanel("description"),
        FieldPanel("synonyms"),
        FieldPanel("is_active"),
    ]

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["name"]

    @property
    def synonym_list(self) -> list[str]:
        return [line.strip() for line in self.synonyms.splitlines() if line.strip()]
