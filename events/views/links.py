"""Buttons of the room that send a speaker the personal link, and take it back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from events.domain.appearance_links import revoke
from events.domain.errors import PresentationRefused
from events.domain.link_mail import send_link
from events.views.presentations import PresentationMixin


class SendLinkView(PresentationMixin):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            link = send_link(self.presentation, user=request.user)
        except PresentationRefused as refusal:
            messages.error(request, str(refusal))
        else:
            words = _(
                "The personal link is on its way to %(address)s. Earlier ones no longer work."
            )
            messages.success(request, words % {"address": link.sent_to})
        return self.back()


class RevokeLinkView(PresentationMixin):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        event, speaker = self.presentation.event, self.presentation.speaker
        if revoke(speaker, event=event, user=request.user):
            words = _("The personal link of %(speaker)s no longer works.")
        else:
            words = _("%(speaker)s has no personal link that works.")
        messages.success(request, words % {"speaker": speaker})
        return self.back()
