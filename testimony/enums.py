"""Vocabularies of what is said."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """Kinds of testimony, as committees and transcripts name them."""

    TESTIMONY = "testimony", _("Testimony")
    PREPARED_STATEMENT = "prepared_statement", _("Prepared statement")
    ORAL_STATEMENT = "oral_statement", _("Oral statement")
    OPENING_STATEMENT = "opening_statement", _("Opening statement")
    MEMBER_STATEMENT = "member_statement", _("Member statement")
    FLOOR_STATEMENT = "floor_statement", _("Floor statement")
    STATEMENT_FOR_THE_RECORD = "statement_for_the_record", _("Statement for the record")
    SPEECH = "speech", _("Speech")
    PUBLIC_COMMENT = "public_comment", _("Public comment")


class Unit(models.TextChoices):
    PERCENT = "percent", _("percent")
    PEOPLE = "people", _("people")
    HOUSEHOLDS = "households", _("households")
    DOLLARS = "dollars", _("dollars")
    DOLLARS_PER_HOUR = "dollars_per_hour", _("dollars an hour")
    PER_100_000 = "per_100_000", _("per 100,000 people")
    TIMES = "times", _("times as many")
    POINTS = "points", _("percentage points")
    YEARS = "years", _("years")
    NUMBER = "number", _("(no unit)")


class Scale(models.TextChoices):
    """Words that stand behind a figure instead of its zeros: 2.1 million."""

    NONE = "none", _("(none)")
    THOUSAND = "thousand", _("thousand")
    MILLION = "million", _("million")
    BILLION = "billion", _("billion")


class Audience(models.TextChoices):
    EVERYBODY = "everybody", _("Everybody")
    LEGISLATORS = "legislators", _("Legislators")
    PRESS = "press", _("Press")
    COMMUNITY = "community", _("Community")


class PointKind(models.TextChoices):
    """What a talking point is for."""

    MESSAGE = "message", _("Message")
    QUESTION = "question", _("Question and answer")
    BOILERPLATE = "boilerplate", _("Boilerplate")


class Freshness(models.TextChoices):
    """Whether somebody has looked at an item lately enough."""

    FRESH = "fresh", _("Fresh")
    DUE = "due", _("Due soon")
    STALE = "stale", _("Stale")


class EntryKind(models.TextChoices):
    """What staff can find with one search; talking points by what they are for."""

    MESSAGE = "message", _("Message")
    QUESTION = "question", _("Question and answer")
    BOILERPLATE = "boilerplate", _("Boilerplate")
    STATISTIC = "statistic", _("Statistic")
    SOURCE = "source", _("Source")
    MESSAGE_MAP = "message_map", _("Message map")
    TESTIMONY = "testimony", _("Testimony")
    FACT_SHEET = "fact_sheet", _("Fact sheet")


class ReferenceMode(models.TextChoices):
    """How a document holds an item of the library."""

    FOLLOW = "follow", _("Follow the library")
    PINNED = "pinned", _("Keep today’s wording (pin)")
    ADAPTED = "adapted", _("Our own wording (adapted)")


class ChartKind(models.TextChoices):
    BAR = "bar", _("Bars")
    LINE = "line", _("Line")
    STACKED = "stacked", _("Stacked bars: parts of a whole")
    DOT = "dot", _("Dots: distances between series")


class LinkState(models.TextChoices):
    """What the last checks of a source's address say."""

    OK = "ok", _("Works")
    DEAD = "dead", _("Dead link")
    UNKNOWN = "unknown", _("Not known")


class UseState(models.TextChoices):
    """Where an item of the library stands: what the public reads, what is being written, what was handed in."""

    LIVING = "living", _("published")
    DRAFT = "draft", _("draft")
    FILED = "filed", _("filed")
    DELIVERED = "delivered", _("delivered")


FROZEN_USES = (UseState.FILED, UseState.DELIVERED)  # no change reaches them, and they keep the item


class RippleState(models.TextChoices):
    OPEN = "open", _("open")
    KEPT = "kept", _("kept as it now reads")
    ADJUSTED = "adjusted", _("document adjusted")
    GONE = "gone", _("no longer shown")


class Rank(models.TextChoices):
    """What a block is worth when time is short."""

    KEEP = "keep", _("Must keep")
    TRIM = "trim", _("May trim")
    FIRST = "first", _("First to go")


class CheckState(models.TextChoices):
    """What a check of a document found."""

    OK = "ok", _("In place")
    ADVICE = "advice", _("Look at it")
    MISSING = "missing", _("Missing")


class BlockUse(models.TextChoices):
    """Where a block is shown."""

    BOTH = "both", _("Spoken and written")
    SPOKEN = "spoken", _("Spoken only")
    WRITTEN = "written", _("Written only")


class AdaptationKind(models.TextChoices):
    """What a version is for."""

    LOCAL = "local", _("local version")
    SHORTER = "shorter", _("shorter version")
    AUDIENCE = "audience", _("version for another audience")


DOCUMENT_FEATURES = [
    "bold",
    "italic",
    "link",
    "ol",
    "ul",
    "superscript",
    "subscript",
    "blockquote",
    "statistic",
    "source",
    "note",
]
SHORT_FEATURES = ["bold", "italic", "link", "ol", "ul", "statistic", "source", "note"]
