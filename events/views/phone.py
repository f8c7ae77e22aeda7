"""A speaker's own page: reached by a personal link, made for a phone in a corridor.

Whatever is wrong with an address or a device, the answer is one page: it says whom to ask, and tells nothing else.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.models import Person
from cms.pdf.errors import PdfError
from cms.pdf.registry import UnknownVersion, kind_for
from cms.pdf.waiting import InTheMaking, obtain
from cms.views.pdf import in_the_making, serve_stored_pdf
from events.domain import appearance_links
from events.domain.appearance_links import LinkRefused, appearances_of
from events.domain.clashes import Burden, burdens_of
from events.domain.languages import language_of
from events.domain.last_change import LastChange, last_change
from events.domain.limits import limit_of
from events.domain.reading import NOW, document_of, reading_copy_of
from events.enums import Capacity, Deadline, Opening, PresentationStatus
from events.models import AppearanceLink, Presentation, PresentationMaterial, Window
from events.models.event import when_in_words
from events.views import posted

COOKIE = "appearance"
ROBOTS = "noindex, nofollow, noarchive"
# Whether this speaker is signed up; that the office did its part of the deadline says nothing of each.
ON_THE_LIST = frozenset({PresentationStatus.CONFIRMED, PresentationStatus.DELIVERED})


@dataclass(frozen=True)
class Paper:
    """One document: where it is read from, and where the copy is that is handed in."""

    title: str
    is_draft: bool
    reading_url: str  # "" for what nobody reads aloud
    filed_url: str


@dataclass(frozen=True)
class Appearance:
    """One event as its speaker needs it."""

    presentation: Presentation
    limit: str
    capacity: str
    closes: str  # when sign-up does, at the place of the event; "" where none is known
    is_on_the_list: bool
    papers: list[Paper]
    change: LastChange | None
    burden: Burden


def private(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """No cache keeps it, no search engine lists it, no other site learns its address; a refusal is the same 404 always."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except (LinkRefused, Http404):
            response = render(request, "events/phone/refused.html", status=404)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = ROBOTS
        response.setdefault("Referrer-Policy", "no-referrer")
        return response

    return wrapped


def _link(request: HttpRequest, token: str) -> AppearanceLink:
    device = request.COOKIES.get(COOKIE, "")
    return appearance_links.find(token, device=device, agent=_agent(request))


def _agent(request: HttpRequest) -> str:
    return request.headers.get("User-Agent", "")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def appearances(request: HttpRequest, token: str) -> HttpResponseBase:
    """The page, or the button that keeps it for this device."""
    link = _link(request, token)
    if request.method == "POST":
        return _keep(request, link, token)
    # In the language of the mail that led here; who has none set gets that of the phone.
    with translation.override(language_of(link.person) or translation.get_language()):
        response = _page(request, link, token)
        response["Content-Language"] = translation.get_language() or ""
    return response


def _page(request: HttpRequest, link: AppearanceLink, token: str) -> HttpResponse:
    if not link.device_hash:
        response = render(request, "events/phone/start.html")
        # Without a referrer browsers send a form of no origin, which the protection against forgery refuses.
        response["Referrer-Policy"] = "same-origin"
        return response
    appearance_links.note(link, Opening.OPENED, agent=_agent(request))
    own = list(appearances_of(link.person))
    burdens = burdens_of(own)
    shown = [appearance(item, token, burdens.get(item.pk, Burden())) for item in own]
    context = {"link": link, "appearances": shown, "person": link.person}
    return render(request, "events/phone/appearances.html", context)


def _keep(request: HttpRequest, link: AppearanceLink, token: str) -> HttpResponse:
    address = reverse("appearances:page", args=[token])
    response = HttpResponseRedirect(address)
    if not link.device_hash:  # a second tap on the button changes nothing
        device = appearance_links.bind(link, agent=_agent(request))
        response.set_cookie(
            COOKIE,
            device,
            path=address,
            # Until when it works is asked of the link, which lives longer when its hearing moves.
            max_age=appearance_links.LONGEST,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


def appearance(presentation: Presentation, token: str, burden: Burden) -> Appearance:
    event = presentation.event
    windows = Window.objects.filter(event=event, what=Deadline.SIGN_UP, closes_at__isnull=False)
    window = windows.order_by("closes_at", "pk").first()
    closes_at = window.closes_at if window else None
    materials = presentation.materials.select_related("page").order_by("sort_order", "pk")
    return Appearance(
        presentation=presentation,
        limit=limit_of(event, presentation).said,
        capacity=capacity_to_speaker(presentation, presentation.speaker),
        closes=when_in_words(closes_at, event.timezone, False) if closes_at else "",
        is_on_the_list=presentation.status in ON_THE_LIST,
        papers=[paper(presentation, material, token) for material in materials],
        change=last_change(presentation),
        burden=burden,
    )


def capacity_to_speaker(presentation: Presentation, speaker: Person) -> str:
    """As the speaker's own page says it."""
    own = {"organization": speaker.organization.name} if speaker.organization else None
    if presentation.capacity == Capacity.PARTNER and presentation.partner:
        partner = {"organization": presentation.partner.name}
        return _("You speak for a partner: %(organization)s.") % partner
    if presentation.capacity == Capacity.PERSONAL:
        return (
            _("You speak for yourself, not for %(organization)s.") % own
            if own
            else _("You speak for yourself.")
        )
    return (
        _("You speak officially, for %(organization)s.") % own
        if own
        else _("You speak officially.")
    )


def paper(presentation: Presentation, material: PresentationMaterial, token: str) -> Paper:
    address = reverse(
        "appearances:document", args=[token, presentation.pk, material.page_id, "filed"]
    )
    reading = reverse(
        "appearances:document", args=[token, presentation.pk, material.page_id, "read"]
    )
    return Paper(
        title=material.page.title,
        is_draft=not material.page.live,
        reading_url=reading if reading_copy_of(material.page) else "",
        filed_url=address if kind_for(material.page.specific_class or type(material.page)) else "",
    )


@private
def mistyped(request: HttpRequest) -> HttpResponseBase:
    """What begins as a personal link and is none: cut off in the mail, or copied with a letter too few."""
    appearance_links.refuse_unknown()


@private
@require_safe
def document(
    request: HttpRequest, token: str, pk: int, page_pk: int, copy: str
) -> HttpResponseBase:
    """A PDF of this speaker, for the device that holds the link."""
    link = _link(request, token)
    if not link.device_hash:
        raise Http404
    presentation = appearances_of(link.person).filter(pk=pk).first()
    materials = PresentationMaterial.objects.select_related("page")
    key = posted.key(str(page_pk))
    material = materials.filter(presentation=presentation, page_id=key).first()
    if presentation is None or material is None:
        raise Http404
    name = reading_copy_of(material.page) if copy == "read" else ""
    try:
        printed = document_of(
            presentation, material, paper=name, version=NOW if copy == "read" else ""
        )
        if printed is None:
            raise Http404
        stored = obtain(printed)
        response = serve_stored_pdf(request, stored, public=False)
    except InTheMaking as wait:
        return in_the_making(request, wait)
    except UnknownVersion as error:
        raise Http404 from error
    except (PdfError, OSError):
        words = _("This PDF could not be made. Ask for it by telephone or e-mail.")
        context = {"words": words, "back_url": reverse("appearances:page", args=[token])}
        return render(request, "events/phone/failed.html", context, status=503)
    appearance_links.note(link, Opening.DOCUMENT, agent=_agent(request), detail=material.page.title)
    return response
