"""Papers about an event: its run of show, its speakers, and the front of its packet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.models import Attachment, Person, PrintJob, PrintJobItem
from cms.pdf import identity
from cms.pdf.choices import PrintChoices
from cms.pdf.packets.parts import Plan
from cms.pdf.print_jobs.creating import Wanted, create_job
from cms.pdf.print_jobs.recipes import (
    Recipe,
    branding,
    choices_of,
    read_choices,
    register_recipe,
)
from cms.pdf.registry import PdfDocument, PdfKind, register_kind, register_paper, site_language
from events.domain.access import visible_presentations
from events.domain.capacities import capacity_line
from events.domain.limits import limit_of
from events.domain.packets import Candidate
from events.domain.witness import missing_from_packet
from events.enums import Capacity, PresentationStatus
from events.models import Event, EventPacket, PresentationMaterial, WitnessDisclosure

RECIPE = "event-packet"
USUAL = PrintChoices()


@dataclass(frozen=True)
class Turn:
    """One line of the run of show."""

    number: int
    speaker: Person
    role: str
    limit: str
    interpretation: str
    documents: tuple[str, ...]
    slot: str = ""
    capacity: str = ""  # where it is not the official one


def run_of_show(event: Event) -> list[Turn]:
    """Who speaks, in order, how long and with what. Whoever withdrew is left out."""
    presentations = (
        event.presentations.exclude(status=PresentationStatus.WITHDRAWN)
        .select_related("speaker__organization", "partner")
        .prefetch_related("materials__page")
        .order_by("sort_order", "pk")
    )
    turns = []
    for number, item in enumerate(presentations, start=1):
        item.event = event
        limit = limit_of(event, item)
        interpreted = (
            str(item.get_interpretation_display()) if item.interpretation != "none" else ""
        )
        if interpreted and item.interpreter_name:
            interpreted = f"{interpreted} ({item.interpreter_name})"
        turns.append(
            Turn(
                number=number,
                speaker=item.speaker,
                role=item.speaker_role,
                limit=limit.words,
                interpretation=interpreted,
                documents=tuple(material.page.title for material in item.materials.all()),
                slot=item.slot,
                capacity=""
                if item.capacity == Capacity.OFFICIAL
                else capacity_line(item, item.speaker),
            )
        )
    return turns


def speakers_of(event: Event) -> list[Person]:
    return list(dict.fromkeys(turn.speaker for turn in run_of_show(event)))


class EventPdf(PdfKind):
    """Shared by the papers about an event: in the language of the site, for staff and speakers."""

    def document(
        self,
        obj: Event,
        *,
        draft: bool = False,
        version: str = "",
        choices: PrintChoices = USUAL,
    ) -> PdfDocument:
        choices = choices.limited_to(self.takes)
        with translation.override(site_language()):
            context = {
                **identity.letterhead(branding(), draft=draft),
                "event": obj,
                "turns": run_of_show(obj),
                "speakers": speakers_of(obj),
            }
            title = f"{self.label}: {obj.title}"
        stem = f"{self.name}-{slugify(obj.title) or obj.pk}"
        return self.made_of(context, title=title, stem=stem, draft=draft, choices=choices)

    def text(self, obj: Event) -> str:
        return "\n".join(" ".join((turn.speaker.name, turn.role)) for turn in run_of_show(obj))

    def payload(self, obj: Event) -> dict[str, Any]:
        return {"title": str(obj), "text": self.text(obj)}


class RunOfShowPdf(EventPdf):
    name = "run-of-show"
    label = gettext_lazy("Run of show")
    about = gettext_lazy("Who speaks, in order, for how long and with what.")
    template = "events/print/run_of_show.html"


class SpeakersPdf(EventPdf):
    name = "speakers"
    label = gettext_lazy("About the speakers")
    about = gettext_lazy("A short biography of each.")
    template = "events/print/speakers.html"

    def suits(self, obj: Event) -> bool:
        return any(speaker.bio for speaker in speakers_of(obj))


class EventPacketRecipe(Recipe):
    """Cover, contents and run of show, then the parts. A part that fails stops it: a packet is handed to people."""

    name = RECIPE
    template = "events/print/packet.html"
    holds = True

    def trusts(self, job: PrintJob, obj: Any) -> bool:
        """Documents that the owner may already read as those of a presentation."""
        if job.owner is None:  # only the command line has none
            return True
        if isinstance(obj, Attachment):
            return _is_disclosed(job, obj)
        if isinstance(obj, Event):
            return True
        presentations = visible_presentations(job.owner).filter(event_id=job.subject_id)
        return PresentationMaterial.objects.filter(
            presentation__in=presentations, page_id=obj.pk
        ).exists()

    def back_url(self, job: PrintJob) -> str:
        return reverse("events:packet", args=[job.subject_id])

    def context(self, job: PrintJob, items: list[PrintJobItem], plan: Plan) -> dict[str, Any]:
        event = Event.objects.select_related("body", "vehicle").get(pk=job.subject_id or 0)
        missing = [item.title for item in job.items.exclude(pk__in=[item.pk for item in items])]
        return {
            **super().context(job, items, plan),
            "event": event,
            "turns": run_of_show(event),
            "speakers": speakers_of(event),
            "copies": job.options.get("copies"),
            "missing": missing,
            "incomplete": missing_from_packet(event),
            "page_count": plan.pages,
            "choices": choices_of(job),
        }


def _is_disclosed(job: PrintJob, file: Attachment) -> bool:
    """Attached by a witness of the event whose packet it is, for those who may read about that witness."""
    speaking = visible_presentations(job.owner).filter(event_id=job.subject_id)
    given = WitnessDisclosure.objects.filter(presentation__in=speaking)
    return given.filter(Q(cv=file.pk) | Q(disclosure_table=file.pk)).exists()


def create_packet_job(
    packet: EventPacket, candidates: list[Candidate], *, owner: Any, resume: bool = False
) -> PrintJob:
    """A job that prints what is included. Raises NothingToPrint when that is nothing."""
    event = packet.event
    language = site_language()
    with translation.override(language):
        title = _("Packet: %(event)s") % {"event": event.title}
    wanted = [
        Wanted(one.obj, paper=one.paper, version=one.version, title=one.title, group=one.group)
        for one in candidates
        if one.included
    ]
    return create_job(
        wanted,
        owner=owner,
        resume=resume,
        title=title,
        language=language,
        choices=read_choices(packet.choices),
        filename=f"packet-{event.title}-{event.local_date or ''}",
        recipe=RECIPE,
        subject=event,
        double_sided=packet.double_sided,
        options={"copies": packet.copies},
    )


def register() -> None:
    """Called once by `EventsConfig.ready()`."""
    register_kind(Event, RunOfShowPdf)
    register_paper(Event, SpeakersPdf)
    register_recipe(EventPacketRecipe())
