"""Preferred terms: which words the office avoids, what it says instead, and who asked for it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.enums import Language
from cms.models import Organization


class PreferredTermQuerySet(models.QuerySet):
    def used_in(self, language: str) -> PreferredTermQuerySet:
        """In force for documents of one language."""
        return self.filter(is_active=True, language=language)


class PreferredTerm(models.Model):
    """Advice on one expression. It never stops anybody from publishing."""

    avoid = models.CharField(
        _("avoid"),
        max_length=120,
        help_text=_("As it stands in a sentence. Capitals do not matter; the plural is found too."),
    )
    prefer = models.CharField(_("say instead"), max_length=200)
    why = models.CharField(
        _("why"), max_length=300, blank=True, help_text=_("One sentence that an author will read.")
    )
    asked_by = models.ForeignKey(
        Organization,
        verbose_name=_("who asked"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_by_name = models.CharField(
        _("who asked, in words"),
        max_length=200,
        blank=True,
        help_text=_("If they are not among the organizations."),
    )
    link = models.URLField(
        _("read more"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    language = models.CharField(
        _("language"), max_length=12, choices=Language.choices, default=Language.ENGLISH
    )
    is_active = models.BooleanField(_("in use"), default=True)

    objects = PreferredTermQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("avoid"), FieldPanel("prefer")]),
        FieldPanel("why"),
        FieldRowPanel([FieldPanel("asked_by"), FieldPanel("asked_by_name")]),
        FieldPanel("link"),
        FieldRowPanel([FieldPanel("language"), FieldPanel("is_active")]),
    ]

    class Meta:
        verbose_name = _("preferred term")
        verbose_name_plural = _("preferred terms")
        ordering = ["avoid"]
        constraints = [
            models.UniqueConstraint(
                fields=["avoid", "language"],
                name="term_once_per_language",
                violation_error_message=_("This expression is on the list already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.avoid} → {self.prefer}"

    @property
    def who_asked(self) -> str:
        return str(self.asked_by) if self.asked_by else self.asked_by_name

    def clean(self) -> None:
        super().clean()
        self.avoid = " ".join(self.avoid.split())
        if not any(character.isalnum() for character in self.avoid):
            raise ValidationError({"avoid": _("Write a word or a few words.")})
