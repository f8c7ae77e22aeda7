"""The form of an event corrects; what befalls an event is said on its page, where everybody concerned is told."""

from __future__ import annotations

from django.forms import ModelForm
from django.utils.translation import gettext as _

from events.domain.announcing import anybody_concerned
from events.enums import OFF
from events.models import Event


def refuse_silent_change(form: ModelForm) -> None:
    """Errors where an event that people prepare for would move, or be called off, without a word to them."""
    event, data = form.instance, form.cleaned_data
    if event.pk is None:
        return
    status = data.get("status", event.status)
    if status != event.status and OFF & {status, event.status}:
        form.add_error(
            "status",
            _(
                "Use “Move…”, “Postpone…”, “Cancel event…” or “Reinstate…” on the page of the event: "
                "they ask for the reason and tell everybody concerned."
            ),
        )
    if _moves(event, data) and event.is_to_come and anybody_concerned(event):
        form.add_error(
            "local_date",
            _(
                "People prepare for this date. Use “Move…” on the page of the event, which tells them."
            ),
        )


def _moves(event: Event, data: dict) -> bool:
    """Another moment, or a time where only the day was known. The first date of an event that had none, and one
    that is past, are corrections."""
    wanted = (data["starts_at"], bool(data.get("is_all_day", event.is_all_day)))
    return event.starts_at is not None and wanted != (event.starts_at, event.is_all_day)
