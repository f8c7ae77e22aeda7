"""The list of holidays that staff entered, beside those that the library knows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from events.models import HolidayOverride


class HolidayViewSet(SnippetViewSet):
    model = HolidayOverride
    url_prefix = "events/holidays"
    icon = "date"
    menu_label = _("Holidays")
    list_display = [
        "name",
        "day",
        "jurisdiction",
        BooleanColumn("is_holiday", label=_("Closed"), sort_key="is_holiday"),
    ]
    list_filter = ["jurisdiction", "is_holiday"]
    search_fields = ["name", "jurisdiction"]
    search_backend_name = None
    ordering = ["-day", "jurisdiction"]
