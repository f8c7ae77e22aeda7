"""What an event offers to begin: testimony. Events show it without knowing documents."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.actions import register_event_action
from testimony.permissions import may_add_documents


def register() -> None:
    register_event_action(
        "new_testimony",
        _("New testimony"),
        lambda event: reverse("testimony:new", args=[event.pk]),
        permission=may_add_documents,
        icon="plus",
        order=10,
        post=True,
    )
