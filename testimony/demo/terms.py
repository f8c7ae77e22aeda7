"""Loads the demo's preferred terms."""

from __future__ import annotations

from cms.models import Organization
from testimony.demo.reader import rows
from testimony.models import PreferredTerm


def load_terms(organizations: dict[str, Organization]) -> None:
    for row in rows("terms"):
        asked_by = organizations[row["asked_by"]] if "asked_by" in row else None
        term = PreferredTerm(**{**row, "asked_by": asked_by})
        term.full_clean()
        term.save()
