"""Moved, postponed, cancelled, takes place after all; and what the change asks of the documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from events.actions import register_event_action
from events.domain import moving, releases
from events.domain.announcing import announce
from events.domain.errors import EventRefused
from events.forms.moving import ChangeForm, MoveForm
from events.models import AffectedDocument, Event
from events.permissions import CHANGE_EVENT
from events.views import posted
from events.views.room import event_breadcrumbs


class ChangeView(WagtailAdminTemplateMixin, FormView):
    """One change of an event. The verbs decide; the form asks, the page says whom it reaches."""

    template_name = "events/admin/change.html"
    form_class: type[ChangeForm] = ChangeForm
    header_icon = "calendar-alt"
    page_title: str | Promise = ""
    explanation: str | Promise = ""
    button: str | Promise = ""
    verb: Callable[..., moving.Told]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(CHANGE_EVENT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def event(self) -> Event:
        return get_object_or_404(Event.objects.select_related("body"), pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "event": self.event}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        crumbs = event_breadcrumbs(self.event, self.request.user)
        return [*crumbs, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "event": self.event,
            "explanation": self.explanation,
            "button": self.button,
        }

    def get_success_url(self) -> str:
        return reverse("events:room", args=[self.event.pk])

    def answers(self, form: ChangeForm) -> dict[str, Any]:
        return {name: form.cleaned_data[name] for name in ("reason", "public_text", "seen")}

    def form_valid(self, form: ChangeForm) -> HttpResponse:
        try:
            told = type(self).verb(self.event, by=self.request.user, **self.answers(form))
        except EventRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, in_words(told))
        if told.stays_inside:
            words = _("It was tentative: the public does not see it. Change that on its form.")
            messages.warning(self.request, words)
        if told.unreachable:
            messages.warning(
                self.request,
                _("No e-mail address, please tell them: %(names)s.")
                % {"names": ", ".join(told.unreachable)},
            )
        return super().form_valid(form)


class MoveView(ChangeView):
    """A new date gives back what was called off, and says so before."""

    form_class = MoveForm
    verb = staticmethod(moving.move)
    LABEL = gettext_lazy("Move…")
    LABEL_OF_CANCELLED = gettext_lazy("Reinstate on a new date…")

    @property
    def page_title(self) -> str | Promise:  # type: ignore[override]
        return self.LABEL_OF_CANCELLED if moving.is_cancelled(self.event) else self.LABEL

    @property
    def explanation(self) -> str:  # type: ignore[override]
        what_follows = _(
            "Deadlines are recalculated, documents are marked to be checked, their planned releases are held, "
            "and everybody concerned gets one e-mail."
        )
        if moving.is_cancelled(self.event):
            return (
                _("It is canceled: with a new date it takes place after all.") + " " + what_follows
            )
        if self.event.is_off:
            return (
                _("It is postponed: with its new date it takes place again.") + " " + what_follows
            )
        return what_follows

    @property
    def button(self) -> str:  # type: ignore[override]
        if self.event.is_off:
            return _("Reinstate it on this date and tell everybody concerned")
        return _("Move it and tell everybody concerned")

    def answers(self, form: ChangeForm) -> dict[str, Any]:
        names = ("starts_at", "is_all_day", "zone", "place")
        return {**super().answers(form), **{name: form.cleaned_data[name] for name in names}}


class PostponeView(ChangeView):
    page_title = gettext_lazy("Postpone…")
    explanation = gettext_lazy(
        "No new date is known. Deadlines rest, planned releases of its documents are held, and everybody "
        "concerned gets one e-mail. When the date is known, use “Move…”."
    )
    button = gettext_lazy("Postpone it and tell everybody concerned")
    verb = staticmethod(moving.postpone)


class CancelView(ChangeView):
    page_title = gettext_lazy("Cancel event…")
    explanation = gettext_lazy(
        "It will not take place. Its page stays, with the notice; nothing of it is released by the clock, and "
        "everybody concerned gets one e-mail."
    )
    button = gettext_lazy("Cancel it and tell everybody concerned")
    verb = staticmethod(moving.cancel)


class ReinstateView(ChangeView):
    page_title = gettext_lazy("Reinstate…")
    explanation = gettext_lazy(
        "On the day that stood there. Held releases wait until you set each going again; everybody concerned "
        "gets one e-mail."
    )
    button = gettext_lazy("Reinstate it and tell everybody concerned")
    verb = staticmethod(moving.reinstate)


def in_words(told: moving.Told) -> str:
    """What the change brought with it, in one line."""
    counted = (
        (
            told.deadlines,
            ngettext(
                "%(count)d deadline recalculated.",
                "%(count)d deadlines recalculated.",
                told.deadlines,
            ),
        ),
        (
            told.to_check,
            ngettext(
                "%(count)d deadline was entered by hand: check it.",
                "%(count)d deadlines were entered by hand: check them.",
                told.to_check,
            ),
        ),
        (
            told.documents,
            ngettext(
                "%(count)d document to be checked.",
                "%(count)d documents to be checked.",
                told.documents,
            ),
        ),
        (
            told.held,
            ngettext(
                "%(count)d planned release held.", "%(count)d planned releases held.", told.held
            ),
        ),
        (
            told.people,
            ngettext("%(count)d person is told.", "%(count)d people are told.", told.people),
        ),
    )
    parts = [words % {"count": count} for count, words in counted if count]
    return " ".join([f"{told.notice.get_kind_display()}.", *parts])


class AfterChangeView(View):
    """Buttons below a notice: tell those whose mail did not go out; a document is checked; release it after all."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm(CHANGE_EVENT):
            raise PermissionDenied
        event = get_object_or_404(Event, pk=pk)
        try:
            words = self._do(event)
        except EventRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, words)
        return redirect("events:room", event.pk)

    def _do(self, event: Event) -> str:
        data, user = self.request.POST, self.request.user
        if "checked" in data:
            mark = releases.mark_checked(self._mark(event, data["checked"]), by=user)
            return _("“%(title)s” is checked.") % {"title": mark.page.title}
        if "resume" in data:
            mark = releases.resume(self._mark(event, data["resume"]), by=user)
            return _("“%(title)s” is released as planned.") % {"title": mark.page.title}
        notice = event.notices.first()
        sent = announce(notice.pk) if notice else 0
        return ngettext("%(count)d e-mail sent.", "%(count)d e-mails sent.", sent) % {"count": sent}

    def _mark(self, event: Event, pk: str) -> AffectedDocument:
        return get_object_or_404(AffectedDocument, event=event, pk=posted.key(pk))


def warn_of_changes(request: HttpRequest, page: Page) -> None:
    """For `before_edit_page`: on opening the editor of a document whose event changed."""
    if request.method != "GET":
        return
    for mark in releases.marks_on(page):
        words = _why_to_check(mark)
        if releases.is_held(mark):
            words += " " + _("Its planned release is held.")
        url = reverse("events:room", args=[mark.event_id])
        messages.warning(
            request, format_html('{} <a href="{}">{}</a>', words, url, mark.event.title)
        )


def _why_to_check(mark: AffectedDocument) -> str:
    if mark.notice is None and not mark.event.is_off:
        return _("The speaker speaks in another capacity now: check the opening of this document.")
    if moving.is_cancelled(mark.event):
        return _("The event of this document is canceled.")
    return _(
        "The event of this document changed (%(kind)s): check dates, places and the opening."
    ) % {"kind": mark.notice.get_kind_display() if mark.notice else mark.event.get_status_display()}


def offer_changes() -> None:
    """The buttons on the page of every event that is not over. Called in `AppConfig.ready()`."""
    offered: tuple[tuple[str, str | Promise, Callable[[Event], bool]], ...] = (
        ("event_move", MoveView.LABEL, moving.may_move),
        ("event_postpone", PostponeView.page_title, moving.may_be_put_off),
        ("event_cancel", CancelView.page_title, moving.may_be_cancelled),
        ("event_reinstate", ReinstateView.page_title, moving.may_take_place_after_all),
        ("event_move", MoveView.LABEL_OF_CANCELLED, moving.is_cancelled),
    )
    for order, (name, label, suits) in enumerate(offered):
        register_event_action(
            f"{name}_{order}",
            label,
            lambda event, name=name: reverse(f"events:{name}", args=[event.pk]),  # type: ignore[misc]
            permission=CHANGE_EVENT,
            icon="calendar-alt",
            order=500 + order,
            quiet=True,
            suits=suits,
        )
