"""A member's account page: the time zone by its usual name, where Wagtail lists technical ones; names may wait."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.views.account import BaseSettingsPanel
from wagtail.users.models import UserProfile

from cms.models import User
from cms.zones import zone_choices


class NameForm(NameEmailForm):
    """`createsuperuser` asks for no names, and for an address in passing: who lacks them can still choose a language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


class TimeZoneForm(forms.ModelForm):
    current_time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("Of the times in lists and histories. Hearings are shown in their own zone."),
    )

    class Meta:
        model = UserProfile
        fields = ["current_time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["current_time_zone"].choices = zone_choices(  # type: ignore[attr-defined]
            empty_label=_("Universal Time (UTC)"), current=self.instance.current_time_zone
        )


class TimeZonePanel(BaseSettingsPanel):
    name = "time-zone"
    title = _("Time zone")
    order = 410
    form_class = TimeZoneForm
    form_object = "profile"


def time_zone_panel(request: HttpRequest, user: User, profile: UserProfile) -> TimeZonePanel:
    return TimeZonePanel(request, user, profile)
