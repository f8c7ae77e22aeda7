"""Changes talking points under the documents that show them, as an office does in its everyday work."""

from __future__ import annotations

from testimony.demo.library import Library
from testimony.demo.reader import rows


def change_points(library: Library) -> None:
    for row in rows("changes"):
        point = library.talking_points[row["key"]]
        point.refresh_from_db()
        point.text = library.rich_text(row["text"])
        revision = point.save_revision(user=library.user, log_action=True)
        # As after the approver's approval, without its e-mails.
        revision.publish(user=library.publisher, skip_permission_checks=True)
