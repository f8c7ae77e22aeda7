"""What only some kinds of events have. `events.forms.events` shows each kind its own."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.enums import PUBLIC_KINDS, Audience, EventKind, EventStatus
from events.validators import Step, steps_of, validate_run_of_show

EVERY_KIND = (
    *("kind", "body", "title", "timezone", "status", "audience", "notes"),
    *("local_date", "local_time", "is_all_day", "place", "video_url"),
)
BEFORE_A_BODY = ("vehicle", "speaking_limit_seconds", "agenda_url", "portal_url", "lasts_days")
MOST_DAYS = 14
# The fields that matter, by kind. What a kind does not list is not shown, and is kept as it was.
FIELDS_OF_KIND: dict[str, tuple[str, ...]] = {
    EventKind.HEARING: (*EVERY_KIND, *BEFORE_A_BODY),
    EventKind.FLOOR: (*EVERY_KIND, *BEFORE_A_BODY),
    EventKind.AGENCY_MEETING: (*EVERY_KIND, *BEFORE_A_BODY),
    EventKind.PRESS_CONFERENCE: (
        *EVERY_KIND,
        *("press_contact", "advisory", "release_date", "release_time", "run_of_show"),
        "speaking_limit_seconds",
    ),
    EventKind.COMMUNITY_EVENT: (
        *EVERY_KIND,
        *("host", "audience_expected", "languages", "interpretation_offered", "accessibility"),
        *("childcare", "food", "speaking_limit_seconds", "lasts_days"),
    ),
    EventKind.CONFERENCE: (
        *EVERY_KIND,
        *("host", "audience_expected", "languages", "accessibility", "portal_url"),
        *("speaking_limit_seconds", "lasts_days"),
    ),
    EventKind.COMMENT_PERIOD: (
        *("kind", "body", "title", "timezone", "status", "audience", "notes", "vehicle"),
        *("opens_date", "opens_time", "local_date", "local_time", "portal_url"),
    ),
}


class EventDetails(models.Model):
    """Columns of an event. A class of its own, so that each file stays one subject."""

    audience = models.CharField(
        _("who may see it"),
        max_length=8,
        choices=Audience.choices,
        default=Audience.USUAL,
        help_text=_(
            "As usual: hearings, floor sessions, agency meetings and comment periods stand in the public calendar "
            "once they are confirmed, other kinds do not."
        ),
    )
    # A number and no last day: it stays right when the event is moved.
    lasts_days = models.PositiveSmallIntegerField(
        _("lasts how many days"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
        help_text=_("Of a hearing or conference of several days in a row."),
    )
    portal_url = models.URLField(
        _("where to sign up or hand in"),
        max_length=500,
        blank=True,
        help_text=_("Leave empty to use the body's."),
    )
    agenda_url = models.URLField(_("official agenda or notice"), max_length=500, blank=True)
    press_contact = models.ForeignKey(
        "cms.Person",
        verbose_name=_("press contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    advisory = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("media advisory"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page that invites the press. The public sees it once it is published."),
    )
    release_at = models.DateTimeField(_("materials are released"), null=True, blank=True)
    run_of_show = models.TextField(
        _("run of show"),
        blank=True,
        validators=[validate_run_of_show],
        help_text=_(
            "One step a line: minutes | what happens | who. For example: 5 | Welcome | Imani Calloway."
        ),
    )
    host = models.ForeignKey(
        "cms.Organization",
        verbose_name=_("host or partner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    audience_expected = models.PositiveIntegerField(_("people expected"), null=True, blank=True)
    languages = models.CharField(
        _("languages spoken"), max_length=255, blank=True, help_text=_("English, Somali.")
    )
    interpretation_offered = models.CharField(
        _("interpretation"),
        max_length=255,
        blank=True,
        help_text=_("Into which languages, and how to ask for another."),
    )
    accessibility = models.TextField(
        _("accessibility"), blank=True, help_text=_("Steps, elevator, hearing loop, whom to ask.")
    )
    childcare = models.CharField(_("childcare"), max_length=255, blank=True)
    food = models.CharField(_("food"), max_length=255, blank=True)

    class Meta:
        abstract = True

    @property
    def steps(self) -> list[Step]:
        return steps_of(self.run_of_show)

    @property
    def is_on_the_site(self) -> bool:
        """Whether the public may know of it. Lists ask `events.domain.visibility.public_events` instead."""
        if self.status == EventStatus.TENTATIVE:  # type: ignore[attr-defined]  # a column of Event
            return False
        usual = self.audience == Audience.USUAL and self.kind in PUBLIC_KINDS  # type: ignore[attr-defined]
        return usual or self.audience == Audience.PUBLIC
