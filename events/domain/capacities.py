"""On whose behalf a speaker speaks, as it is printed and as it is said."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cms.models import Organization, Person
from events.enums import Capacity, PresentationStatus
from events.models import Presentation


def presentation_of(event_id: int | None, speaker_id: int | None) -> Presentation | None:
    """The one that stands for this speaker at this event, if any."""
    if not event_id or not speaker_id:
        return None
    found = Presentation.objects.filter(event=event_id, speaker=speaker_id)
    found = found.exclude(status=PresentationStatus.WITHDRAWN)
    return found.select_related("partner").order_by("pk").first()


def capacity_line(presentation: Presentation | None, speaker: Person) -> str:
    """For the facts at the head of a paper: "Officially, for Example County". Who is on no list speaks officially."""
    capacity = presentation.capacity if presentation else Capacity.OFFICIAL
    own = speaker.organization.name if speaker.organization else ""
    if capacity == Capacity.PERSONAL:
        return _("Personally, for nobody else")
    if capacity == Capacity.PARTNER and presentation and presentation.partner:
        return _("For %(organization)s") % {"organization": presentation.partner.name}
    if own:
        return _("Officially, for %(organization)s") % {"organization": own}
    return _("Officially")


def capacity_facts(presentation: Presentation) -> dict[str, str]:
    """As a record keeps it: the name of the capacity, the partner's, and the words of the paper in the active language."""
    return {
        "capacity": str(presentation.capacity),
        "partner": presentation.partner.name if presentation.partner else "",
        "words": capacity_line(presentation, presentation.speaker),
    }


def capacity_sentence(capacity: str, partner: Organization | None, speaker: Person) -> str:
    """As an opening says it."""
    if capacity == Capacity.PARTNER and partner:
        return _("I speak on behalf of %(organization)s.") % {"organization": partner.name}
    if capacity == Capacity.PERSONAL and speaker.organization:
        own = {"organization": speaker.organization.name}
        return _("I speak for myself, not for %(organization)s.") % own
    if capacity == Capacity.PERSONAL:
        return _("I speak for myself.")
    return _("I speak in my official capacity.")
