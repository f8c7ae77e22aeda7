"""Notes at the foot of a page: each is printed once, wherever the page breaks."""

from __future__ import annotations

import pytest

from cms.pdf import text

STYLE = (
    "<style>@page { size: 100px 100px; margin: 0; @top-left { content: none } @bottom-left { content: none }"
    " @bottom-right { content: none } } * { margin: 0; padding: 0 } p { font: 10px/10px 'Public Sans';"
    " orphans: 2; widows: 2 } .n { float: footnote; font: 10px/10px 'Public Sans' }</style>"
)


@pytest.mark.parametrize("lines_before", [4, 5, 6, 7])
def test_a_note_called_from_the_last_line_that_is_kept_on_a_page_is_printed(
    page, lines_before
) -> None:
    from cms.pdf.service import render_html

    before = "<br>".join(f"a{number}" for number in range(lines_before))
    body = (
        f'{STYLE}<p>{before}<span class="n">NoteOne</span></p>'
        '<p>b0<br>b1<span class="n">NoteTwo</span><br>b2<br>b3<br>b4</p>'
    )
    printed = text.words(text.extract_text(render_html(page(body)).pdf))
    joined = " ".join(printed)
    assert [joined.count(note) for note in ("NoteOne", "NoteTwo")] == [1, 1]
