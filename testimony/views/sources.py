"""The list of sources: the state of their links, and two ways on."""

from __future__ import annotations

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import IndexView

from testimony.choosers import LinkColumn
from testimony.models import Source

LINK = LinkColumn("link", label=_("Link"), sort_key="link_check__state")


class SourceIndexView(IndexView):
    """Adds the way in from reference managers, and the report, which the menu keeps for reviewers."""

    @cached_property
    def header_buttons(self) -> list[Button]:
        buttons = super().header_buttons
        policy = policy_registry.get_by_type(Source)
        if policy.user_has_permission(self.request.user, "add"):
            url = reverse("testimony:add_sources")
            buttons.append(
                HeaderButton(_("From a reference manager"), url=url, icon_name="download")
            )
        return buttons

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        url = reverse("testimony:dead_links")
        report = Button(_("Dead links"), url=url, icon_name="warning", priority=30)
        return [*super().header_more_buttons, report]
