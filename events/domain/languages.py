"""In which language to write to somebody: what is recorded of the person, else what they chose for their account."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F
from django.db.models.functions import Lower
from wagtail.users.models import UserProfile

from cms.models import Person


def language_of(person: Person) -> str:
    """ "" where neither the person nor the account says."""
    if person.language or person.user_id is None:
        return person.language
    profiles = UserProfile.objects.filter(user=person.user_id)
    return profiles.values_list("preferred_language", flat=True).first() or ""


def languages_of(addresses: Collection[str]) -> dict[str, str]:
    """By address, in small letters; those of whom nothing is known are left out. Three queries.

    Where several people share an address, the first of them who says anything decides.
    """
    people = Person.objects.exclude(language="").order_by("-pk")
    profiles = UserProfile.objects.exclude(preferred_language="").order_by("-pk")
    # What is recorded of a person stands last: it overrules what the account says.
    asked = (
        profiles.annotate(address=Lower("user__email"), spoken=F("preferred_language")),
        people.annotate(address=Lower("email"), spoken=F("language")),
        people.filter(user__is_active=True).annotate(
            address=Lower("user__email"), spoken=F("language")
        ),
    )
    found: dict[str, str] = {}
    for rows in asked:
        found.update(rows.filter(address__in=addresses).values_list("address", "spoken"))
    return found
