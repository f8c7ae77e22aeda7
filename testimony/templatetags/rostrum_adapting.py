"""On the edit screen: what an item was adapted from, and what was adapted from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import F
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from testimony.domain.adaptation import count_versions, derivation_of
from testimony.domain.originals import MODELS
from testimony.models import Derivation

register = template.Library()
FIRST = 5  # of the versions; the newest changes first


@dataclass(frozen=True)
class Version:
    derivation: Derivation
    title: str
    url: str | None


@register.inclusion_tag("testimony/admin/includes/adaptation_box.html", takes_context=True)
def adaptation_box(context: template.Context, item: Any) -> dict[str, Any]:
    """Nothing for what is neither a version nor has any. Three queries, and a few more where there are some."""
    if type(item) not in MODELS or item.pk is None:
        return {}
    finder = AdminURLFinder(context["request"].user)
    total, behind = count_versions(item)
    derivation = derivation_of(item)
    parent = derivation.parent if derivation else None
    return {
        "derivation": derivation,
        "parent": parent,
        "parent_title": _title(parent) if parent else derivation and derivation.parent_title,
        "parent_url": parent and finder.get_edit_url(parent),
        "total": total,
        "behind": behind,
        "versions": _versions(item, finder) if total else [],
        "more": max(total - FIRST, 0),
    }


def _versions(item: Any, finder: AdminURLFinder) -> list[Version]:
    rows = Derivation.objects.of_parent(item).prefetch_related("child")
    rows = rows.order_by(F("behind_since").desc(nulls_last=True), "-pk")[:FIRST]
    return [
        Version(row, _title(row.child), finder.get_edit_url(row.child)) for row in rows if row.child
    ]


def _title(item: Any) -> str:
    return item.get_admin_display_title() if isinstance(item, Page) else str(item)
