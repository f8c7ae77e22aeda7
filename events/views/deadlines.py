"""The deadline board, and the form of one deadline."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from cms.zones import zone_label
from events.domain import window_changes
from events.domain.access import sees_everything
from events.domain.board import entries, visible_windows
from events.domain.errors import EventRefused
from events.forms.windows import BoardFilterForm, WindowForm
from events.models import Event, Window
from events.permissions import CHANGE_EVENT
from events.views import posted
from events.views.room import event_breadcrumbs

PER_PAGE = 50


class StaffOnly:
    """View mixin: speakers see their own papers, not the whole office's deadlines."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not sees_everything(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class BoardView(StaffOnly, WagtailAdminTemplateMixin, TemplateView):
    """Every window in one list, overdue first. One query for the page, whoever is responsible."""

    template_name = "events/admin/board.html"
    page_title = gettext_lazy("Deadlines")
    header_icon = "time"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        return [home, {"url": "", "label": str(self.page_title)}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("events:calendar_month")
        return [HeaderButton(_("Calendar"), url=url, icon_name="calendar-alt")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        form = BoardFilterForm(self.request.GET)
        windows = form.narrow(visible_windows(user), user).with_event().overdue_first()
        page = Paginator(windows, PER_PAGE).get_page(self.request.GET.get("p"))
        query = self.request.GET.copy()
        query.pop("p", None)
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "page_obj": page,
            "total": page.paginator.count,
            "entries": entries(page.object_list),
            "query": query.urlencode(),
            "is_filtered": any(query.values()),
            "can_change": user.has_perm(CHANGE_EVENT),
            "zone": zone_label(timezone.get_current_timezone_name()),
            "here": self.request.get_full_path(),
        }


class WindowActionView(View):
    """The buttons of a deadline, on the board and on the page of its event."""

    def post(self, request: HttpRequest) -> HttpResponse:
        for name, (verb, words) in self.verbs().items():
            if pk := request.POST.get(name, ""):
                windows = Window.objects.select_related("event")
                window = get_object_or_404(windows, pk=posted.key(pk))
                try:
                    verb(window)
                except EventRefused as refusal:
                    messages.error(request, str(refusal))
                else:
                    messages.success(request, f"{window.name}: {words}")
                break
        return redirect(self.way_back())

    def verbs(self) -> dict[str, tuple[Any, str]]:
        user = self.request.user

        def take(window: Window) -> None:
            window_changes.assign(window, by=user, responsible=user)

        def by_user(verb):
            return lambda window: verb(window, by=user)

        return {
            "done": (by_user(window_changes.mark_done), _("done.")),
            "undone": (by_user(window_changes.mark_undone), _("not done after all.")),
            "take": (take, _("you are responsible.")),
            "follow": (by_user(window_changes.follow_rule), _("follows the rule again.")),
            "keep": (by_user(window_changes.keep_as_is), _("still right.")),
            "remove": (by_user(window_changes.remove), _("removed.")),
        }

    def way_back(self) -> str:
        wanted = self.request.POST.get("next", "")
        safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
        return wanted if safe else reverse("events:deadlines")


class WindowFormView(WagtailAdminTemplateMixin, FormView):
    """What adding and changing share."""

    template_name = "events/admin/window.html"
    form_class = WindowForm
    header_icon = "time"
    event: Event
    window: Window | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(CHANGE_EVENT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "event": self.event, "window": self.window}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        crumbs = event_breadcrumbs(self.event, self.request.user)
        return [*crumbs, {"url": "", "label": str(self.get_page_title())}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "event": self.event, "window": self.window, "here": self.back_url}

    @property
    def back_url(self) -> str:
        return reverse("events:room", args=[self.event.pk])

    def get_success_url(self) -> str:
        return self.back_url

    def form_valid(self, form: WindowForm) -> HttpResponse:
        try:
            window = self.write(form)
        except EventRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("%(window)s is saved.") % {"window": window.name})
        return super().form_valid(form)

    def write(self, form: WindowForm) -> Window:
        raise NotImplementedError


class AddWindowView(WindowFormView):
    page_title = gettext_lazy("Add deadline")

    @cached_property
    def event(self) -> Event:  # type: ignore[override]
        return get_object_or_404(Event, pk=self.kwargs["pk"])

    def write(self, form: WindowForm) -> Window:
        names = ("what", "label", "opens_at", "closes_at", "reason", "responsible")
        answers = {name: form.cleaned_data[name] for name in names}
        return window_changes.add_by_hand(self.event, by=self.request.user, **answers)


class EditWindowView(WindowFormView):
    def get_page_title(self) -> str:
        return self.window.name

    @cached_property
    def window(self) -> Window:  # type: ignore[override]
        windows = Window.objects.select_related("event__body", "rule", "responsible")
        return get_object_or_404(windows, pk=self.kwargs["pk"])

    @property
    def event(self) -> Event:  # type: ignore[override]
        return self.window.event

    def write(self, form: WindowForm) -> Window:
        data, user = form.cleaned_data, self.request.user
        if form.moves:
            window_changes.override(
                self.window,
                by=user,
                closes_at=data["closes_at"],
                opens_at=data["opens_at"],
                reason=data["reason"],
            )
        window_changes.describe(
            self.window,
            by=user,
            reason=data["reason"],
            what=data.get("what", ""),
            label=data.get("label"),
        )
        return window_changes.assign(self.window, by=user, responsible=data["responsible"])
