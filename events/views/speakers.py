"""Who speaks where: how much each speaker has to do, and where one is wanted twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from events.domain.access import sees_everything
from events.domain.clashes import burden_of, commitments
from events.domain.durations import say_limit
from events.domain.limits import limit_of
from events.models import Presentation
from events.permissions import ADD_EVENT, DELIVER_PRESENTATION


@dataclass(frozen=True)
class Turn:
    presentation: Presentation
    clashes: tuple[str, ...]


@dataclass(frozen=True)
class Load:
    """One speaker: everything still to come, and the speaking time of it as far as it is known."""

    turns: list[Turn]
    time: str

    @property
    def speaker(self):
        return self.turns[0].presentation.speaker


def loads() -> list[Load]:
    """The busiest first. Two queries."""
    open_ones = Presentation.objects.open()
    by_speaker = commitments(
        open_ones.order_by().values_list("speaker_id", flat=True).distinct(),
        also=("event__body", "speaker"),
    )
    found = [_load(items) for items in by_speaker.values()]
    return sorted(found, key=lambda load: (-len(load.turns), load.speaker.sort_name))


def _load(items: list[Presentation]) -> Load:
    limits = [limit_of(item.event, item).seconds or 0 for item in items]
    turns = [Turn(item, burden_of(item, items).clashes) for item in items]
    return Load(turns, say_limit(sum(limits)) if any(limits) else "")


class SpeakersView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "events/admin/speakers.html"
    page_title = _("Who speaks where")
    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not sees_everything(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        home = {"url": reverse("wagtailadmin_home"), "label": str(_("Home"))}
        return [home, {"url": "", "label": str(self.page_title)}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.request.user.has_perms((ADD_EVENT, DELIVER_PRESENTATION)):
            return []
        url = reverse("events:import_appearances")
        return [HeaderButton(_("Import past appearances"), url=url, icon_name="upload")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "loads": loads()}


class SpeakersMenuItem(MenuItem):
    """For staff."""

    def is_shown(self, request: HttpRequest) -> bool:
        return sees_everything(request.user)


def menu_item() -> MenuItem:
    """Among the reports."""
    url = reverse("events:speakers")
    return SpeakersMenuItem(_("Who speaks where"), url, icon_name="group", order=850)
