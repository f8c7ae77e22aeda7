"""Shorter versions of one text: what goes, what stays, and that it stays whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from cms.models import Person
from events.domain.limits import SpeakingLimit
from events.models import Vehicle
from testimony.domain.cuts import (
    LENGTHS,
    VERSIONS,
    cut,
    cut_as,
    measure,
    version_named,
    versions_at,
)
from testimony.domain.marks import SPOKEN, WRITTEN
from testimony.domain.naming import names_bill, states_position
from testimony.domain.resolve import resolve
from testimony.enums import BlockUse, Rank
from testimony.models import TestimonyPage
from testimony.models.cuts import known_marks
from tests.builders import make_event, make_testimony, paragraph

OPENING = "My name is Ada. I am here in support of HB 1147."
ASK = "Please vote yes on HB 1147."
NO_LIMIT = SpeakingLimit()


def say(words: int, first: str = "word") -> str:
    return " ".join([first, *["word"] * (words - 1)])


def document(*blocks, cuts=None, **fields) -> TestimonyPage:
    """In memory: nothing of it is in the database. Blocks are (id, type, text)."""
    data = [
        (kind, text if kind == "heading" else RichText(f"<p>{text}</p>"), key)
        for key, kind, text in blocks
    ]
    stream = StreamValue(TestimonyPage.body.field.stream_block, data)
    vehicle = Vehicle(identifier="HB 1147", position="support")
    known = {"vehicle": vehicle, "position": "support", "speaker": Person(name="Ada"), **fields}
    return TestimonyPage(title="Testimony", body=stream, cuts=cuts or {}, **known)


def ids(version) -> list[str]:
    return [block.id for block in version.blocks]


def three_paragraphs(cuts=None) -> TestimonyPage:
    return document(
        ("open", "paragraph", OPENING),
        ("h1", "heading", "Why"),
        ("one", "paragraph", say(130, "One")),
        ("two", "paragraph", say(130, "Two")),
        ("h2", "heading", "More"),
        ("three", "paragraph", say(130, "Three")),
        ("h3", "heading", "Please"),
        ("ask", "ask", ASK),
        cuts=cuts,
    )


@pytest.mark.parametrize(
    ("seconds", "kept"),
    [
        (None, ["open", "h1", "one", "two", "h2", "three", "h3", "ask"]),
        (180, ["open", "h1", "one", "two", "h3", "ask"]),
        (120, ["open", "h1", "one", "h3", "ask"]),
        (60, ["open", "h3", "ask"]),
    ],
)
def test_what_may_be_trimmed_goes_from_the_end_with_its_headings(db, seconds, kept):
    version = cut(measure(three_paragraphs(), NO_LIMIT), seconds=seconds)

    assert (ids(version), version.meter.over_by) == (kept, 0)


def test_what_is_marked_goes_first_wherever_it_stands(db):
    page = three_paragraphs({"one": {"rank": "first"}, "two": {"rank": "keep"}})

    assert ids(cut(measure(page, NO_LIMIT), seconds=120)) == ["open", "h1", "two", "h3", "ask"]


def test_must_keep_never_goes_and_what_is_over_is_said(db):
    page = three_paragraphs({"one": {"rank": "keep"}, "two": {"rank": "keep"}})

    version = cut(measure(page, NO_LIMIT), seconds=60)

    assert ids(version) == ["open", "h1", "one", "two", "h3", "ask"]
    assert (version.meter.label, version.meter.over_by) == ("2:11, 1:11 over", 71)
    assert [block.id for block in version.to_trim] == ["one", "two", "open", "ask"]
    assert [block.id for block in version.left_out] == ["three"]


def test_spoken_and_written_versions_come_from_one_text(db):
    page = three_paragraphs({"one": {"use": "spoken"}, "three": {"use": "written"}})
    measured = measure(page, NO_LIMIT)

    assert ids(cut(measured)) == ["open", "h1", "one", "two", "h3", "ask"]
    assert ids(cut(measured, medium=WRITTEN)) == ["open", "h1", "two", "h2", "three", "h3", "ask"]


def test_the_public_reads_the_written_version(db):
    page = make_testimony(body=[paragraph("<p>Hello.</p>"), paragraph("<p>Only said.</p>")])
    second = page.body.get_prep_value()[1]["id"]
    page.cuts = {second: {"use": "spoken"}}

    assert resolve(page).text == "Hello."
    assert resolve(page, body=page.body).text == "Hello.\nOnly said."


def test_the_only_ask_is_in_every_version_and_one_of_two_is_not(db):
    alone = document(("o", "paragraph", OPENING), ("a", "ask", ASK), cuts={"a": {"use": "written"}})
    both = document(
        ("o", "paragraph", OPENING),
        ("short", "ask", "Vote yes."),
        ("long", "ask", ASK),
        cuts={"long": {"use": "written"}},
    )

    assert ids(cut(measure(alone, NO_LIMIT))) == ["o", "a"]
    assert ids(cut(measure(both, NO_LIMIT))) == ["o", "short"]


def test_the_block_that_first_names_the_bill_stays_when_the_opening_does_not(db):
    page = document(
        ("open", "paragraph", "Good morning."),
        ("bill", "paragraph", say(200, OPENING)),
        ("rest", "paragraph", say(200)),
    )

    assert ids(cut(measure(page, NO_LIMIT), seconds=60)) == ["open", "bill"]


def test_the_salutation_takes_time_too(db):
    page = document(("open", "paragraph", say(128)), salutation="Chair Brandvold:")

    assert cut(measure(page, NO_LIMIT)).meter.words == 130


def test_consecutive_interpretation_halves_what_fits_unless_the_body_doubles_the_limit(db):
    page = three_paragraphs()
    alone = SpeakingLimit(120, "consecutive")
    doubled = SpeakingLimit(120, "consecutive", 2)

    assert ids(cut(measure(page, alone), seconds=120)) == ["open", "h3", "ask"]
    assert ids(cut(measure(page, doubled), seconds=120)) == ["open", "h1", "one", "h3", "ask"]


@pytest.mark.django_db
def test_marks_of_blocks_that_are_gone_and_damaged_ones_are_dropped():
    page = three_paragraphs()
    marks = {
        "one": {"rank": "first", "use": "spoken"},
        "two": {"rank": "trim", "use": "both"},
        "ask": {"rank": "keep"},
        "three": {"rank": "sometimes"},
        "h1": {"rank": "first"},
        "gone": {"rank": "first"},
    }

    assert known_marks(marks, page.body) == {"one": {"rank": "first", "use": "spoken"}}
    assert [known_marks(it, page.body) for it in (None, [], "x", {"one": 3})] == [{}, {}, {}, {}]


def test_a_copied_page_keeps_its_marks(db):
    page = make_testimony(body=[paragraph("<p>Hello.</p>"), paragraph("<p>More.</p>")])
    page.cuts = {page.body.get_prep_value()[1]["id"]: {"rank": "first"}}
    page.save_revision().publish()

    copy = TestimonyPage.objects.get(pk=page.pk).copy(update_attrs={"slug": "copy"})

    assert list(copy.cuts.values()) == [{"rank": "first"}]
    assert set(copy.cuts) <= {block["id"] for block in copy.body.get_prep_value()}


MARK = st.fixed_dictionaries(
    {}, optional={"rank": st.sampled_from(Rank.values), "use": st.sampled_from(BlockUse.values)}
)
BLOCK = st.tuples(st.sampled_from(["heading", "paragraph", "ask"]), st.integers(0, 200), MARK)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(
    before=st.lists(BLOCK, max_size=4), after=st.lists(BLOCK, max_size=10), opening=MARK, ask=MARK
)
def test_every_version_of_any_text_holds_bill_position_and_ask(before, after, opening, ask):
    drawn = [*before, ("paragraph", 0, opening), *after, ("ask", 0, ask)]
    special = {len(before): OPENING, len(drawn) - 1: ASK}
    blocks = [
        (str(place), kind, special.get(place) or say(words + 1))
        for place, (kind, words, _mark) in enumerate(drawn)
    ]
    page = document(*blocks, cuts={str(place): mark for place, (_k, _w, mark) in enumerate(drawn)})
    page.cuts[str(len(before))] = {}  # what says the bill may not be marked for one medium only
    measured = measure(page, NO_LIMIT)
    for version in VERSIONS.values():
        shorter = cut_as(measured, version)
        said = " ".join(block.text for block in shorter.blocks)
        assert names_bill(page, said) and states_position(page, said)
        assert any(block.marked.kind == "ask" for block in shorter.blocks)
        assert list(shorter.places) == sorted(set(shorter.places))
        assert cut_as(measured, version).places == shorter.places
        if version.seconds and shorter.meter.over_by:
            assert all(
                block.is_needed or block.marked.rank == Rank.KEEP or not block.words
                for block in shorter.blocks
                if not block.marked.level
            )


@pytest.mark.parametrize("seconds", LENGTHS)
def test_a_version_needs_no_more_time_than_the_next_longer_one(db, seconds):
    measured = measure(three_paragraphs(), NO_LIMIT)

    assert cut(measured, seconds=seconds).meter.said <= cut(measured, medium=SPOKEN).meter.said


def test_a_real_document_is_measured_against_its_hearing(db):
    event = make_event(speaking_limit_seconds=120)
    page = make_testimony(body=[paragraph(f"<p>{say(300)}</p>")], event=event)

    version = cut(page)

    assert version.facts == "300 words, 2:18 at 130 words a minute. Limit 2:00"


def test_a_hearing_with_a_limit_of_its_own_has_a_version_for_it():
    assert [it.name for it in versions_at(300)] == ["300", "180", "120", "60", "full", "written"]
    assert [it.name for it in versions_at(120)] == ["180", "120", "60", "full", "written"]
    assert [str(version_named(it).label) for it in ("300", "150", "120")] == [
        "5-minute version",
        "2:30 version",
        "2-minute version",
    ]
    assert [version_named(it) for it in ("pdf", "0", "", "²", "1000000")] == [None] * 5
    assert version_named("150").file_suffix == "-150-second"


def test_the_editor_previews_the_version_for_the_hearing_s_own_limit(db):
    page = make_testimony(
        body=[paragraph(f"<p>{OPENING}</p>")], event=make_event(speaking_limit_seconds=300)
    )

    assert [name for name, _label in page.preview_modes] == [
        *("", "pdf", "300", "180", "120", "60", "full")
    ]
    assert "5-minute version" in page.make_preview_request(preview_mode="300").content.decode()
    assert "4-minute version" not in page.make_preview_request(preview_mode="240").content.decode()
