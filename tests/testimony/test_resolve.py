"""References resolved, notes numbered, words extracted."""

from __future__ import annotations

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from testimony.domain.notes import Numbering
from testimony.domain.resolve import plain_text, resolve
from tests.builders import (
    embed,
    make_fact_sheet,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    paragraph,
)

pytestmark = pytest.mark.django_db


def test_statistic_in_text_prints_its_figure_and_cites_its_source():
    statistic = make_statistic(value="27", source=make_source("Leave survey"))
    page = make_testimony(body=[paragraph(f"<p>Only {embed(statistic)} have it.</p>")])
    document = resolve(page)
    assert document.spoken_text == "Only 27% have it."
    assert [(note.number, plain_text(note.html)) for note in document.notes] == [
        (1, "Bureau. (2023). Leave survey.")
    ]


def test_source_named_twice_keeps_its_number_on_the_web_and_on_paper():
    first, second = make_source("First"), make_source("Second")
    text = f"<p>A{embed(first)} b{embed(second)} c{embed(first)}</p>"
    page = make_testimony(body=[paragraph(text)])
    web, paper = resolve(page), resolve(page, medium="print")
    assert [plain_text(note.html) for note in web.notes] == [
        "Bureau. (2023). First.",
        "Bureau. (2023). Second.",
    ]
    assert web.html.count('href="#note-1"') == 2
    assert web.html.count('href="#note-2"') == 1
    assert 'id="note-ref-1-2"' in web.html
    assert paper.html.count('<span class="footnote" id="note-') == 2
    assert '<sup class="note-again"><a href="#note-1">1</a></sup>' in paper.html


def test_free_notes_each_have_a_number_of_their_own():
    note = '<embed embedtype="note" text="See &quot;Annex&quot; &lt;2&gt;"/>'
    page = make_testimony(body=[paragraph(f"<p>A{note} b{note}</p>")])
    document = resolve(page)
    assert [(n.number, str(n.html)) for n in document.notes] == [
        (1, "See &quot;Annex&quot; &lt;2&gt;"),
        (2, "See &quot;Annex&quot; &lt;2&gt;"),
    ]


def test_what_is_not_published_is_not_shown():
    hidden = make_statistic(label="hidden", value="99", live=False)
    draft = make_source("Draft source", live=False)
    point = make_point("Hidden point", "<p>Hidden words</p>", live=False)
    body = [
        paragraph(f"<p>Seen {embed(hidden)}{embed(draft)}</p>"),
        ("talking_point", point),
        ("statistic", {"statistic": hidden, "emphasis": ""}),
    ]
    page = make_testimony(body=body)
    document = resolve(page)
    assert document.text == "Seen"
    assert document.notes == ()


def test_gap_is_marked_for_editors_only():
    point = make_point("Hidden point", live=False)
    page = make_testimony(body=[("talking_point", point)])
    assert "gap" not in resolve(page).html
    assert 'class="gap' in resolve(page, show_gaps=True).html


def test_deleted_talking_point_leaves_the_page_readable():
    point = make_point()
    page = make_testimony(body=[("talking_point", point), paragraph("<p>Rest</p>")])
    point.delete()
    page.refresh_from_db()
    assert resolve(page).text == "Rest"


def test_fact_sheet_numbers_notes_in_reading_order():
    key = make_statistic("have leave", source=make_source("Key source"))
    ask = make_source("Ask source")
    page = make_fact_sheet(
        key_figure=key,
        ask=f"<p>Vote yes{embed(ask)}</p>",
        body=[paragraph(f"<p>Body{embed(make_source('Body source'))}</p>")],
    )
    titles = [plain_text(note.html).split(". ")[-1] for note in resolve(page).notes]
    assert titles == ["Key source.", "Ask source.", "Body source."]


def test_spanish_document_is_resolved_in_spanish_whatever_the_visitor_reads():
    source = make_source("Encuesta", published="", url="https://x.example/a")
    source.retrieved_on = "2026-01-05"
    source.save()
    page = make_testimony(language="es", body=[paragraph(f"<p>Texto{embed(source)}</p>")])
    page.refresh_from_db()
    assert "5 de enero de 2026" in resolve(page).text


@pytest.mark.parametrize("count", [1, 3, 12])
def test_queries_do_not_grow_with_references(count, django_assert_num_queries):
    statistics = [make_statistic(label=f"figure {n}") for n in range(count)]
    points = [make_point(f"Point {n}", f"<p>{embed(s)}</p>") for n, s in enumerate(statistics)]
    body = [("talking_point", point) for point in points]
    body += [("statistic", {"statistic": s, "emphasis": ""}) for s in statistics]
    body += [paragraph("<p>" + "".join(embed(s) for s in statistics) + "</p>")]
    page = make_testimony(body=body)
    page = type(page).objects.get(pk=page.pk)
    with django_assert_num_queries(3):
        resolve(page)


@given(st.lists(st.sampled_from(["one", "two", "three"]), max_size=30), st.text(max_size=40))
def test_numbers_rise_by_one_in_order_of_first_use(keys, words):
    numbering = Numbering("web", {})
    fragment = "".join(
        f'<span class="rn" data-note-text="{key}"></span>' for key in keys
    ) + words.replace("<", "")
    numbering.number(fragment)
    assert [note.number for note in numbering.notes] == list(range(1, len(keys) + 1))


@given(st.text(alphabet=st.characters(exclude_characters="<>&\x00"), max_size=200))
def test_plain_text_keeps_every_word(words):
    assert plain_text(f"<p>{words}</p>").split() == words.split()


@pytest.mark.parametrize("words", ["R&D <draft>", "it's", "literally &lt;", 'a "quoted" & named'])
def test_note_reads_as_it_was_written(words):
    note = f'<embed embedtype="note" text="{escape(words)}"/>'
    page = make_testimony(body=[paragraph(f"<p>Text{note}</p>")])
    assert plain_text(resolve(page).notes[0].html) == words
