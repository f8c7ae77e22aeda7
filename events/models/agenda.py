"""Adopted agendas: what the organisation may take positions on without asking anew, plank by plank."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from cms.models import Issue

SLUG_LENGTH = 100


class AgendaQuerySet(models.QuerySet):
    def adopted(self) -> AgendaQuerySet:
        return self.filter(adopted_on__lte=timezone.localdate())

    def public(self) -> AgendaQuerySet:
        """What anybody may read: adopted, and not held back."""
        return self.adopted().filter(is_published=True)

    def in_force(self, day: dt.date | None = None) -> AgendaQuerySet:
        """Those whose planks authorise a position taken on `day` (today)."""
        day = day or timezone.localdate()
        return self.filter(adopted_on__lte=day, period_from__lte=day, period_to__gte=day)


class Agenda(index.Indexed, ClusterableModel):
    """A draft until somebody adopted it. Out of its period it authorises nothing new."""

    title = models.CharField(
        _("title"), max_length=255, help_text=_("For example: Legislative agenda 2026.")
    )
    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True, editable=False)
    introduction = models.TextField(_("introduction"), blank=True)
    period_from = models.DateField(_("from"))
    period_to = models.DateField(_("to"))
    adopted_by = models.CharField(
        _("adopted by"), max_length=255, blank=True, help_text=_("The board or council, in full.")
    )
    adopted_on = models.DateField(
        _("adopted on"), null=True, blank=True, help_text=_("Empty while it is a draft.")
    )
    source_document = models.ForeignKey(
        "cms.Attachment",
        verbose_name=_("document as adopted"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    source_url = models.URLField(_("or its web address"), blank=True)
    is_published = models.BooleanField(
        _("show it to the public"),
        default=True,
        help_text=_("From the day of its adoption. A draft is never shown."),
    )

    objects = AgendaQuerySet.as_manager()

    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")
        ordering = ["-period_from", "title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.period_from and self.period_to and self.period_to < self.period_from:
            raise ValidationError({"period_to": _("The period ends before it begins.")})
        if self.adopted_on and not self.adopted_by.strip():
            raise ValidationError({"adopted_by": _("Say who adopted it.")})
        if self.adopted_on and self.adopted_on > timezone.localdate():
            raise ValidationError(
                {"adopted_on": _("This day is still to come: leave it empty until it is adopted.")}
            )

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = self._free_slug()
        return super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        base = slugify(self.title)[: SLUG_LENGTH - 5] or "agenda"
        taken = set(type(self).objects.filter(slug__startswith=base).values_list("slug", flat=True))
        numbers = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return next(slug for slug in (base, *numbers) if slug not in taken)

    @property
    def is_adopted(self) -> bool:
        return self.adopted_on is not None and self.adopted_on <= timezone.localdate()

    @property
    def is_over(self) -> bool:
        return self.period_to < timezone.localdate()

    def authorises(self, day: dt.date) -> bool:
        """Whether a position taken on `day` may rest on it."""
        adopted = self.adopted_on is not None and self.adopted_on <= day
        return adopted and self.period_from <= day <= self.period_to

    @property
    def url(self) -> str:
        return reverse("agendas:agenda", args=[self.slug])


class Plank(Orderable, ClusterableModel):
    """One demand of an agenda."""

    agenda = ParentalKey(Agenda, on_delete=models.CASCADE, related_name="planks")
    number = models.CharField(_("number"), max_length=20)
    text = models.TextField(_("what it says"))
    issues = ParentalManyToManyField(
        Issue, verbose_name=_("issues"), blank=True, related_name="planks"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("plank")
        verbose_name_plural = _("planks")

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
