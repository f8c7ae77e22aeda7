"""Loads the demo's testimony and fact sheets."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.rich_text import RichText

from cms.models import ArchivePage, Issue, Person, Theme, User
from events.models import Event, Vehicle
from testimony.demo.library import Library
from testimony.demo.reader import documents, rows
from testimony.domain.pinning import settle
from testimony.enums import ReferenceMode
from testimony.models import DocumentPage, FactSheetPage, TestimonyPage


class Documents:
    """Makes the pages; `pages` finds them by the keys of the files."""

    def __init__(
        self,
        *,
        user: User,
        publisher: User,
        library: Library,
        issues: dict[str, Issue],
        people: dict[str, Person],
        vehicles: dict[str, Vehicle],
        events: dict[str, Event],
    ) -> None:
        self.user, self.publisher = user, publisher
        self.library, self.issues = library, issues
        self.people, self.vehicles, self.events = people, vehicles, events
        self.archive = ArchivePage.objects.get()
        self.themes: dict[str, Theme] = {}
        self.pages: dict[str, DocumentPage] = {}

    def load(self) -> None:
        self.themes = {row.pop("key"): _theme(row) for row in rows("themes")}
        for row in documents("fact_sheets"):
            self._save(row, self._fact_sheet(row))
        for row in documents("testimonies"):
            self._save(row, self._testimony(row))

    def _save(self, row: dict, page: DocumentPage) -> None:
        self.archive.add_child(instance=page)
        page.issues.set([self.issues[key] for key in row["issues"]])
        revision = page.save_revision(user=self.user, log_action=True)
        if row["status"] == "live":
            # As after the approver's approval, without its e-mails.
            revision.publish(user=self.publisher, skip_permission_checks=True)
        elif row["status"] == "in_moderation":
            page.get_workflow().start(page, self.user)
        self.pages[row["key"]] = page

    def _shared(self, row: dict) -> dict[str, Any]:
        return {
            "title": row["title"],
            "slug": slugify(row["key"]),
            "language": row["language"],
            "summary": row["summary"],
            "contact": self.people[row["contact"]],
            "theme": self.themes[row["theme"]] if "theme" in row else None,
            "vehicle": self.vehicles.get(row["vehicle"]),
            "body": [self._block(block) for block in row["body"]],
            "live": False,
            "owner": self.user,
        }

    def _fact_sheet(self, row: dict) -> FactSheetPage:
        return FactSheetPage(
            headline=row["headline"],
            ask=self.library.rich_text(row["ask"]),
            key_figure=self.library.statistics[row["key_figure"]],
            date=timezone.localdate() + dt.timedelta(days=row["day_offset"]),
            **self._shared(row),
        )

    def _testimony(self, row: dict) -> TestimonyPage:
        event = self.events[row["event"]]
        page = TestimonyPage(
            event=event,
            position=row["position"],
            speaker=self.people[row["speaker"]],
            speaker_role=row["speaker_role"],
            salutation=row["salutation"],
            document_kind=row["document_kind"],
            date=event.local_date,
            **self._shared(row),
        )
        page.cuts = self._cuts(page, row)
        return page

    @staticmethod
    def _cuts(page: TestimonyPage, row: dict) -> dict[str, dict[str, str]]:
        """`rank` and `use` of the blocks that state them, by the ids that the blocks get here."""
        stored = page.body.get_prep_value()
        marks = [
            {key: block[key] for key in ("rank", "use") if key in block} for block in row["body"]
        ]
        return {block["id"]: mark for block, mark in zip(stored, marks, strict=True) if mark}

    def _block(self, block: dict) -> tuple[str, Any]:
        kind = block["type"]
        make = {
            "paragraph": self._rich,
            "ask": self._rich,
            "talking_point": self._point,
            "statistic": lambda b: {
                "statistic": self.library.statistics[b["ref"]],
                "emphasis": b["emphasis"],
            },
            "chart": self._chart,
            "table": self._table,
            "quote": lambda b: {"text": b["text"], "attribution": b["attribution"]},
        }.get(kind, lambda b: b["value"])
        return kind, make(block)

    def _rich(self, block: dict) -> RichText:
        return RichText(self.library.rich_text(block["value"]))

    def _point(self, block: dict) -> dict[str, Any]:
        """Follows the library unless the file says `mode`; `adapted` is a wording of the document's own."""
        point = self.library.talking_points[block["ref"]]
        mode = block.get("mode", ReferenceMode.FOLLOW)
        return {
            "point": point,
            "mode": mode,
            "pin": settle(point, mode, None),
            "adapted": self.library.rich_text(block.get("adapted", "")),
        }

    def _chart(self, block: dict) -> dict[str, Any]:
        return {
            "title": block["title"],
            "kind": block["kind"],
            "unit": block["unit"],
            "rows": [
                {
                    "label": row["label"],
                    "value": Decimal(row["value"]),
                    "more": [Decimal(value) for value in row.get("more", ())],
                }
                for row in block["rows"]
            ],
            "series": block.get("series", []),
            "source": self.library.sources[block["source"]],
            "alt": block["alt"],
        }

    @staticmethod
    def _table(block: dict) -> TypedTable:
        stream = TestimonyPage.body.field.stream_block
        return stream.child_blocks["table"].to_python(
            {
                "caption": block["caption"],
                "columns": [
                    {"type": column["type"], "heading": column["heading"]}
                    for column in block["columns"]
                ],
                "rows": [{"values": row["cells"]} for row in block["rows"]],
            }
        )


def _theme(row: dict[str, Any]) -> Theme:
    """The look of a programme."""
    theme = Theme(**{**row, "letterhead_lines": "\n".join(row["letterhead_lines"])})
    theme.full_clean()
    theme.save()
    return theme
