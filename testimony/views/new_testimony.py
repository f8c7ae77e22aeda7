"""The buttons "New testimony" on a hearing, and the page that asks who will speak."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.models import Person, User
from events.domain.errors import PresentationRefused
from events.models import Event, Presentation
from events.views import posted
from events.views.room import event_breadcrumbs
from testimony.domain.new_testimony import (
    NoArchive,
    give_speaker,
    obvious_presentation,
    start_testimony,
)
from testimony.forms import SpeakerForm
from testimony.models import TestimonyPage
from testimony.permissions import may_add_documents

SOMEBODY, NOBODY = "person", "nobody"


class NewTestimonyView(WagtailAdminTemplateMixin, TemplateView):
    """Each answer is a button, so that one click does it, with and without JavaScript.

    A post that names nobody comes from the hearing: with one speaker who has no document yet, the answer is
    known, else the question is asked.
    """

    template_name = "testimony/admin/who_will_speak.html"
    page_title = gettext_lazy("Who will speak?")
    header_icon = "openquote"
    http_method_names = ["get", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.event.is_off or not may_add_documents(request.user):
            return _start(request, self.event)  # which says why not
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def event(self) -> Event:
        return get_object_or_404(Event.objects.with_place(), pk=self.kwargs["event_id"])

    def get_page_subtitle(self) -> str:
        return self.event.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        crumbs = event_breadcrumbs(self.event, self.request.user)
        return [*crumbs, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        presentations = (
            Presentation.objects.open()
            .filter(event=self.event)
            .select_related("speaker__organization")
        )
        listed = list(presentations.prefetch_related("materials"))
        own = Person.objects.filter(user_id=self.request.user.pk or 0)
        own = own.exclude(pk__in=[item.speaker_id for item in listed])
        return {
            "form": SpeakerForm(),
            **super().get_context_data(**kwargs),
            "event": self.event,
            "listed": listed,
            "own": own.select_related("organization").first(),
            "back_url": reverse("events:room", args=[self.event.pk]),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        who = request.POST.get("who", "")
        if who == NOBODY:
            return self.answer()
        if who.isdecimal():
            presentation = get_object_or_404(_open(), event=self.event, pk=posted.key(who))
            return self.answer(presentation=presentation)
        if who != SOMEBODY:
            return self._unsaid(request)
        form = SpeakerForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        return self.answer(speaker=form.cleaned_data["person"])

    def answer(self, **speaker: Any) -> HttpResponse:
        return _start(self.request, self.event, **speaker)

    def _unsaid(self, request: HttpRequest) -> HttpResponse:
        if not isinstance(request.user, User):
            raise PermissionDenied
        presentation = obvious_presentation(self.event, request.user)
        if presentation is None:
            return redirect("testimony:new", self.event.pk)
        return _start(request, self.event, presentation=presentation)


class SpeakerOfDraftView(NewTestimonyView):
    """The same question about a draft that was begun without an answer."""

    @cached_property
    def page(self) -> TestimonyPage:
        pages = TestimonyPage.objects.filter(event__isnull=False)
        return get_object_or_404(pages, pk=self.kwargs["page_id"])

    @cached_property
    def event(self) -> Event:
        return get_object_or_404(Event.objects.with_place(), pk=self.page.event_id)

    def get_page_subtitle(self) -> str:
        return self.page.draft_title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "draft": self.page}

    def answer(self, **speaker: Any) -> HttpResponse:
        if not isinstance(self.request.user, User):
            raise PermissionDenied
        try:
            page = give_speaker(self.page, user=self.request.user, **speaker)
        except PresentationRefused as refusal:
            messages.error(self.request, str(refusal))
        else:
            said = {"name": page.speaker, "title": page.draft_title}
            messages.success(self.request, _("%(name)s will speak “%(title)s”.") % said)
        return redirect("events:room", self.event.pk)

    def _unsaid(self, request: HttpRequest) -> HttpResponse:
        return redirect("testimony:speaker", self.page.pk)


@require_POST
def new_testimony_for(request: HttpRequest, presentation_id: int) -> HttpResponse:
    """Start a draft for the speaker of this presentation and open it in the editor."""
    presentation = get_object_or_404(_open(), pk=presentation_id)
    event = Event.objects.with_place().get(pk=presentation.event_id)
    return _start(request, event, presentation=presentation)


def _open() -> Any:
    return Presentation.objects.open().select_related("speaker__organization")


def _start(request: HttpRequest, event: Event, **speaker: Any) -> HttpResponse:
    """The draft in the editor, which leads back to the hearing. Raises PermissionDenied."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    room = reverse("events:room", args=[event.pk])
    try:
        page = start_testimony(event, user=request.user, **speaker)
    except NoArchive as error:
        messages.error(request, str(error))
        return redirect("wagtailadmin_home")
    except PresentationRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(room)
    messages.success(
        request,
        _("Draft started for %(event)s. What the event knows is filled in.")
        % {"event": event.title},
    )
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return redirect(f"{edit}?{urlencode({'next': room})}")
