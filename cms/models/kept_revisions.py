"""A version that was submitted, approved or published stays as it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.models import Revision, TaskState

if TYPE_CHECKING:
    from wagtail.models import DraftStateMixin as Base
else:
    Base = object


class KeepsRevisions(Base):
    """Before Wagtail's own mixins.

    Its editor saves by itself and writes over the version that it saved before, as long as it stays open, whatever
    became of that version meanwhile: approved words would be others, under the same number.
    """

    def save_revision(
        self, user: Any = None, *, overwrite_revision: Revision | None = None, **options: Any
    ) -> Revision:
        if overwrite_revision is not None and self._is_relied_on(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(user=user, overwrite_revision=overwrite_revision, **options)

    def _is_relied_on(self, revision: Revision) -> bool:
        """Sent for review, or waiting for its day, or what the public reads. One that is not the newest is left to
        Wagtail, which refuses it."""
        if revision.pk != self.latest_revision_id:
            return False
        if revision.approved_go_live_at or revision.pk == self.live_revision_id:
            return True
        return TaskState.objects.filter(revision=revision).exists()
