"""Notes at the foot of a page: each is printed once, wherever the page breaks."""

from __future__ import annotations

import functools
import io
import json
import os
import random
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings
from pypdf import PdfReader

from cms.pdf import text

STYLE = (
    "<style>@page { size: 100px 100px; margin: 0; @top-left { content: none } @bottom-left { content: none }"
    " @bottom-right { content: none } } * { margin: 0; padding: 0 } p { font: 10px/10px 'Public Sans';"
    " orphans: 2; widows: 2 } .n { float: footnote; font: 10px/10px 'Public Sans' }</style>"
)
# WeasyPrint by itself and then mended, in a process of its own: it stays out of the tests' process.
ALONE = """
import inspect, json, sys
from weasyprint import HTML
from weasyprint.layout import LayoutContext, block
from cms.pdf import footnotes, text

pages = json.load(sys.stdin)
parts = {name: list(inspect.signature(part).parameters) for name, part in {
    "lines": block._linebox_layout,
    "lay out": LayoutContext.layout_footnote,
    "report": LayoutContext.report_footnote,
    "removed": block.remove_placeholders,
}.items()}
def printed():
    return [text.words(text.extract_text(HTML(string=page).write_pdf())) for page in pages]
before = printed()
footnotes.mend()
json.dump({"parts": parts, "before": before, "after": printed()}, sys.stdout)
"""


def two_notes(lines_before: int) -> str:
    """A note at the end of a paragraph, another in a paragraph that breaks over the page."""
    before = "<br>".join(f"a{number}" for number in range(lines_before))
    return (
        f'{STYLE}<p>{before}<span class="n">NoteOne</span></p>'
        '<p>b0<br>b1<span class="n">NoteTwo</span><br>b2<br>b3<br>b4</p>'
    )


def many_notes(seed: int) -> tuple[str, int]:
    """Paragraphs and notes of chance lengths, and how many notes there are."""
    chance = random.Random(seed)
    count, paragraphs = 0, []
    for _paragraph in range(30):
        lines = []
        for _line in range(chance.randint(1, 9)):
            notes = []
            for _note in range(chance.choice([0, 0, 0, 1, 1, 2])):
                count += 1
                filling = " fill" * chance.randint(0, 25)
                notes.append(f'<span class="n">Note{count}{filling}</span>')
            lines.append(f"word{''.join(notes)}")
        paragraphs.append(f"<p>{'<br>'.join(lines)}</p>")
    return STYLE.replace("100px 100px", "150px 150px") + "".join(paragraphs), count


LINES = (4, 5, 6, 7)


@functools.cache
def alone() -> dict:
    """What WeasyPrint does without and with the mending: small pages."""
    pages = [f"<title>T</title>{two_notes(lines)}" for lines in LINES]
    environment = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR), "SOURCE_DATE_EPOCH": "0"}
    done = subprocess.run(
        [sys.executable, "-c", ALONE],
        input=json.dumps(pages),
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return json.loads(done.stdout)


def notes_in(words: list[str]) -> list[int]:
    joined = " ".join(words)
    return [joined.count(note) for note in ("NoteOne", "NoteTwo")]


def test_the_private_parts_of_the_engine_are_as_the_mending_expects_them():
    assert alone()["parts"] == {
        "lines": [
            "context", "box", "index", "child", "new_children", "page_is_empty", "absolute_boxes",
            "fixed_boxes", "adjoining_margins", "bottom_space", "position_y", "skip_stack",
            "first_letter_style", "first_line_style", "draw_bottom_decoration", "max_lines",
        ],
        "lay out": ["self", "footnote"],
        "report": ["self", "footnote"],
        "removed": ["context", "box_list", "absolute_boxes", "fixed_boxes"],
    }  # fmt: skip


def test_the_engine_by_itself_still_loses_a_note():
    """When this fails, WeasyPrint has been corrected: delete `cms.pdf.footnotes`."""
    assert [notes_in(words) for words in alone()["before"]] == [[1, 1], [1, 0], [1, 1], [1, 1]]


def test_the_mended_engine_loses_none():
    assert [notes_in(words) for words in alone()["after"]] == [[1, 1]] * len(LINES)


@pytest.mark.parametrize("lines_before", LINES)
def test_a_note_called_from_the_last_line_that_is_kept_on_a_page_is_printed(pdf, lines_before):
    printed = text.words(text.extract_text(pdf(two_notes(lines_before)).pdf))
    assert notes_in(printed) == [1, 1]


@pytest.mark.parametrize("lines_before", LINES)
def test_a_note_stands_on_the_page_of_its_call(pdf, lines_before):
    body = two_notes(lines_before).replace(
        "float: footnote;", "float: footnote; footnote-policy: line;"
    )
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf(body).pdf)).pages]
    found = [
        [number for number, words in enumerate(pages) if word in words]
        for word in ("NoteOne", f"a{lines_before - 1}", "NoteTwo", "b1")
    ]
    assert (found[0], found[2]) == (found[1], found[3])


@pytest.mark.parametrize("seed", range(2))
def test_each_of_many_notes_is_printed_once(pdf, seed):
    body, count = many_notes(seed)
    printed = Counter(text.words(text.extract_text(pdf(body).pdf)))
    notes = {number: printed[f"Note{number}"] for number in range(1, count + 1)}
    assert notes == dict.fromkeys(range(1, count + 1), 1)
