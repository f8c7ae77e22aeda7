"""A speaker's personal link to their own appearances: no account, one address, one device."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models import Person
from events.enums import Opening


class AppearanceLink(models.Model):
    """The token itself is only in the e-mail: what is stored proves it and cannot be turned back into it."""

    person = models.ForeignKey(
        Person,
        verbose_name=_("speaker"),
        on_delete=models.CASCADE,
        related_name="appearance_links",
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    # Set by the first opening: others than this device get nothing.
    device_hash = models.CharField(max_length=64, blank=True, editable=False)
    sent_to = models.EmailField(_("sent to"), blank=True)
    created_at = models.DateTimeField(_("sent"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_by.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return _("Personal link of %(person)s") % {"person": self.person}


class LinkOpening(models.Model):
    """One attempt to open a link that is known. Those of unknown links go to the log of the server only."""

    link = models.ForeignKey(AppearanceLink, on_delete=models.CASCADE, related_name="openings")
    at = models.DateTimeField(_("when"))
    outcome = models.CharField(_("what happened"), max_length=16, choices=Opening.choices)
    detail = models.CharField(_("document"), max_length=255, blank=True)
    device = models.CharField(
        _("device"), max_length=120, blank=True
    )  # what the browser says of itself

    class Meta:
        verbose_name = _("opening of a personal link")
        verbose_name_plural = _("openings of personal links")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.at:%Y-%m-%d %H:%M}"
