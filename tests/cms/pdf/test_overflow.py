"""What does not fit on the paper a sheet may have: the first block, and how many lines."""

from __future__ import annotations

import pytest

from cms.pdf import service
from cms.pdf.client import client
from cms.pdf.overflow import Overflow, overflow_of

LINE = "<p style='margin:0'>One line.</p>"


def printed(page, body: str):
    prepared = service._prepare(page(body), "en", service.RenderOptions())
    return client().render(prepared.job, prepared.css)


def block(name: str, lines: int) -> str:
    return f'<div id="block-{name}">{LINE * lines}</div>'


def test_each_page_names_its_first_block_and_counts_its_lines(page):
    done = printed(page, block("a", 20) + block("b", 30) + block("c", 9))
    (first, above), (second, below) = done.layout
    assert (done.pages, first, second, above + below) == (2, "block-a", "block-b", 59)
    assert 30 < above < 50


def test_what_stands_side_by_side_is_one_line(page):
    rows = "<tr><td>a</td><td>b</td><td>c</td></tr>" * 3
    flex = '<div style="display:flex"><p>a</p><p>b</p></div>'
    assert printed(page, f'<div id="block-t"><table>{rows}</table>{flex}</div>').layout == [
        ["block-t", 4]
    ]


def test_notes_and_what_is_absolutely_placed_count_and_running_heads_do_not(page):
    note = '<p>Text<span class="footnote">A note.</span></p>'
    placed = '<p style="position:absolute;top:3in">Placed</p>'
    heads = '<div class="running-head">Head</div><div class="folio">1</div>'
    assert printed(page, f"{heads}{note}{placed}").layout == [["", 3]]


LAYOUT = [["block-a", 40], ["block-b", 30], ["", 2], ["block-d", 5]]


@pytest.mark.parametrize(
    ("budget", "pages", "found"),
    [
        (0, 4, None),
        (4, 4, None),
        (1, 4, Overflow("block-b", 37, 4)),
        (2, 4, Overflow("block-d", 7, 4)),
        (3, 4, Overflow("block-d", 5, 4)),
    ],
)
def test_what_is_beyond_the_budget_is_named(budget, pages, found):
    assert overflow_of(LAYOUT, budget, pages) == found


def test_a_file_of_which_nothing_is_known_is_too_long_all_the_same():
    assert overflow_of([], 2, 3) == Overflow("", 1, 3)
