"""Positions: where the organisation stands on one version of a vehicle, on whose authority, and since when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import PositionStatus, Stance
from events.models.agenda import Plank
from events.models.vehicle import Vehicle
from events.models.vehicle_history import VehicleVersion


def a_user() -> models.ForeignKey:
    """Somebody who did something to a position; the log keeps their name when the account is gone."""
    field: models.ForeignKey = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    field.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    return field


class PositionQuerySet(models.QuerySet):
    def counting(self) -> PositionQuerySet:
        """Not withdrawn: in force before proposed, the latest first."""
        return self.exclude(status=PositionStatus.WITHDRAWN).order_by(
            models.Case(models.When(status=PositionStatus.IN_FORCE, then=0), default=1),
            "-taken_on",
            "-pk",
        )

    def with_authority(self) -> PositionQuerySet:
        """With everything that `events.domain.positions.authority_of` reads."""
        return self.select_related("vehicle", "version", "plank__agenda", "override_by")


class Position(models.Model):
    """Proposed → in force, or withdrawn. `events.domain.positions` changes the state.

    What is in force keeps its vehicle and stance: another stance is another position.
    """

    vehicle = models.ForeignKey(
        Vehicle,
        verbose_name=_("bill or rule"),
        on_delete=models.CASCADE,
        related_name="positions",
    )
    version = models.ForeignKey(
        VehicleVersion,
        verbose_name=_("version"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="positions",
    )
    stance = models.CharField(_("position"), max_length=32, choices=Stance.choices)
    status = models.CharField(
        _("status"),
        max_length=16,
        choices=PositionStatus.choices,
        default=PositionStatus.PROPOSED,
        editable=False,
    )
    taken_on = models.DateField(_("taken on"), default=timezone.localdate)
    plank = models.ForeignKey(
        Plank,
        verbose_name=_("plank of the agenda"),
        null=True,
        blank=True,
        # PROTECT: a position does not lose what it rests on unseen.
        on_delete=models.PROTECT,
        related_name="positions",
    )
    decision = models.TextField(
        _("decision"),
        blank=True,
        help_text=_(
            "For what no plank covers: what was decided, in a sentence. Once the position is in force, the public "
            "reads it beside the agenda."
        ),
    )
    decided_by = models.CharField(_("who decided"), max_length=255, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision_url = models.URLField(_("source of the decision"), blank=True)
    note = models.TextField(_("notes for staff"), blank=True)

    recorded_by = a_user()
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    put_in_force_by = a_user()
    put_in_force_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = a_user()
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    override_by = a_user()
    # Who answers for it is said also when the account is gone.
    override_name = models.CharField(max_length=255, blank=True, editable=False)
    override_at = models.DateTimeField(null=True, editable=False)
    override_reason = models.TextField(blank=True, editable=False)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["-taken_on", "-pk"]
        permissions = [("override_position", "Can allow a position without authority")]

    def __str__(self) -> str:
        return f"{self.vehicle.identifier}: {self.get_stance_display()}"

    @property
    def is_withdrawn(self) -> bool:
        return self.status == PositionStatus.WITHDRAWN

    @property
    def url(self) -> str:
        return reverse("events:position", args=[self.pk])
