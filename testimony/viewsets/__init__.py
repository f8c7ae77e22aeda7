"""Lists of the library, as staff see them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from testimony.viewsets.maps import MessageMapViewSet
from testimony.viewsets.points import TalkingPointViewSet
from testimony.viewsets.sources import SourceViewSet
from testimony.viewsets.statistics import StatisticViewSet
from testimony.viewsets.terms import PreferredTermViewSet

__all__ = ["LibraryGroup", "TalkingPointViewSet"]


class LibraryGroup(SnippetViewSetGroup):
    items = (MessageMapViewSet, StatisticViewSet, SourceViewSet, PreferredTermViewSet)
    menu_label = _("Library")
    menu_name = "library"
    menu_icon = "glasses"
    menu_order = 230
