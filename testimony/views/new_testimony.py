"""The button "New testimony" on a hearing."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.models import User
from events.domain.errors import PresentationRefused
from events.models import Event
from testimony.domain.new_testimony import NoArchive, start_testimony


@require_POST
def new_testimony(request: HttpRequest, event_id: int) -> HttpResponse:
    """Start a draft for the event and open it in the editor. Raises PermissionDenied."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    event = get_object_or_404(Event.objects.with_place(), pk=event_id)
    try:
        page = start_testimony(event, user=request.user)
    except NoArchive as error:
        messages.error(request, str(error))
        return redirect("wagtailadmin_home")
    except PresentationRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("events:room", event.pk)
    messages.success(
        request,
        _("Draft started for %(event)s. What the event knows is filled in.")
        % {"event": event.title},
    )
    return redirect("wagtailadmin_pages:edit", page.pk)
