"""Small vocabularies of the ground floor."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganizationKind(models.TextChoices):
    DEPARTMENT = "department", _("Public agency")
    PARTNER = "partner", _("Community partner")
    RESEARCH = "research", _("Research institution")
    PRESS = "press", _("Press")
    OTHER = "other", _("Other")


class Language(models.TextChoices):
    """Languages a document may be written in (BCP 47 tags, used as HTML and PDF language).

    Only those whose words on paper are translated.
    """

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    VIETNAMESE = "vi", _("Vietnamese")
    ARABIC = "ar", _("Arabic")
    SOMALI = "so", _("Somali")
    HAITIAN_CREOLE = "ht", _("Haitian Creole")
    CHINESE = "zh-Hans", _("Chinese (simplified)")


# Those in which screens and mails are written: `settings.LANGUAGES`.
SPOKEN_BY_ROSTRUM = (Language.ENGLISH, Language.SPANISH)
RIGHT_TO_LEFT = frozenset({Language.ARABIC})


class FontPair(models.TextChoices):
    """Two families that go together: one for headings and small print, one for the text."""

    PUBLIC = "public", _("Public Sans with Source Serif: plain and steady")
    PLEX = "plex", _("IBM Plex Sans with IBM Plex Serif: precise and modern")
    HUMANIST = "humanist", _("Source Sans with Literata: warm, for long reading")


class GroupName(models.TextChoices):
    """The groups that the first migration makes; names are stored, so they are not translated."""

    AUTHORS = "Authors", "Authors"
    APPROVERS = "Approvers", "Approvers"
    SPEAKERS = "Speakers", "Speakers"
    ADMINISTRATORS = "Administrators", "Administrators"
