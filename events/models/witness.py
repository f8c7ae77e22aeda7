"""What some bodies ask of a witness beside the testimony: a curriculum vitae and a table of disclosures.

The House of Representatives, for one, asks its witnesses for both and makes them public within a day of the hearing
(the "Truth in Testimony" rule). Which bodies ask is their own data.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models import Attachment
from events.models.presentation import Presentation


class WitnessDisclosure(models.Model):
    """One for a presentation. A file that is deleted leaves a gap, which the packet tells."""

    presentation = models.OneToOneField(
        Presentation, on_delete=models.CASCADE, related_name="disclosure"
    )
    cv = models.ForeignKey(
        Attachment,
        verbose_name=_("curriculum vitae"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    disclosure_table = models.ForeignKey(
        Attachment,
        verbose_name=_("disclosure table"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Grants, contracts and payments that the body asks about."),
    )
    made_public_on = models.DateField(
        _("date made public"),
        null=True,
        blank=True,
        help_text=_("The day on which the body put testimony and disclosure on its website."),
    )
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    changed_by.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    class Meta:
        verbose_name = _("witness disclosure")
        verbose_name_plural = _("witness disclosures")

    def __str__(self) -> str:
        return _("Disclosure of %(speaker)s") % {"speaker": self.presentation.speaker}
