"""Vocabularies of events, with the named groups that querysets and templates share."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    HEARING = "hearing", _("Hearing")
    PRESS_CONFERENCE = "press_conference", _("Press conference")
    COMMUNITY_EVENT = "community_event", _("Community event")
    AGENCY_MEETING = "agency_meeting", _("Agency meeting")
    COMMENT_PERIOD = "comment_period", _("Comment period")
    FLOOR = "floor", _("Floor session")
    CONFERENCE = "conference", _("Conference")


class EventStatus(models.TextChoices):
    """After the Open Civic Data event schema."""

    TENTATIVE = "tentative", _("Tentative")
    CONFIRMED = "confirmed", _("Confirmed")
    CANCELLED = "cancelled", _("Cancelled")
    PASSED = "passed", _("Passed")


class VehicleKind(models.TextChoices):
    BILL = "bill", _("Bill")
    ORDINANCE = "ordinance", _("Ordinance")
    RESOLUTION = "resolution", _("Resolution")
    RULE = "rule", _("Rule")
    BALLOT_QUESTION = "ballot_question", _("Ballot question")
    BUDGET = "budget", _("Budget")


class Stance(models.TextChoices):
    """Our position on a vehicle. Each body has its own words for them; these are the department's."""

    SUPPORT = "support", _("Support")
    SUPPORT_IF_AMENDED = "support_if_amended", _("Support if amended")
    NEUTRAL = "neutral", _("Neutral / information")
    CONCERNS = "concerns", _("Concerns")
    OPPOSE_UNLESS_AMENDED = "oppose_unless_amended", _("Oppose unless amended")
    OPPOSE = "oppose", _("Oppose")


class PresentationStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    CONFIRMED = "confirmed", _("Confirmed")
    DELIVERED = "delivered", _("Delivered")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Interpretation(models.TextChoices):
    """How words in one language reach people who speak another."""

    NONE = "none", _("No interpretation")
    SIMULTANEOUS = "simultaneous", _("Simultaneous, while the speaker goes on")
    CONSECUTIVE = "consecutive", _("Consecutive, after each sentence")


OPEN_PRESENTATIONS = frozenset({PresentationStatus.PLANNED, PresentationStatus.CONFIRMED})


class RecordKind(models.TextChoices):
    AS_DELIVERED = "as_delivered", _("As delivered")
