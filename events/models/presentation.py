"""Presentations: one speaker at one event, with the documents they bring."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from django.conf import settings
from django.db import models
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from cms.models import Organization, Person
from events.enums import OPEN_PRESENTATIONS, Capacity, Interpretation, PresentationStatus
from events.models.event import Event


class PresentationQuerySet(models.QuerySet):
    def open(self) -> PresentationQuerySet:
        """Still to come: planned or confirmed."""
        return self.filter(status__in=OPEN_PRESENTATIONS)

    def with_event(self) -> PresentationQuerySet:
        return self.select_related("event__body", "event__vehicle", "speaker", "partner")


class Presentation(ClusterableModel):
    """Planned → confirmed → delivered, or withdrawn. `events.domain.presentations` changes the state."""

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="presentations"
    )
    speaker = models.ForeignKey(
        Person, verbose_name=_("speaker"), on_delete=models.PROTECT, related_name="presentations"
    )
    role_title = models.CharField(
        _("role at the time"), max_length=255, blank=True, help_text=_("Empty: the person's role.")
    )
    interpretation = models.CharField(
        _("interpretation"),
        max_length=16,
        choices=Interpretation.choices,
        default=Interpretation.NONE,
        help_text=_("Consecutive interpretation doubles the time that the words need."),
    )
    interpreter_name = models.CharField(
        _("interpreter"), max_length=255, blank=True, help_text=_("Who interprets, if known.")
    )
    slot_at = models.DateTimeField(
        _("slot"), null=True, blank=True, help_text=_("When this speaker is called.")
    )
    limit_seconds = models.PositiveIntegerField(
        _("own speaking limit"), null=True, blank=True, help_text=_("Empty: the event's.")
    )
    capacity = models.CharField(
        _("speaks in which capacity"),
        max_length=16,
        choices=Capacity.choices,
        default=Capacity.OFFICIAL,
        help_text=_("Printed in the opening of the testimony and on the podium copy."),
    )
    partner = models.ForeignKey(
        Organization,
        verbose_name=_("partner spoken for"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_remote = models.BooleanField(_("speaks by video"), default=False)
    status = models.CharField(
        _("status"),
        max_length=16,
        choices=PresentationStatus.choices,
        default=PresentationStatus.PLANNED,
        editable=False,
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    delivered_at = models.DateTimeField(_("delivered"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    changed_by.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    notes = models.TextField(_("notes for staff"), blank=True)
    # What an import knows it by, so that it comes in once.
    source_key = models.CharField(max_length=255, unique=True, null=True, editable=False)

    objects = PresentationQuerySet.as_manager()

    class Meta:
        verbose_name = _("presentation")
        verbose_name_plural = _("presentations")
        permissions = [("deliver_presentation", "Can mark a presentation delivered")]
        ordering = ["event", "sort_order", "pk"]

    def __str__(self) -> str:
        return f"{self.speaker} – {self.event}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_PRESENTATIONS

    @property
    def speaker_role(self) -> str:
        """The role that is printed beside the name: that of the day, else the person's."""
        return self.role_title or self.speaker.role_title

    @property
    def starts_at(self) -> dt.datetime | None:
        """The speaker's slot, else the start of the event."""
        return self.slot_at or self.event.starts_at

    @property
    def local_slot(self) -> dt.datetime | None:
        """The slot as clocks at the place of the event show it."""
        if self.slot_at is None:
            return None
        return self.slot_at.astimezone(zoneinfo.ZoneInfo(self.event.timezone))

    @property
    def slot(self) -> str:
        """For example 10:40 a.m. EST; with its day when that is another than the event's; "" without one."""
        moment = self.local_slot
        if moment is None:
            return ""
        clock = f"{formats.time_format(moment.time(), 'TIME_FORMAT')} {moment.tzname()}"
        if moment.date() == self.event.local_date:
            return clock
        return f"{formats.date_format(moment.date(), 'DATE_FORMAT')}, {clock}"


class PresentationMaterial(Orderable):
    """A document that belongs to a presentation. Any page: events do not know document types."""

    presentation = ParentalKey(Presentation, on_delete=models.CASCADE, related_name="materials")
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("document"),
        # PROTECT: what somebody is to carry to the table does not vanish from the list unseen.
        on_delete=models.PROTECT,
        related_name="presentation_materials",
    )
    # Set by `events.domain.filing` only: somebody said that it may be handed in.
    ready_at = models.DateTimeField(_("ready to file"), null=True, editable=False)
    ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    ready_by.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    class Meta(Orderable.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(fields=["presentation", "page"], name="material_once")
        ]

    def __str__(self) -> str:
        return str(self.page)
