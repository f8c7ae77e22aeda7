"""How the form of an event is laid out. `event-kinds.js` shows each kind its own; without it all stand below one
another, those of single kinds behind headings that say whose they are."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel

from events.forms.events import EventForm
from events.models.event_details import FIELDS_OF_KIND


def of_kinds(*names: str) -> dict[str, Any]:
    """Marks a panel with the kinds that have one of the fields in it."""
    kinds = [str(kind) for kind, fields in FIELDS_OF_KIND.items() if set(names) & set(fields)]
    return {"attrs": {"data-kinds": " ".join(kinds)}}


def field(name: str) -> FieldPanel:
    return FieldPanel(name, **of_kinds(name))


def row(*names: str) -> FieldRowPanel:
    return FieldRowPanel([field(name) for name in names], **of_kinds(*names))


def event_panels() -> ObjectList:
    """Three things to fill in: the kind, what it is, and when. The rest waits behind headings."""
    return ObjectList(
        [_first(), _about(), _press(), _community(), _more(), _notes()],
        base_form_class=EventForm,
    )


def _first() -> Panel:
    closes = {"data-label-comment_period": _("Closes on")}
    closes_at = {"data-label-comment_period": _("Closes at")}
    return MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("body")]),
            FieldPanel("title"),
            row("opens_date", "opens_time"),
            FieldRowPanel(
                [FieldPanel("local_date", attrs=closes), FieldPanel("local_time", attrs=closes_at)]
            ),
        ],
        heading=_("What and when"),
    )


def _about() -> Panel:
    names = ("vehicle", "place", "speaking_limit_seconds", "video_url", "agenda_url", "portal_url")
    return MultiFieldPanel(
        [
            row("vehicle", "place"),
            row("speaking_limit_seconds", "video_url"),
            row("agenda_url", "portal_url"),
        ],
        heading=_("Where, about what, how long"),
        **of_kinds(*names),
    )


def _press() -> Panel:
    return MultiFieldPanel(
        [
            row("press_contact", "advisory"),
            row("release_date", "release_time"),
            field("run_of_show"),
        ],
        heading=_("Only for press conferences"),
        **of_kinds("press_contact", "run_of_show"),
    )


def _community() -> Panel:
    return MultiFieldPanel(
        [
            row("host", "audience_expected"),
            row("languages", "interpretation_offered"),
            field("accessibility"),
            row("childcare", "food"),
        ],
        heading=_("Only for community events and conferences"),
        **of_kinds("host", "languages", "childcare"),
    )


def _more() -> Panel:
    return MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("timezone"), FieldPanel("status")]),
            FieldPanel("audience"),
            row("is_all_day", "lasts_days"),
        ],
        heading=_("Time zone, status, several days, who may see it"),
        classname="collapsed",
    )


def _notes() -> Panel:
    return FieldPanel("notes", classname="collapsed", icon="placeholder")
