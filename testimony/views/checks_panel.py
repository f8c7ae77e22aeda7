"""What is still missing, where people write: in Wagtail's checks panel beside the editor, and in the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.forms import Media, MediaDefiningClass
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import ChecksSidePanel
from wagtail.admin.ui.tables import Column

from events.domain.filing import changed_since_ready
from events.models import PresentationMaterial
from testimony.domain.readiness import judge_pages
from testimony.models import TestimonyPage


class DocumentChecksPanel(ChecksSidePanel, metaclass=MediaDefiningClass):
    """The script fills the list with each answer of the meter."""

    template_name = "testimony/admin/checks_panel.html"

    @property
    def media(self) -> Media:
        return Media(
            js=["testimony/js/document-checks.js"], css={"all": ["testimony/css/cuts.css"]}
        )


def with_our_checks(panels: MediaContainer) -> MediaContainer:
    """The same panels, Wagtail's checks replaced."""
    return MediaContainer(
        DocumentChecksPanel(panel.object, panel.request)
        if type(panel) is ChecksSidePanel
        else panel
        for panel in panels
    )


class ReadinessColumn(Column):
    """ "2 missing", "ready to file"; a dash where nobody asks any more."""

    cell_template_name = "testimony/admin/readiness_cell.html"


def mark_readiness(pages: Iterable[TestimonyPage]) -> None:
    """Give each row its judgement. What was delivered or imported is past judging."""
    rows = list(pages)
    open_rows = [it for it in rows if not it.is_imported and not it.first_delivered_at]
    judged = judge_pages(open_rows)
    said = _said_ready(open_rows)
    for row in rows:
        row.readiness = judged.get(row.pk)
        row.said_ready, row.changed_since_ready = said.get(row.pk, (False, False))


def _said_ready(pages: Sequence[TestimonyPage]) -> dict[int, tuple[bool, bool]]:
    """Of which somebody said that they may be handed in, and whether they were changed after that."""
    materials = PresentationMaterial.objects.filter(page__in=pages, ready_at__isnull=False)
    return {
        material.page_id: (True, changed_since_ready(material))
        for material in materials.select_related("page").order_by("ready_at")
    }
