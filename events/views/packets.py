"""The packet of an event: what goes in, in which order, on which paper; remembered, then printed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.permissions import policy_registry

from cms.models import Attachment, PrintJob
from cms.pdf.choices import COLOURS, PAPERS, SIZES, PrintChoices
from cms.pdf.print_jobs import running
from cms.pdf.print_jobs.creating import NothingToPrint
from cms.pdf.print_jobs.recipes import read_choices
from events.domain.access import sees_everything
from events.domain.packets import Candidate, arranged, attachment, remember
from events.domain.witness import missing_from_packet
from events.models import Event, EventPacket
from events.models.packet import MOST_COPIES
from events.pdf import RECIPE, create_packet_job
from events.permissions import CHANGE_PRESENTATION
from events.views.room import event_breadcrumbs

LAST_PLACE = 999


class PacketForm(forms.Form):
    """How the packet is made; each part has a place and a tick besides, read by `arrangement`."""

    outside = forms.ModelChoiceField(
        label=gettext_lazy("Add an uploaded PDF"),
        queryset=Attachment.objects.all(),
        required=False,
        widget=AdminDocumentChooser,
        help_text=gettext_lazy(
            "It goes to the end as an appendix. A packet with one is no longer fully accessible."
        ),
    )
    copies = forms.IntegerField(
        label=gettext_lazy("Copies needed"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_COPIES)],
        help_text=gettext_lazy("Printed on the cover, for whoever stands at the copier."),
    )
    double_sided = forms.BooleanField(
        label=gettext_lazy("For printing on both sides"),
        required=False,
        help_text=gettext_lazy("Each part begins on a right-hand page; blank pages fill the gaps."),
    )
    paper = forms.ChoiceField(label=gettext_lazy("Paper"), choices=list(PAPERS.items()))
    colour = forms.ChoiceField(label=gettext_lazy("Color"), choices=list(COLOURS.items()))
    size = forms.ChoiceField(label=gettext_lazy("Type"), choices=list(SIZES.items()))

    def __init__(self, *args: Any, candidates: list[Candidate], user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        policy = policy_registry.get_by_type(Attachment)
        files = policy.instances_user_has_any_permission_for(user, {"add", "change", "choose"})
        self.fields["outside"].queryset = files  # type: ignore[attr-defined]

    def clean_outside(self) -> Attachment | None:
        file = self.cleaned_data["outside"]
        if file is not None and not file.filename.lower().endswith(".pdf"):
            raise forms.ValidationError(_("It is not a PDF. Print it to a PDF and upload that."))
        return file

    def arrangement(self) -> list[Candidate]:
        """The parts in the order and choice of the form; equal places keep the order they had."""
        ticked = set(self.data.getlist("part"))  # type: ignore[attr-defined]
        rows = [replace(one, included=one.name in ticked) for one in self.candidates]
        rows.sort(key=lambda one: _place(self.data.get(f"place-{one.name}", "")))
        outside = self.cleaned_data.get("outside")
        if outside is not None and all(one.obj != outside for one in rows):
            rows.append(attachment(outside))
        return rows

    def choices_made(self) -> PrintChoices:
        given = self.cleaned_data
        return PrintChoices(paper=given["paper"], colour=given["colour"], size=given["size"])


def _place(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else LAST_PLACE


class PacketView(WagtailAdminTemplateMixin, FormView):
    """Staff who arrange appearances: the packet shows drafts of all who speak."""

    form_class = PacketForm
    template_name = "events/admin/packet.html"
    page_title = gettext_lazy("Packet")
    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (sees_everything(request.user) and request.user.has_perm(CHANGE_PRESENTATION)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def event(self) -> Event:
        events = Event.objects.select_related("body", "vehicle")
        return get_object_or_404(events, pk=self.kwargs["pk"])

    @cached_property
    def packet(self) -> EventPacket:
        packet = EventPacket.objects.filter(event=self.event).first()
        return packet or EventPacket(event=self.event)

    def get_page_subtitle(self) -> str:
        return self.event.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        crumbs = event_breadcrumbs(self.event, self.request.user)
        return [*crumbs, {"url": "", "label": str(self.page_title)}]

    def get_initial(self) -> dict[str, Any]:
        choices = read_choices(self.packet.choices)
        return {
            "copies": self.packet.copies or self._asked_copies(),
            "double_sided": self.packet.double_sided,
            "paper": choices.paper,
            "colour": choices.colour,
            "size": choices.size,
        }

    def _asked_copies(self) -> int | None:
        """What the body asks for, until somebody chose otherwise."""
        asked = self.event.body.copies_required if self.event.body else None
        return asked if asked and asked <= MOST_COPIES and not self.packet.pk else None

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        return {**kwargs, "candidates": arranged(self.event), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        jobs = PrintJob.objects.filter(
            owner=self.request.user.pk, recipe=RECIPE, subject_id=self.event.pk
        )
        return {
            **context,
            "event": self.event,
            "parts": list(enumerate(context["form"].candidates, start=1)),
            "latest": jobs.first(),
            "incomplete": missing_from_packet(self.event),
            "back_url": reverse("events:room", args=[self.event.pk]),
        }

    def form_valid(self, form: PacketForm) -> HttpResponse:
        given = form.cleaned_data
        parts = form.arrangement()
        packet = remember(
            self.event,
            parts,
            copies=given["copies"],
            double_sided=given["double_sided"],
            choices=form.choices_made(),
        )
        if "print" not in self.request.POST:
            messages.success(self.request, _("The choice is kept for this event."))
            return redirect("events:packet", self.event.pk)
        try:
            job = create_packet_job(packet, parts, owner=self.request.user)
        except NothingToPrint as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        running.begin(job)
        return redirect("printing:job", job.pk)
