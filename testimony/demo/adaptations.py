"""Adapts documents for other people, and changes their originals afterwards, as an office does."""

from __future__ import annotations

from typing import Any

from testimony.demo.documents import Documents
from testimony.demo.reader import rows
from testimony.domain.adapting import derive
from testimony.models import DocumentPage


def adapt_documents(documents: Documents) -> None:
    for row in rows("adaptations"):
        original = documents.pages[row["original"]]
        original.refresh_from_db()
        version: Any = derive(
            original, kind=row["kind"], for_whom=row["for_whom"], user=documents.user
        )
        rewrite(documents, version, row["own"])
        # As after the approver's approval, without its e-mails.
        rewrite(documents, original, row["changes"]).publish(
            user=documents.publisher, skip_permission_checks=True
        )


def rewrite(documents: Documents, page: DocumentPage, blocks: list[dict[str, Any]]):
    """A new draft of `page` with other words in some of its blocks."""
    draft = page.get_latest_revision_as_object()
    stored = list(draft.body.get_prep_value())
    for block in blocks:
        words = documents.library.rich_text(block["value"])
        stored[block["block"]] = {**stored[block["block"]], "value": words}
    draft.body = draft.body.stream_block.to_python(stored)
    return draft.save_revision(user=documents.user, log_action=True)
