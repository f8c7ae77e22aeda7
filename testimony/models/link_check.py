"""What is known of a source's web address."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimony.enums import LinkState
from testimony.models.source import Source


class LinkReason(models.TextChoices):
    """How a check ended."""

    ANSWERED = "answered", gettext_lazy("the page is there")
    MISSING = "missing", gettext_lazy("the page is not there")
    KEPT_OUT = "kept_out", gettext_lazy("the site keeps programs out")
    SERVER = "server", gettext_lazy("the site reports a fault")
    NO_ADDRESS = "no_address", gettext_lazy("there is no site of that name")
    NO_ANSWER = "no_answer", gettext_lazy("the site did not answer in time")
    NO_CONNECTION = "no_connection", gettext_lazy("the site could not be reached")
    CERTIFICATE = "certificate", gettext_lazy("the site's certificate is not valid")
    REDIRECTS = "redirects", gettext_lazy("the address is passed on without end")
    NOT_PUBLIC = "not_public", gettext_lazy("the address is not on the public internet")
    MALFORMED = "malformed", gettext_lazy("the address cannot be read")


class LinkCheck(models.Model):
    """The latest check. A row of its own: going back to an older version of the source must not bring an
    older answer back, and a check is no edit."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="link_check")
    source.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # not a use of it
    url = models.CharField(max_length=500)
    state = models.CharField(
        gettext_lazy("web link"),
        max_length=10,
        choices=LinkState.choices,
        default=LinkState.UNKNOWN,
    )
    reason = models.CharField(max_length=20, choices=LinkReason.choices)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    checked_at = models.DateTimeField(gettext_lazy("checked"))
    first_failed_at = models.DateTimeField(gettext_lazy("failing since"), null=True, blank=True)

    class Meta:
        verbose_name = gettext_lazy("link check")
        verbose_name_plural = gettext_lazy("link checks")
        ordering = ["-first_failed_at", "pk"]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """What the last check found: “the page is not there (404)”."""
        reason = self.get_reason_display()
        return (
            _("%(reason)s (%(status)s)") % {"reason": reason, "status": self.status}
            if (self.status and self.status != 200)
            else str(reason)
        )


def link_state(source: Source) -> LinkState | None:
    """What is known of the address `source` has now; None when it has none. `link_check` is joined."""
    if not source.url:
        return None
    check = getattr(source, "link_check", None)
    current = check is not None and check.url == source.url
    return LinkState(check.state) if check is not None and current else LinkState.UNKNOWN
