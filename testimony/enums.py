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


class Audience(models.TextChoices):
    EVERYBODY = "everybody", _("Everybody")
    LEGISLATORS = "legislators", _("Legislators")
    PRESS = "press", _("Press")
    COMMUNITY = "community", _("Community")


class ChartKind(models.TextChoices):
    BAR = "bar", _("Bars")
    LINE = "line", _("Line")


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
