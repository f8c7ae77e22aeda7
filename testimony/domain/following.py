"""Documents follow the library: when an item changes, what shows it is projected anew."""

from __future__ import annotations

from django.db import models, transaction
from wagtail.models import Page, ReferenceIndex

from cms.archive.projection import project
from cms.models import PagePdf

MAX_DEPTH = 3  # a document shows a talking point, which shows a statistic, which names a source


def documents_using(item: models.Model) -> set[int]:
    """Ids of pages whose live words show `item`, directly or through another library item."""
    pages: set[int] = set()
    seen: set[tuple[type, str]] = set()
    frontier: list[models.Model] = [item]
    for _depth in range(MAX_DEPTH):
        found: list[models.Model] = []
        for current in frontier:
            for reference in ReferenceIndex.get_references_to(current).select_related(
                "base_content_type"
            ):
                key = (reference.base_content_type.model_class(), reference.object_id)
                if key in seen or key[0] is None:
                    continue
                seen.add(key)
                if issubclass(key[0], Page):
                    pages.add(int(reference.object_id))
                else:
                    found.extend(key[0]._default_manager.filter(pk=reference.object_id))
        frontier = found
    return pages


def refresh_documents_using(item: models.Model) -> None:
    """Once the change is committed, refresh the archive rows of what shows `item`.

    Their PDFs are found by content, so an old one cannot be served; what the pages say of size and
    length is forgotten until the new one is made.
    """
    transaction.on_commit(lambda: _refresh(item))


def _refresh(item: models.Model) -> None:
    page_ids = documents_using(item)
    PagePdf.objects.filter(page_id__in=page_ids).delete()
    for page in Page.objects.filter(pk__in=page_ids).specific().iterator(chunk_size=50):
        project(page)
