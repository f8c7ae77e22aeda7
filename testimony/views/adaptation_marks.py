"""Where people meet adapted versions: the action in menus, the badge in lists, the panel on the home page."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import IndexView

from testimony.domain.adaptation import behind_for, count_versions
from testimony.domain.originals import MODELS
from testimony.models import DocumentPage, TalkingPoint
from testimony.permissions import may_add_documents
from testimony.views.adapting import title_of

SHOWN = 6  # on the home page


class OriginalChangedPanel(Component):
    """Versions of the person whose original says something else by now."""

    name = "original_changed"
    order = 106
    template_name = "testimony/admin/original_changed.html"

    class Media:
        css = {"all": ["testimony/css/admin.css"]}

    def get_context_data(self, parent_context) -> dict[str, Any]:
        behind = behind_for(parent_context["request"].user)
        total = behind.count()
        shown = list(behind.prefetch_related("child")[:SHOWN]) if total else []
        rows = [(row, title_of(row.child)) for row in shown if row.child is not None]
        return {"rows": rows, "total": total, "more": total - len(shown)}


class PointTitleColumn(TitleColumn):
    cell_template_name = "testimony/admin/point_title_cell.html"


class TalkingPointIndexView(IndexView):
    """With a badge on versions that are behind."""

    def _get_title_column(self, field_name, column_class=PointTitleColumn, **kwargs):
        return super()._get_title_column(field_name, column_class=column_class, **kwargs)


def adapt_buttons(item: Any, user) -> list[Button]:
    """Asks nothing for each row of a list; whether the person may see the item is asked on the way."""
    if type(item) not in MODELS:
        return []
    if isinstance(item, Page):
        allowed = may_add_documents(user)
    else:
        allowed = policy_registry.get_by_type(type(item)).user_has_permission(user, "add")
    if not allowed:
        return []
    return [Button(_("Adapt…"), url=adapt_url(item), icon_name="copy", priority=15)]


def adapt_url(item: Model) -> str:
    return reverse("testimony:adapt", args=[item._meta.model_name, item.pk])


def page_buttons(page: Page, user, *args: Any, **kwargs: Any) -> list[Button]:
    return adapt_buttons(page, user)


def snippet_buttons(snippet: Model, user, next_url: str | None = None) -> list[Button]:
    return adapt_buttons(snippet, user) if isinstance(snippet, TalkingPoint) else []


def warn_before_page(request: HttpRequest, page: Page) -> None:
    warn_before_items(request, [page.specific])


def warn_before_items(request: HttpRequest, items: list[Any]) -> None:
    """On the question whether it is to be deleted: what was made from it stays."""
    if request.method != "GET":
        return
    for item in items:
        total = count_versions(item)[0] if isinstance(item, (DocumentPage, TalkingPoint)) else 0
        if total:
            words = ngettext(
                "%(count)d version was adapted from it. It stays, and says that its original was deleted.",
                "%(count)d versions were adapted from it. They stay, and say that their original was deleted.",
                total,
            )
            messages.warning(request, words % {"count": total})


def home_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(OriginalChangedPanel())


def register() -> None:
    """Called once by `wagtail_hooks`."""
    hooks.register("construct_homepage_panels", home_panel, order=1)
    hooks.register("register_page_header_buttons", page_buttons)
    hooks.register("register_page_listing_more_buttons", page_buttons)
    hooks.register("register_snippet_listing_buttons", snippet_buttons)
    hooks.register("before_delete_page", warn_before_page)
    hooks.register("before_delete_snippet", warn_before_items)
