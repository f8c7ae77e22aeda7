"""References against a simple model: whatever people do in whatever order, documents, drafts and records say what
the model says.

The ordinary run is short. REFERENCE_RUNS=500x40 makes 500 runs of 40 steps.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field, replace

import pytest
from django.db import connection, transaction
from django.test import TestCase
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from wagtail.management.commands.purge_revisions import purge_revisions

from cms.archive.projection import entry_of
from cms.enums import GroupName
from cms.models import ArchiveEntry
from events.domain.presentations import add_presentation, confirm, deliver
from events.domain.records import verify
from events.models import Record
from testimony.domain.deletion import ItemIsOnRecord
from testimony.domain.figures import superseded_in
from testimony.domain.pinning import NotPublished, settle
from testimony.domain.resolve import ResolvedDocument, plain_text, resolve
from testimony.models import Source, Statistic, TalkingPoint, TestimonyPage
from tests.builders import make_event, make_testimony, make_user
from tests.testimony.fake_engine import fake_engine

ITEMS = ("inline", "block", "point", "cited")
NUMBERS = st.integers(min_value=1, max_value=99)
NAMES = st.sampled_from(ITEMS)


@dataclass(frozen=True)
class Held:
    """How the document holds one item. `kept` is what the pin keeps; of a point also its figure."""

    mode: str = "follow"
    kept: tuple[int, int | None] | None = None
    own: int = 0


@dataclass
class Item:
    """`draft` and `live` are numbers that stand for the words; `live` is None while nothing is published."""

    draft: int = 1
    live: int | None = 1
    exists: bool = True


@dataclass
class Model:
    items: dict[str, Item] = field(default_factory=lambda: {name: Item() for name in ITEMS})
    draft: dict[str, Held] = field(default_factory=lambda: {name: Held() for name in ITEMS})
    live: dict[str, Held] | None = None
    versions: dict[int, dict[str, Held]] = field(default_factory=dict)
    records: dict[int, tuple[list[str], list[tuple[str, int]]]] = field(default_factory=dict)

    def now(self, name: str) -> tuple[int, int | None]:
        return self.items[name].live, self.items["inline"].live

    def shown(self, held: dict[str, Held], name: str) -> tuple[int, int | None] | None:
        """Number of the item's words, and of the figure inside a point. None: not published."""
        if self.items[name].live is None:
            return None
        number, figure = held[name].kept if held[name].mode == "pinned" else self.now(name)
        return number, figure if self.items["inline"].live is not None else None

    def words(self, held: dict[str, Held]) -> list[str]:
        """The text of a document, and the numbers of the sources in its notes."""
        said = {name: self.shown(held, name) for name in ITEMS}
        inline, block, point, cited = (said[name] for name in ITEMS)
        text = f"Inline {inline[0]}%." if inline else "Inline ."
        if point and held["point"].mode == "adapted":
            text += f" Own {held['point'].own}."
        elif point:
            text += f" Point {point[0]} says {f'{point[1]}%' if point[1] is not None else ''}."
        if block:
            text += f" {block[0]}% of workers"
        return [text, *([f"Survey {cited[0]}"] if cited else [])]

    def figures(self, held: dict[str, Held]) -> list[tuple[str, int]]:
        """Which figures are printed, each once."""
        found = []
        inline, block, point = (self.shown(held, name) for name in ("inline", "block", "point"))
        if inline:
            found.append(("inline", inline[0]))
        if point and held["point"].mode != "adapted" and point[1] is not None:
            found.append(("inline", point[1]))
        if block:
            found.append(("block", block[0]))
        return list(dict.fromkeys(found))


def said_by(document: ResolvedDocument) -> list[str]:
    notes = [found[0] for note in document.notes if (found := re.findall(r"Survey \d+", note.html))]
    return [" ".join(plain_text(document.html, without=".note-ref").split()), *notes]


class References(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.model = Model()
        self.user = make_user("approver", GroupName.APPROVERS)
        self.items = {
            "inline": Statistic(label="of everybody", value=1),
            "block": Statistic(label="of workers", value=1),
            "cited": Source(title="Survey 1", publisher="Bureau", published="2023"),
        }
        self.ids: dict[str, int] = {}
        self.pins: dict[str, int | None] = dict.fromkeys(ITEMS)
        self.pins_of: dict[int, dict[str, int | None]] = {}  # by revision of the page
        self.records: dict[int, Record] = {}
        with self.committed():
            for name, item in self.items.items():
                self.publish_new(name, item)
            text = f"<p>Point 1 says {self.embed('inline')}.</p>"
            self.items["point"] = TalkingPoint(title="Point", text=text)
            self.publish_new("point", self.items["point"])
            self.page = make_testimony(body=[("heading", "Text")], live=False, user=self.user)
            self.save_draft()

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    @staticmethod
    def committed():
        """What waits for the end of the request is done at once."""
        return TestCase.captureOnCommitCallbacks(execute=True)

    def publish_new(self, name: str, item) -> None:
        item.live = False
        item.save()
        item.save_revision().publish()
        self.ids[name] = item.pk

    def embed(self, name: str, pin: int | None = None) -> str:
        held = f' pin="{pin}"' if pin else ""
        kind = "source" if name == "cited" else "statistic"
        return f'<embed embedtype="{kind}" id="{self.ids[name]}"{held}/>'

    def save_draft(self) -> None:
        """Stores the draft of the model: rich text, and blocks as the database holds them."""
        inline, cited = (self.embed(name, self.pins[name]) for name in ("inline", "cited"))
        point, block = self.model.draft["point"], self.model.draft["block"]
        own = f"<p>Own {point.own}.</p>" if point.mode == "adapted" else ""
        raw = [
            ("paragraph", f"<p>Inline {inline}.</p><p>{cited}</p>"),
            (
                "talking_point",
                {
                    "point": self.ids["point"],
                    "mode": point.mode,
                    "pin": self.pins["point"],
                    "adapted": own,
                },
            ),
            (
                "statistic",
                {"statistic": self.ids["block"], "mode": block.mode, "pin": self.pins["block"]},
            ),
        ]
        page = self.fresh_page()
        page = page.get_latest_revision_as_object()
        page.body = json.dumps([{"type": kind, "value": value, "id": kind} for kind, value in raw])
        revision = page.save_revision(user=self.user)
        self.model.versions[revision.pk] = self.model.draft
        self.pins_of[revision.pk] = dict(self.pins)

    # What people do ------------------------------------------------------------------------

    @rule(name=NAMES, number=NUMBERS, publish=st.booleans())
    def edit_item(self, name: str, number: int, publish: bool) -> None:
        if not self.model.items[name].exists:
            return
        item = self.fresh(name).get_latest_revision_as_object()
        if name == "point":
            item.text = re.sub(r"Point \d+", f"Point {number}", item.text)
        elif name == "cited":
            item.title = f"Survey {number}"
        else:
            item.value = number
        with self.committed():
            revision = item.save_revision(user=self.user)
            if publish:
                revision.publish()
        self.model.items[name].draft = number
        if publish:
            self.model.items[name].live = number

    @rule(name=NAMES)
    def unpublish_item(self, name: str) -> None:
        if self.model.items[name].live is None:
            return
        with self.committed():
            self.fresh(name).unpublish()
        self.model.items[name].live = None

    @rule(name=NAMES)
    def delete_item(self, name: str) -> None:
        if not self.model.items[name].exists:
            return
        try:
            with self.committed(), transaction.atomic():
                self.fresh(name).delete()
        except ItemIsOnRecord:
            assert self.model.records
            return
        assert not self.model.records
        self.model.items[name] = Item(live=None, exists=False)

    @rule(name=NAMES, mode=st.sampled_from(["follow", "pinned", "adapted"]), own=NUMBERS)
    def hold(self, name: str, mode: str, own: int) -> None:
        """The draft is given another way to hold the item, as the editor does it."""
        mode = "pinned" if mode == "adapted" and name != "point" else mode
        item = self.model.items[name]
        if not item.exists:
            return
        try:
            pin = settle(self.fresh(name), mode, None)
        except NotPublished:
            assert (item.live, mode) == (None, "pinned")
            return
        self.pins[name] = pin
        kept = self.model.now(name) if mode == "pinned" else None
        self.model.draft = {
            **self.model.draft,
            name: replace(Held(), mode=mode, kept=kept, own=own),
        }
        with self.committed():
            self.save_draft()

    @rule()
    def publish_document(self) -> None:
        with self.committed():
            self.fresh_page().latest_revision.publish()
        self.model.live = self.model.draft

    @precondition(lambda self: self.model.live is not None)
    @rule()
    def unpublish_document(self) -> None:
        with self.committed():
            self.fresh_page().unpublish()
        self.model.live = None

    @rule(choice=st.integers(min_value=0, max_value=50))
    def restore_document(self, choice: int) -> None:
        standing = sorted(
            set(self.model.versions) & set(self.page.revisions.values_list("pk", flat=True))
        )
        pk = standing[choice % len(standing)]
        with self.committed():
            restored = self.page.revisions.get(pk=pk).as_object().save_revision(user=self.user)
        self.model.draft = self.model.versions[restored.pk] = self.model.versions[pk]
        self.pins_of[restored.pk] = self.pins_of[pk]
        self.pins = dict(self.pins_of[pk])

    @precondition(lambda self: len(self.model.records) < 3)
    @rule()
    def deliver_document(self) -> None:
        event = make_event(title=f"Hearing {len(self.model.records)}")
        with self.committed():
            added = add_presentation(event, self.page.speaker, user=self.user, pages=[self.page])
            (record,) = deliver(confirm(added, user=self.user), user=self.user)
        held = self.model.draft if self.model.live is None else self.model.live
        self.model.records[record.pk] = (self.model.words(held), self.model.figures(held))
        self.records[record.pk] = record

    @rule()
    def purge(self) -> None:
        purge_revisions()

    # What must hold ------------------------------------------------------------------------

    @invariant()
    def documents_say_what_the_model_says(self) -> None:
        page = self.fresh_page()
        assert said_by(resolve(page.get_latest_revision_as_object())) == self.model.words(
            self.model.draft
        )
        assert page.live == (self.model.live is not None)
        entries = ArchiveEntry.objects.filter(page_id=page.pk)
        found = list(entries.values_list("search_text", flat=True))
        if self.model.live is None:
            assert found == []
        else:
            assert said_by(resolve(page)) == self.model.words(self.model.live)
            assert found == [entry_of(page)[0].search_text]

    @invariant()
    def records_say_what_was_said(self) -> None:
        for pk, (words, figures) in self.model.records.items():
            record = self.records[pk]
            record.refresh_from_db()
            assert verify(record)
            assert [" ".join(plain_text(record.payload["html"], without=".note-ref").split())] == [
                words[0]
            ]
            later = [
                (f"{number}%", f"{live}%")
                for name, number in figures
                if (live := self.model.items[name].live) not in (None, number)
            ]
            assert [(c.then, c.now) for c in superseded_in(record.payload)] == later

    # Helpers -------------------------------------------------------------------------------

    def fresh(self, name: str):
        return type(self.items[name]).objects.get(pk=self.ids[name])

    def fresh_page(self) -> TestimonyPage:
        return TestimonyPage.objects.get(pk=self.page.pk)


def runs() -> tuple[int, int]:
    wanted = re.fullmatch(r"(\d+)x(\d+)", os.environ.get("REFERENCE_RUNS", "5x15"))
    return int(wanted[1]), int(wanted[2])


@pytest.mark.django_db
def test_references_behave_like_the_model(monkeypatch):
    fake_engine(monkeypatch)
    examples, steps = runs()
    run_state_machine_as_test(
        References,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate] if "REFERENCE_RUNS" in os.environ else list(Phase),
            report_multiple_bugs=False,
        ),
    )
    assert connection.in_atomic_block
