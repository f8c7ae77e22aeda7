"""Marks on the blocks of testimony: what each is worth when time is short, and whether it is said or only printed.

Kept beside the stream, `{block id: {"rank": …, "use": …}}`, with what differs from the default only. Blocks that are
gone take their marks with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamValue

from testimony.enums import BlockUse, Rank

HEADINGS = ("heading", "subheading")  # they follow what stands beneath them
SHOWN_ONLY = frozenset({"chart", "table", "image"})  # nobody reads them out
ALWAYS_SAID = frozenset({"ask"})


def default_rank(block_type: str) -> str:
    return Rank.KEEP if block_type in ALWAYS_SAID else Rank.TRIM


def default_use(block_type: str) -> str:
    return BlockUse.WRITTEN if block_type in SHOWN_ONLY else BlockUse.BOTH


def known_marks(stored: Any, body: StreamValue | None) -> dict[str, dict[str, str]]:
    """`stored` without what is damaged, belongs to no block of `body` or only repeats a default."""
    if not isinstance(stored, Mapping) or not stored:
        return {}
    known = {}
    # The stored form: reading the blocks themselves would fetch every item of the library they name.
    for block in body.get_prep_value() if body else ():
        mark = stored.get(block.get("id"))
        if isinstance(mark, Mapping) and block["type"] not in HEADINGS:
            kept = _kept(block["type"], mark)
            if kept:
                known[block["id"]] = kept
    return known


def _kept(block_type: str, mark: Mapping[str, Any]) -> dict[str, str]:
    rank, use = mark.get("rank"), mark.get("use")
    kept = {}
    if rank in Rank.values and rank != default_rank(block_type):
        kept["rank"] = str(rank)
    if use in BlockUse.values and use != default_use(block_type):
        kept["use"] = str(use)
    return kept


class CutsPanel(FieldPanel):
    """The hidden field of the marks; a script puts their controls into the header of each block."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        return {**options, "widgets": {self.field_name: forms.HiddenInput}}

    def get_comparison_class(self) -> None:
        return None

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "testimony/admin/cuts_panel.html"

        def is_shown(self) -> bool:
            """Not for a comment: it is handed in, and nobody reads a shorter one aloud. Its marks stay as they are."""
            # upward: the domain says what a comment is
            from testimony.domain.comments import is_comment

            return super().is_shown() and not is_comment(self.instance)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {
                **super().get_context_data(parent_context),
                "setup": {
                    "ranks": list(map(list, Rank.choices)),
                    "uses": list(map(list, BlockUse.choices)),
                    "headings": HEADINGS,
                    "shownOnly": sorted(SHOWN_ONLY),
                    "alwaysSaid": sorted(ALWAYS_SAID),
                    "labels": {
                        "rank": _("When time is short"),
                        "use": _("Where"),
                        "opening": _("The opening is in every version."),
                        "ask": _("The ask is in every version."),
                    },
                },
            }

        @property
        def media(self) -> forms.Media:
            return super().media + forms.Media(
                js=["testimony/js/cuts.js"], css={"all": ["testimony/css/cuts.css"]}
            )
