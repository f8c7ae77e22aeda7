"""The e-mail that brings a speaker their personal link."""

from __future__ import annotations

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cms.domain.visibility import default_site
from cms.models import Branding
from events.domain.appearance_links import Issued, issue, take_back
from events.domain.errors import PresentationRefused
from events.domain.languages import language_of
from events.models import AppearanceLink, Presentation


def send_link(presentation: Presentation, *, user) -> AppearanceLink:
    """Make a new link and e-mail it. Raises as `issue`, and PresentationRefused when the mail cannot be sent; then
    the new link is revoked, since nobody has it, and the one before works on."""
    issued = issue(presentation, user=user)
    try:
        message_of(issued, presentation).send()
    except (SMTPException, OSError) as error:
        take_back(issued)
        raise PresentationRefused(
            _("The e-mail to %(address)s could not be sent. Try again.")
            % {"address": issued.link.sent_to}
        ) from error
    return issued.link


def message_of(issued: Issued, presentation: Presentation) -> EmailMessage:
    """Says nothing of what is in the documents: mail is read in many places."""
    site = default_site()
    branding = Branding.for_site(site) if site else Branding()
    address = reverse("appearances:page", args=[issued.token])
    language = language_of(presentation.speaker) or settings.LANGUAGE_CODE.partition("-")[0]
    with translation.override(language):
        context = {
            "speaker": presentation.speaker,
            "event": presentation.event,
            "address": f"{settings.ROSTRUM_BASE_URL}{address}",
            "expires_at": issued.link.expires_at,
            "branding": branding,
        }
        title = " ".join(presentation.event.title.split())
        subject = _("Your appearance: %(event)s") % {"event": title}
        body = render_to_string("events/mail/appearance_link.txt", context)
    reply_to = [branding.contact_email] if branding.contact_email else None
    return EmailMessage(subject, body, to=[issued.link.sent_to], reply_to=reply_to)
