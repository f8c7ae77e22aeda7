"""The form of the page editor: what the rules of `readiness` ask for is said beside its field."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from testimony.models.readiness import what_is_missing


class DocumentForm(WagtailAdminPageForm):
    """Saving a draft asks for nothing; submitting, approving and publishing do. Sending back does not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event = getattr(self.instance, "event", None)
        if "date" in self.fields and event is not None and event.starts_at is not None:
            # A draft may hold the day of before the event was moved.
            self.initial["date"] = self.instance.effective_date
            self.fields["date"].help_text = _(
                "It follows the hearing or event until it is delivered."
            )

    def clean_title(self) -> str:
        """Its field grows with the words, so it takes line breaks; a title has none."""
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        sent_back = self.data.get("workflow-action-name") == "reject"
        if self.is_deferred_validation or sent_back:
            return data
        page = self.instance
        missing = what_is_missing(
            body=data.get("body"),
            texts=[str(data.get(name) or "") for name in page.own_texts],
            issues=data.get("issues") or (),
            imported=page.is_imported,
        )
        for field, sentence in missing.items():
            if field in self.fields and field not in self.errors:
                self.add_error(field, sentence)
        return data
