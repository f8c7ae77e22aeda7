"""The report of dead links: which sources, since when, and which documents show them to readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from testimony.domain.links import dead_checks, pages_using
from testimony.models import LinkCheck, Source


def edit_url(check: LinkCheck) -> str:
    return reverse("wagtailsnippets_testimony_source:edit", args=[check.source_id])


class DocumentsColumn(Column):
    """Documents that show the source, drafts too, each a link to its editor."""

    def get_value(self, instance: Any) -> Any:
        links = [
            (reverse("wagtailadmin_pages:edit", args=[page.pk]), page.draft_title or page.title)
            for page in instance.documents
        ]
        return format_html_join("", '<div><a href="{}">{}</a></div>', links) or _("none")


class DeadLinksView(ReportView):
    """Fifty at a time; the documents of all rows in one query."""

    model = LinkCheck
    page_title = _("Dead links")
    header_icon = "warning"
    index_url_name = "testimony:dead_links"
    index_results_url_name = "testimony:dead_links_results"
    results_template_name = "testimony/admin/dead_links_results.html"
    any_permission_required = ["add", "change", "publish", "view"]
    default_ordering = "-first_failed_at"
    list_export = ["source", "url", "words", "first_failed_at", "documents_line"]
    export_headings = {
        "source": _("Source"),
        "url": _("Web address"),
        "words": _("What was found"),
        "first_failed_at": _("Since"),
        "documents_line": _("Shown in"),
    }
    export_filename = "dead-links"
    columns = [
        TitleColumn("source", label=_("Source"), accessor="source", get_url=edit_url),
        Column("url", label=_("Web address")),
        Column("words", label=_("What was found")),
        DateColumn("first_failed_at", label=_("Since"), sort_key="first_failed_at"),
        DocumentsColumn("documents", label=_("Shown in")),
    ]

    @property
    def permission_policy(self):
        # Known once the library is registered, which is after this module is read.
        return policy_registry.get_by_type(Source)

    def get_queryset(self) -> QuerySet[LinkCheck]:
        return dead_checks()

    def decorate_paginated_queryset(self, object_list: Iterable[LinkCheck]) -> list[LinkCheck]:
        checks = list(object_list)
        seen = policy_registry.get_by_type(Page).explorable_instances(self.request.user)
        pages = pages_using({check.source_id for check in checks}, among=seen)
        for check in checks:
            check.documents = pages.get(check.source_id, [])  # type: ignore[attr-defined]
            check.documents_line = "; ".join(  # type: ignore[attr-defined]
                page.draft_title or page.title for page in pages.get(check.source_id, [])
            )
        return checks


def menu_item() -> MenuItem:
    """For `register_reports_menu_item`."""
    return MenuItem(
        _("Dead links"),
        reverse_lazy("testimony:dead_links"),
        name="dead-links",
        icon_name="warning",
        order=900,
    )
