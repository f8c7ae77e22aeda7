"""The button that says of a document that it may be handed in."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from events.domain.errors import NotReady, PresentationRefused
from events.domain.filing import mark_ready, take_back
from events.models import PresentationMaterial
from events.permissions import CHANGE_PRESENTATION


class ReadyToFileView(View):
    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not request.user.has_perm(CHANGE_PRESENTATION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = PresentationMaterial.objects.select_related("presentation", "page")
        material = get_object_or_404(rows, pk=pk)
        ready = request.POST.get("ready") == "yes"
        try:
            (mark_ready if ready else take_back)(material, user=request.user)
        except NotReady as refusal:
            items = format_html_join("", "<li>{}</li>", ((it,) for it in refusal.missing))
            messages.error(request, format_html("{}<ul>{}</ul>", str(refusal), items))
        except PresentationRefused as refusal:
            messages.error(request, str(refusal))
        else:
            words = _("“%(title)s” is ready to file.") if ready else _("“%(title)s” is not ready.")
            messages.success(request, words % {"title": material.page.title})
        room = reverse("events:room", args=[material.presentation.event_id])
        return redirect(f"{room}#document-{material.pk}")
