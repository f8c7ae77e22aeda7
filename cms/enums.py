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

    Only those the fonts can print. Chinese needs a typeface of about 20 MB a style: a later addition.
    """

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    VIETNAMESE = "vi", _("Vietnamese")
    ARABIC = "ar", _("Arabic")
    SOMALI = "so", _("Somali")
    HAITIAN_CREOLE = "ht", _("Haitian Creole")


RIGHT_TO_LEFT = frozenset({Language.ARABIC})


class GroupName(models.TextChoices):
    """The groups that the first migration makes; names are stored, so they are not translated."""

    AUTHORS = "Authors", "Authors"
    APPROVERS = "Approvers", "Approvers"
    SPEAKERS = "Speakers", "Speakers"
    ADMINISTRATORS = "Administrators", "Administrators"
