"""What goes into an event's packet, as somebody chose it: remembered for that event."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.event import Event

MOST_COPIES = 500


class EventPacket(models.Model):
    """One for each event whose packet was arranged. Without one everything that is suggested goes in."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="packet")
    copies = models.PositiveSmallIntegerField(
        _("copies needed"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_COPIES)],
        help_text=_("Printed on the cover, for whoever stands at the copier."),
    )
    double_sided = models.BooleanField(
        _("for printing on both sides"),
        default=False,
        help_text=_("Each part begins on a right-hand page; blank pages fill the gaps."),
    )
    choices = models.CharField(max_length=200, blank=True)  # as `PrintChoices.query()` writes them

    class Meta:
        verbose_name = _("packet")
        verbose_name_plural = _("packets")

    def __str__(self) -> str:
        return _("Packet: %(event)s") % {"event": self.event}


class PacketItem(models.Model):
    """One part: a document on one of its papers, or a file. `is_included` is False for what was left out."""

    packet = models.ForeignKey(EventPacket, on_delete=models.CASCADE, related_name="items")
    sort_order = models.PositiveIntegerField()
    item_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    item_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("item_type", "item_id")
    paper = models.CharField(max_length=40, blank=True)
    version = models.CharField(max_length=40, blank=True)  # of what is read out
    is_included = models.BooleanField(default=True)

    class Meta:
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["packet", "item_type", "item_id", "paper", "version"],
                name="packet_item_once",
            )
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [str(self.item), self.paper, self.version]))
