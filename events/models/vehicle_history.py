"""What happens to a vehicle: its versions, what was done with it, what its agency asks, and what a new version asks of us."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from events.enums import VersionReviewState
from events.models.vehicle import Vehicle


class VehicleVersion(models.Model):
    """The current one is the one that `Vehicle.version` names; it gets its row when the vehicle is saved."""

    vehicle = ParentalKey(Vehicle, on_delete=models.CASCADE, related_name="versions")
    label = models.CharField(_("version"), max_length=120)
    published_on = models.DateField(_("date"), null=True, blank=True)
    url = models.URLField(_("web address"), blank=True)
    noted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["noted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["vehicle", "label"],
                name="version_label_once",
                violation_error_message=_("This version is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_current(self) -> bool:
        return self.label == self.vehicle.version


class VehicleAction(models.Model):
    """A dated step: referred, heard, amended, voted on."""

    vehicle = ParentalKey(Vehicle, on_delete=models.CASCADE, related_name="actions")
    taken_on = models.DateField(_("date"))
    text = models.CharField(_("what was done"), max_length=255)
    url = models.URLField(_("web address"), blank=True)

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["-taken_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.taken_on}: {self.text}"


class VehicleQuestion(Orderable):
    """A numbered question of the notice. A comment answers each under a heading of its own."""

    vehicle = ParentalKey(Vehicle, on_delete=models.CASCADE, related_name="questions")
    number = models.CharField(_("number"), max_length=20)
    text = models.TextField(_("question"))

    class Meta(Orderable.Meta):
        verbose_name = _("question of the agency")
        verbose_name_plural = _("questions of the agency")

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class VersionReviewQuerySet(models.QuerySet):
    def open(self) -> VersionReviewQuerySet:
        return self.filter(state=VersionReviewState.OPEN)


class VersionReview(models.Model):
    """A position or a document that was made for an earlier version: somebody looks and says that it holds.

    A further version goes into the open review: `before` stays, `after` moves on.
    """

    vehicle = models.ForeignKey(Vehicle, on_delete=models.CASCADE, related_name="version_reviews")
    before = models.CharField(_("made for"), max_length=120)
    after = models.CharField(_("now"), max_length=120)
    position = models.ForeignKey(
        "events.Position",
        null=True,
        on_delete=models.CASCADE,
        related_name="version_reviews",
    )
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="version_reviews"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("for"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(
        _("state"),
        max_length=16,
        choices=VersionReviewState.choices,
        default=VersionReviewState.OPEN,
    )
    created_at = models.DateTimeField(_("changed"), default=timezone.now)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    cleared_at = models.DateTimeField(null=True)
    note = models.CharField(_("note"), max_length=255, blank=True)

    objects = VersionReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("new version to look at")
        verbose_name_plural = _("new versions to look at")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["position"],
                condition=models.Q(state="open"),
                name="version_review_position_once",
            ),
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(state="open"), name="version_review_page_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vehicle.identifier}: {self.before} → {self.after}"

    @property
    def url(self) -> str:
        return reverse("events:version_review", args=[self.pk])
