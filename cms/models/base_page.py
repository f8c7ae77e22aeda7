"""What every page of the site shares."""

from __future__ import annotations

from django.db.models import Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Length, Substr
from wagtail.models import Page, PageViewRestriction


def restrictions_on(path: str | Combinable) -> QuerySet[PageViewRestriction]:
    """Privacy settings that hold for the page at a tree path: its own, those above it, and, as Wagtail has
    it, those of the page that an alias on the way repeats (also where that is an alias itself)."""
    path = Value(path) if isinstance(path, str) else path
    condition = Q()
    for page in ("page", "page__aliases", "page__aliases__aliases"):
        condition |= Q(**{f"{page}__path": Substr(path, 1, Length(f"{page}__path"))})
    return PageViewRestriction.objects.filter(condition)


class BasePage(Page):
    """Abstract. What is expired by the clock is refused in `cms.wagtail_hooks`, for every route of a page."""

    show_in_menus_default = False

    class Meta:
        abstract = True

    @classmethod
    def for_serving(cls) -> QuerySet:
        """Rows with what their page shows of related ones, so that serving one costs few queries."""
        return cls._default_manager.all()

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """One query where Wagtail reads the ancestors first; asked before every page that is served."""
        return restrictions_on(self.path).distinct()
