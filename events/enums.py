"""Vocabularies of events, with the named groups that querysets and templates share."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventKind(models.TextChoices):
    HEARING = "hearing", _("Hearing")
    PRESS_CONFERENCE = "press_conference", _("Press conference")
    COMMUNITY_EVENT = "community_event", _("Community event")
    AGENCY_MEETING = "agency_meeting", _("Agency meeting")
    COMMENT_PERIOD = "comment_period", _("Comment period")
    FLOOR = "floor", _("Floor session")
    CONFERENCE = "conference", _("Conference")


class Audience(models.TextChoices):
    """Who may see that there is such an event. `events.domain.visibility` judges."""

    USUAL = "usual", _("As usual for its kind")
    PUBLIC = "public", _("The public")
    STAFF = "staff", _("Staff only")


# Called by public bodies, which publish them anyway. What we call ourselves, we announce when we choose to.
PUBLIC_KINDS = frozenset(
    {EventKind.HEARING, EventKind.AGENCY_MEETING, EventKind.COMMENT_PERIOD, EventKind.FLOOR}
)


class EventStatus(models.TextChoices):
    """After the Open Civic Data event schema."""

    TENTATIVE = "tentative", _("Tentative")
    CONFIRMED = "confirmed", _("Confirmed")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Canceled")
    PASSED = "passed", _("Passed")


# Nothing happens on the day that stands there: no deadline counts, and nothing is released for it.
OFF = frozenset({EventStatus.POSTPONED, EventStatus.CANCELLED})


class Deadline(models.TextChoices):
    """What a window is for. Bodies keep a clock of its own for each."""

    SIGN_UP = "sign_up", _("Sign-up to speak")
    WRITTEN = "written", _("Written testimony")
    COPIES = "copies", _("Printed copies")
    ACCOMMODATION = "accommodation", _("Request for accommodation")
    RECORD_CLOSES = "record_closes", _("Additions to the record")
    COMMENT = "comment", _("Public comment")
    OTHER = "other", _("Other")


class RuleUnit(models.TextChoices):
    MINUTES = "minutes", _("minutes")
    HOURS = "hours", _("hours")
    DAYS = "days", _("days")
    BUSINESS_DAYS = "business_days", _("business days")
    WEEKDAY = "weekday", _("weekday")


# Counted from the minute of the start; the others name a day, and need a time of day.
CLOCK_UNITS = frozenset({RuleUnit.MINUTES, RuleUnit.HOURS})


class RuleSide(models.TextChoices):
    BEFORE = "before", _("before the start")
    AFTER = "after", _("after the start")


class Weekday(models.IntegerChoices):
    """As `datetime.date.weekday` counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class ClosedDay(models.TextChoices):
    """What becomes of a day on which the offices are closed."""

    STANDS = "stands", _("it stays on that day")
    EARLIER = "earlier", _("the business day before")
    LATER = "later", _("the business day after")


class WindowProblem(models.TextChoices):
    """Why no moment could be computed. Nothing is guessed in its place."""

    NO_DATE = "no_date", _("The event has no date yet.")
    NO_TIME = "no_time", _("The event has no time of day to count hours from.")
    NONEXISTENT = (
        "nonexistent",
        _("The clocks go forward that day and skip this time: ask the body, and enter it by hand."),
    )
    AMBIGUOUS = (
        "ambiguous",
        _(
            "The clocks go back that day and this time comes twice: ask the body, and enter it by hand."
        ),
    )
    BACKWARDS = "backwards", _("For this date the rule would close the window before it opens.")
    RULE = "rule", _("The rule of the body is incomplete.")


class NoticeKind(models.TextChoices):
    MOVED = "moved", _("Moved")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Canceled")
    REINSTATED = "reinstated", _("Takes place after all")


class VehicleKind(models.TextChoices):
    BILL = "bill", _("Bill")
    ORDINANCE = "ordinance", _("Ordinance")
    RESOLUTION = "resolution", _("Resolution")
    RULE = "rule", _("Rule")
    BALLOT_QUESTION = "ballot_question", _("Ballot question")
    BUDGET = "budget", _("Budget")
    NONE = "none", _("None of these")


class Outcome(models.TextChoices):
    """What became of a vehicle. Nothing recorded is "", and is said so."""

    PENDING = "pending", _("Pending")
    PASSED_CHAMBER = "passed_chamber", _("Passed one chamber, not law yet")
    PASSED_BOTH = "passed_both", _("Passed both chambers, not law yet")
    ENACTED = "enacted", _("Became law")
    ADOPTED = "adopted", pgettext_lazy("outcome", "Adopted")  # an ordinance, a resolution, a budget
    ADOPTED_RULE = "adopted_rule", _("Adopted as a rule")
    APPROVED = "approved", _("Approved by the voters")
    FAILED = "failed", pgettext_lazy("outcome", "Failed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    VETOED = "vetoed", _("Vetoed")
    NO_DECISION = "no_decision", _("Ended without a decision")


# A bill that passed a chamber may still fail in the other, or be vetoed.
OPEN_OUTCOMES = frozenset({"", Outcome.PENDING, Outcome.PASSED_CHAMBER, Outcome.PASSED_BOTH})
WON_OUTCOMES = frozenset({Outcome.ENACTED, Outcome.ADOPTED, Outcome.ADOPTED_RULE, Outcome.APPROVED})


class PositionStatus(models.TextChoices):
    """Staff propose; approvers put in force what is covered by an agenda or a decision."""

    PROPOSED = "proposed", _("Proposed")
    IN_FORCE = "in_force", _("In force")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class AuthorityKind(models.TextChoices):
    """On what a position rests."""

    PLANK = "plank", _("Plank of an adopted agenda")
    DECISION = "decision", _("Recorded decision")
    OVERRIDE = "override", _("Exception by a named person")
    NOTHING = "nothing", _("Nothing yet")


class VersionReviewState(models.TextChoices):
    OPEN = "open", _("to look at")
    CONFIRMED = "confirmed", _("still holds")
    GONE = "gone", _("no longer asked")


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


class Capacity(models.TextChoices):
    """On whose behalf somebody speaks. Bodies ask, and so does the law on lobbying."""

    OFFICIAL = "official", _("Official, for the organization")
    PARTNER = "partner", _("For a partner organization")
    PERSONAL = "personal", _("Personal, for nobody else")


class DayOfKind(models.TextChoices):
    """What changes at the door of the room."""

    LIMIT = "limit", _("Limit cut")
    REMOTE = "remote", _("Remote now")
    IN_PERSON = "in_person", _("In person after all")


class Opening(models.TextChoices):
    """What became of an attempt to open a speaker's personal link."""

    FIRST = "first", _("Opened for the first time, on this device from now on")
    OPENED = "opened", _("Opened")
    DOCUMENT = "document", _("Document opened")
    OTHER_DEVICE = "other_device", _("Refused: another device")
    EXPIRED = "expired", _("Refused: expired")
    REVOKED = "revoked", _("Refused: revoked")


OPEN_PRESENTATIONS = frozenset({PresentationStatus.PLANNED, PresentationStatus.CONFIRMED})


class RecordKind(models.TextChoices):
    AS_DELIVERED = "as_delivered", _("As delivered")


class FileFormat(models.TextChoices):
    """Kinds of files that bodies take."""

    PDF = "pdf", _("PDF")
    WORD = "docx", _("Word (.docx)")
    ODT = "odt", _("OpenDocument (.odt)")
    TEXT = "txt", _("Plain text, or typed into a form")
    PAPER = "paper", _("On paper")


class CalendarScope(models.TextChoices):
    """What a private calendar shows."""

    ALL = "all", _("All events and deadlines")
    MINE = "mine", _("What I speak at or am responsible for")
