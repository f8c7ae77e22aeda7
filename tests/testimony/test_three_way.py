"""The three-way merge of an adapted version: what the original changed comes in, nobody's own words go."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from testimony.domain.three_way import Change, Words, compare, differ, same, settle, take_over

IDS = "abcdef"
NAMES = ("title", "summary")
TEXTS = st.integers(min_value=0, max_value=3).map(lambda number: f"<p>{number}</p>")


def block(pk: str, text: str) -> dict:
    return {"type": "paragraph", "value": text, "id": pk}


@st.composite
def words(draw) -> Words:
    ids = draw(st.lists(st.sampled_from(IDS), unique=True))
    return Words({name: draw(TEXTS) for name in NAMES}, tuple(block(pk, draw(TEXTS)) for pk in ids))


def plain(found: Words) -> tuple[dict, list]:
    return found.fields, list(found.blocks)


def clean(changes: list[Change]) -> set[str]:
    return {change.path for change in changes if change.is_clean}


def paths(changes: list[Change]) -> set[str]:
    return {change.path for change in changes}


@given(words(), words())
def test_an_unchanged_version_that_takes_everything_reads_as_the_original(base, now):
    changes = compare(base, now, base)

    assert paths(changes) == clean(changes)
    assert plain(take_over(base, now, paths(changes))) == plain(now)
    assert compare(base, now, take_over(base, now, paths(changes))) == []


@given(words(), words(), words())
def test_taking_what_is_clean_keeps_every_word_of_ones_own(base, now, own):
    merged = take_over(own, now, clean(compare(base, now, own)))

    old, kept = base.by_id(), merged.by_id()
    assert {
        pk: kept.get(pk) for pk, ours in own.by_id().items() if not same(ours, old.get(pk))
    } == {pk: ours for pk, ours in own.by_id().items() if not same(ours, old.get(pk))}
    assert [
        name for name in NAMES
        if own.fields[name] != base.fields[name] and merged.fields[name] != own.fields[name]
    ] == []  # fmt: skip


@given(words(), words(), words(), st.data())
def test_a_change_is_settled_once_and_nothing_else_with_it(base, now, own, data):
    changes = compare(base, now, own)
    one = data.draw(st.sampled_from(sorted(paths(changes)) or ["none"]))
    merged, offered = take_over(own, now, {one}), paths(changes)
    declined = paths(compare(settle(base, now, own, offered, {one}), now, own))
    taken = paths(compare(settle(base, now, merged, offered, {one}), now, merged))

    # Taking a block may bring the order about that was offered, or make it one's own to decide.
    assert declined | {"body"} == offered - {one} | {"body"}
    assert taken | {"body"} == offered - {one} | {"body"}
    assert declined | taken <= offered - {one}


@given(words(), words(), words())
def test_what_was_declined_is_offered_when_the_original_changes_it_anew(base, now, own):
    offered = paths(compare(base, now, own))
    settled = settle(base, now, own, offered, offered)
    later = Words({**now.fields, "summary": "<p>new</p>"}, now.blocks)

    assert compare(settled, now, own) == []
    assert "summary" in paths(compare(settled, later, own))


def test_what_the_editor_marks_for_itself_is_no_change():
    typed = Words({}, [block("a", '<p data-block-key="x1">One</p>')])
    stored = Words({}, [block("a", "<p>One</p>")])

    assert (differ(typed, stored), compare(stored, typed, stored)) == (False, [])


def test_each_way_of_changing_is_told():
    base = Words({"title": "T"}, [block(pk, pk) for pk in "abcd"])
    now = Words(
        {"title": "U"}, [block("b", "B"), block("a", "a"), block("e", "e"), block("c", "c")]
    )
    own = Words({"title": "mine"}, [block("a", "a"), block("b", "mine"), block("c", "c"), block("d", "d")])  # fmt: skip

    assert [(change.path, change.is_clean) for change in compare(base, now, own)] == [
        ("title", False),
        ("body.b", False),
        ("body.e", True),
        ("body.d", True),
        ("body", True),
    ]
    merged = take_over(own, now, clean(compare(base, now, own)))
    assert [(b["id"], b["value"]) for b in merged.blocks] == [
        ("b", "mine"),
        ("a", "a"),
        ("e", "e"),
        ("c", "c"),
    ]
    assert merged.fields == {"title": "mine"}


def test_words_survive_being_stored():
    stored = json.loads(json.dumps(Words({"title": "T"}, [block("a", "x")]).plain()))

    assert Words(**stored) == Words({"title": "T"}, [block("a", "x")])
