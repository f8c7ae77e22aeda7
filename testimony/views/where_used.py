"""Where an item of the library is used: the box on its screens, and the whole list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import django_filters
from django.contrib.admin.utils import quote
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.usage import UsageView

from cms.models import User
from testimony.domain.where_used import (
    PARTS,
    Counts,
    ShownUse,
    count_uses,
    describe,
    first_uses,
    shown_once,
)
from testimony.enums import UseState
from testimony.models import Use


@dataclass(frozen=True)
class UseGroup:
    """The first few uses of one state, or in other items of the library."""

    label: str
    uses: list[ShownUse]


@dataclass(frozen=True)
class UsesBox:
    """Where an item is used, in plain words, with the first few of each group."""

    counts: Counts
    groups: list[UseGroup]
    url: str

    @property
    def more(self) -> int:
        """How many the groups leave out."""
        return self.counts.total - sum(len(group.uses) for group in self.groups)

    @property
    def used_in(self) -> str:
        counts = self.counts
        if not counts.total:
            return _("Not used anywhere yet.")
        if not counts.total - counts.parts:
            return _("Used in no document yet.")
        return _("Used in %(living)s, %(draft)s, %(filed)s and %(delivered)s.") % {
            "living": _published(counts.living),
            "draft": _drafts(counts.draft),
            "filed": _("%(count)s filed") % {"count": f"{counts.filed:,}"},
            "delivered": _("%(count)s delivered") % {"count": f"{counts.delivered:,}"},
        }

    @property
    def consequences(self) -> list[str]:
        """What happens when a change is published, a sentence each."""
        counts = self.counts
        said = []
        living, draft = _published(counts.living_reached), _drafts(counts.draft_reached)
        if counts.living_reached and counts.draft_reached:
            words = _("A change you publish reaches %(living)s and %(draft)s at once.")
            said.append(words % {"living": living, "draft": draft})
        elif counts.living_reached or counts.draft_reached:
            words = _("A change you publish reaches %(documents)s at once.")
            said.append(words % {"documents": living if counts.living_reached else draft})
        if counts.pinned:
            words = ngettext(
                "%(count)d is pinned and keeps its wording.",
                "%(count)d are pinned and keep their wording.",
                counts.pinned,
            )
            said.append(words % {"count": counts.pinned})
        if counts.filed or counts.delivered:
            said.append(_("Filed and delivered copies stay as they are."))
        return said

    @property
    def gap(self) -> str:
        """What unpublishing or deleting does to what people read."""
        living = self.counts.living
        if not living:
            return _("No published document shows it.")
        words = ngettext(
            "%(count)s published document will show a gap where it stands.",
            "%(count)s published documents will show a gap where it stands.",
            living,
        )
        return words % {"count": f"{living:,}"}


def uses_of(item: Any, user: User) -> UsesBox:
    """A number of queries that grows neither with the uses nor with the groups."""
    url = reverse(item.snippet_viewset.get_url_name("usage"), args=[quote(item.pk)])
    counts, first = count_uses(item), first_uses(item, user)
    labels = [*STATES, (PARTS, _also_shown_by(counts.parts))]
    groups = [UseGroup(str(label), first[group]) for group, label in labels if group in first]
    return UsesBox(counts, groups, url)


STATES = (
    (UseState.LIVING, gettext_lazy("Published")),
    (UseState.DRAFT, gettext_lazy("Drafts")),
    (UseState.FILED, gettext_lazy("Filed")),
    (UseState.DELIVERED, gettext_lazy("Delivered")),
)
GROUPS = (*STATES, (PARTS, gettext_lazy("Other items of the library")))


def _also_shown_by(count: int) -> str:
    words = ngettext(
        "Also shown by %(count)s other item of the library",
        "Also shown by %(count)s other items of the library",
        count,
    )
    return words % {"count": f"{count:,}"}


def _published(count: int) -> str:
    words = ngettext("%(count)s published document", "%(count)s published documents", count)
    return words % {"count": f"{count:,}"}


def _drafts(count: int) -> str:
    return ngettext("%(count)s draft", "%(count)s drafts", count) % {"count": f"{count:,}"}


class UseFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Group"),
        choices=GROUPS,
        empty_label=gettext_lazy("All"),
        method="of_group",
    )

    class Meta:
        model = Use
        fields: list[str] = []

    def of_group(self, queryset: QuerySet[Use], name: str, value: str) -> QuerySet[Use]:
        if value == PARTS:
            return queryset.filter(part_id__isnull=False)
        return queryset.filter(state=value, part_id__isnull=True) if value else queryset


def _way(use: ShownUse) -> str:
    ways = [_("directly"), use.how] if use.is_direct else [use.how]
    return ", ".join(way for way in ways if way)


class WhereUsedView(UsageView):
    """Takes the place of Wagtail's usage page, which asks a query for each use and misses drafts."""

    paginate_by = 50
    page_title = gettext_lazy("Where it is used")
    filterset_class = UseFilterSet
    columns = [
        TitleColumn("title", label=gettext_lazy("Title"), get_url=lambda use: use.url or None),
        Column("kind", label=gettext_lazy("Kind")),
        StatusTagColumn(
            "state_label",
            label=gettext_lazy("Group"),
            primary=lambda use: use.state == UseState.LIVING,
        ),
        Column("how", label=gettext_lazy("How"), accessor=_way),
        Column("owner", label=gettext_lazy("Owner")),
    ]

    def get_object(self) -> Model:
        """The item as it stands; which version of it is the newest changes nothing here."""
        return super(UsageView, self).get_object()

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        items = super().get_breadcrumbs_items()
        return [*items[:-1], {**items[-1], "label": str(self.page_title)}]

    def get_queryset(self):
        return self.filter_queryset(shown_once(Use.objects.of(self.object)).order_by("-pk"))

    @cached_property
    def index_results_url(self) -> str:
        return self.get_usage_url(self.object)

    def get_table(self, object_list, **kwargs):
        rows = describe(list(object_list), self.request.user)
        return super(UsageView, self).get_table(rows, **kwargs)
