"""Fields that several forms of events share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.domain.durations import read_limit, write_limit


class SpeakingLimitField(forms.Field):
    """Minutes and seconds as they are said; seconds in the database."""

    def __init__(self, **kwargs: Any) -> None:
        defaults = {"label": _("Speaking limit"), "required": False}
        super().__init__(**{**defaults, "help_text": _("Minutes and seconds: 2:00."), **kwargs})
        self.widget.attrs.update({"placeholder": "2:00", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        return read_limit(value or "")

    def prepare_value(self, value: Any) -> Any:
        return write_limit(value) if isinstance(value, int) else value
