"""Calendars to subscribe to: the public one, and private ones by secret address, which staff make and revoke."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.domain.visibility import default_site
from cms.models import Branding
from cms.views.public import cacheable
from events.calendar import calendar_file
from events.domain.access import sees_everything
from events.domain.calendar_entries import all_entries, entries_of, public_entries
from events.domain.calendar_revisions import numbered
from events.domain.calendar_tokens import make_address, note_use, revoke, token_for
from events.enums import CalendarScope
from events.models import CalendarToken

CONTENT_TYPE = "text/calendar; charset=utf-8"


def public_calendar(request: HttpRequest) -> HttpResponse:
    """Public events and the closing of comment periods, in the site's own language."""
    with translation.override(settings.LANGUAGE_CODE):
        rows = numbered(public_entries(), calendar="public")
        content = calendar_file(rows, name=_("Events: %(site)s") % {"site": _site_name()})
    return cacheable(request, _file(content))


def private_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """By secret address. A wrong, revoked or forbidden one is as if there were none."""
    token = token_for(secret)
    if token is None:
        raise Http404
    note_use(token)
    with translation.override(settings.LANGUAGE_CODE):
        entries = all_entries() if token.scope == CalendarScope.ALL else entries_of(token.user)
        rows = numbered(entries, calendar="staff")
        content = calendar_file(rows, name=f"{_site_name()}: {token.get_scope_display()}")
    response = _file(content)
    response["X-Robots-Tag"] = "noindex, nofollow"
    patch_cache_control(response, private=True, no_store=True)
    return response


def _file(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return response


def _site_name() -> str:
    site = default_site()
    return (Branding.for_site(site).organization_name if site else "") or "Rostrum"


class AddressForm(forms.Form):
    scope = forms.ChoiceField(label=gettext_lazy("It shows"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = CalendarScope.choices if sees_everything(user) else [MINE]
        self.fields["scope"].choices = offered  # type: ignore[attr-defined]
        self.fields["scope"].initial = CalendarScope.MINE


MINE = (CalendarScope.MINE.value, CalendarScope.MINE.label)


class CalendarAddressesView(WagtailAdminTemplateMixin, TemplateView):
    """One's own addresses. A new one is shown once, in the answer to the form that made it."""

    template_name = "events/admin/calendars.html"
    page_title = gettext_lazy("Calendar on my phone")
    header_icon = "calendar-alt"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        return [home, {"url": "", "label": str(self.page_title)}]

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AddressForm(request.POST, user=request.user)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        _token, secret = make_address(request.user, scope=form.cleaned_data["scope"])
        path = reverse("hearings:private_calendar", args=[secret])
        made = f"{settings.ROSTRUM_BASE_URL}{path}"
        response = self.render_to_response(self.get_context_data(made=made))
        patch_cache_control(response, no_store=True)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        tokens = CalendarToken.objects.filter(user=user.pk or 0, revoked_at__isnull=True)
        return {
            "form": AddressForm(user=user),
            "tokens": tokens,
            "public_url": settings.ROSTRUM_BASE_URL + reverse("hearings:calendar"),
            **super().get_context_data(**kwargs),
        }


@require_POST
def revoke_address(request: HttpRequest, pk: int) -> HttpResponse:
    """Others' addresses are as if there were none."""
    token = get_object_or_404(CalendarToken, pk=pk, user=request.user)
    revoke(token, user=request.user)
    messages.success(request, _("The address answers nothing from now on."))
    return redirect("events:calendars")
