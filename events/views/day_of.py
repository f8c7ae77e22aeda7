"""Buttons for the door of the room: one tap, and the papers are made anew before the answer."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.admin import messages

from cms.pdf.errors import PdfError
from cms.pdf.registry import PdfDocument
from cms.pdf.waiting import InTheMaking, obtain
from events.domain.day_of import papers_to_read, set_limit, set_remote, undo_limit, words_of
from events.domain.errors import PresentationRefused
from events.enums import DayOfKind
from events.models import DayOfChange, Event
from events.permissions import CHANGE_PRESENTATION
from events.views import posted
from events.views.presentations import room_url

logger = logging.getLogger(__name__)
# A tap waits for no more than this; what is not made by then is made while people look at the answer.
PATIENCE_SECONDS = 3.0


class DayOfView(View):
    """`change` names what was tapped; `presentation` is left out where it holds for everybody."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(CHANGE_PRESENTATION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = get_object_or_404(Event.objects.with_place(), pk=pk)
        try:
            change = self.change(event)
        except PresentationRefused as refusal:
            messages.error(request, str(refusal))
        else:
            undo = self.undo_button(change) if "limit" in request.POST else ""
            messages.success(request, format_html("{} {}", self.told(change), undo))
        one = posted.number(request, "presentation")
        place = f"#presentation-{one}" if one else "#presentations"
        return redirect(f"{room_url(event)}{place}")

    def change(self, event: Event) -> DayOfChange:
        given, user = self.request.POST, self.request.user
        if "undo" in given:
            known = DayOfChange.objects.filter(event=event).select_related("presentation__speaker")
            key = posted.number(self.request, "undo")
            return undo_limit(get_object_or_404(known, pk=key), user=user)
        presentation = None
        if given.get("presentation"):
            known = event.presentations.select_related("speaker")
            presentation = known.filter(pk=posted.number(self.request, "presentation")).first()
            if presentation is None:
                raise PresentationRefused(_("This presentation is not of this event."))
        seconds = given.get("limit", "")
        if seconds:
            number = int(seconds) if seconds.isdecimal() and len(seconds) < 6 else 0
            return set_limit(event, number, user=user, presentation=presentation)
        remote = given.get("remote") == "yes"
        return set_remote(event, remote, user=user, presentation=presentation)

    def undo_button(self, change: DayOfChange) -> str:
        context = {"change": change}
        return render_to_string("events/admin/includes/undo.html", context, self.request)

    def told(self, change: DayOfChange) -> str:
        who = change.presentation.speaker if change.presentation else _("Everybody")
        said = f"{who}: {words_of(change)}"
        if change.kind != DayOfKind.LIMIT:
            return said
        made = print_now(list(papers_to_read(change)))
        if not made:
            return said
        fresh = ngettext(
            "%(count)d podium copy is up to date.", "%(count)d podium copies are up to date.", made
        )
        return f"{said} {fresh % {'count': made}}"


def print_now(papers: list[PdfDocument]) -> int:
    """How many of `papers` are there, as far as patience goes. One that fails is shown when it is asked for."""
    end = time.monotonic() + PATIENCE_SECONDS
    made = 0
    for paper in papers:
        try:
            obtain(paper, find_fault=False)
        except InTheMaking:
            pass
        except (PdfError, OSError) as error:
            logger.warning("No PDF of “%s”: %s", paper.title, error)
        else:
            made += 1
        if time.monotonic() > end:
            break
    return made
