"""Inputs of the admin's forms: for dates and times the browser's own, for issues a list to tick.

Wagtail's picker turns what it cannot read ("12/15/2026", "2 pm") into today and now without a word, and
a wrong day is the worst mistake that a form of this office can make. A leaf: imports nothing of the project.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_filters.widgets import SuffixedMultiWidget


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DayAndClockInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class FigureInput(forms.NumberInput):
    """A number as people write it: 29.9, although the column holds 29.9000."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal) and value.is_finite():
            value = f"{value.normalize():f}"
        return super().format_value(value)


class IssueTicks(forms.CheckboxSelectMultiple):
    """A list to tick. Readers of screens hear whose list it is with each entry; the other words for an issue stand
    behind its name, so that whoever looks for one of them on the screen finds it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "issue-ticks", **(attrs or {})})

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict:
        option = super().create_option(name, value, label, *args, **kwargs)
        also = getattr(getattr(value, "instance", None), "synonym_list", [])
        if also:
            words = _("also: %(words)s") % {"words": ", ".join(also)}
            markup = '{} <span class="issue-ticks__also">({})</span>'
            option["label"] = format_html(markup, label, words)
        return option

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        ticks = super().render(*args, **kwargs)
        return format_html('<div role="group" aria-label="{}">{}</div>', _("Issues"), ticks)


class DayRangeInput(SuffixedMultiWidget):
    """From one day to another, in the filters of lists."""

    template_name = "wagtailadmin/widgets/range_input.html"
    suffixes = ["from", "to"]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        ends = [(_("From"), "day-from"), (_("To"), "day-to")]
        widgets = [DayInput({"aria-label": name, "class": css}) for name, css in ends]
        super().__init__(widgets, attrs)

    def decompress(self, value: slice | None) -> list:
        return [value.start, value.stop] if value else [None, None]
