"""Panels of edit forms that every package uses."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import FieldPanel, PublishingPanel

from cms.widgets import DayAndClockInput

# As Wagtail has them: closing the dialog takes back what was typed into it.
IN_DIALOG = {
    "data-controller": "w-action",
    "data-action": "w-dialog:hidden->w-action#reset",
    "data-w-dialog-target": "notify",
}


class SchedulePanel(PublishingPanel):
    """Wagtail's dialog of when to publish and to take down, with the browser's own inputs."""

    def __init__(self, **kwargs: Any) -> None:
        fields = ("go_live_at", "expire_at")
        children = [FieldPanel(name, widget=DayAndClockInput(IN_DIALOG)) for name in fields]
        super().__init__(**{"children": children, **kwargs})
