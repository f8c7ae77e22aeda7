"""Characters without a glyph: harmless ones are put right, the others are an error that names them."""

from __future__ import annotations

import pytest

from cms.pdf import characters, errors, service
from tests.pdf_checks import heard

BLOCKS = """<p>Before</p><div id="block-7"><p>Fine</p></div><div id="block-8"><ul><li>Thank you <b>😀</b></li></ul></div>
<div id="block-9"><p>🚭 and 😀</p></div>"""


def test_a_character_without_a_glyph_is_named_with_its_block(page):
    with pytest.raises(errors.PdfMissingGlyph) as caught:
        service.render_html(page(BLOCKS))
    assert caught.value.block_id == "block-8"
    assert str(caught.value) == (
        "No font here can print 😀 (grinning face, U+1F600), 🚭 (no smoking symbol, U+1F6AD). "
        "Write it in another way or take it out."
    )


def test_a_label_of_a_drawing_is_named_too(page):
    drawing = '<div id="block-3"><svg viewBox="0 0 9 9" width="90"><title>T</title><text y="8">😀</text></svg></div>'
    with pytest.raises(errors.PdfMissingGlyph) as caught:
        service.render_html(page(drawing))
    assert (caught.value.words, caught.value.block_id) == ("😀", "block-3")


def test_a_running_head_has_no_block(page):
    with pytest.raises(errors.PdfMissingGlyph) as caught:
        service.render_html(page('<div class="running-foot">😀</div><p>Words</p>'))
    assert caught.value.block_id is None


def test_what_old_files_bring_along_is_put_right(page):
    old = "A\x00\x07B\ufeff\ufffc \x93quoted\x94 \x96 \uf0b7 x\x0by\u2028z"
    assert heard(service.render_html(page(f"<p>{old}</p>")).pdf) == "AB “quoted” – • x y z"


@pytest.mark.parametrize("kept", ["\t", "\n", "\r", "é", "\u00ad", "\u200f", "\u2067", "🚭"])
def test_everything_else_is_left_alone(kept):
    assert characters.cleaned(kept) == kept


def test_no_control_character_is_left():
    every = "".join(map(chr, range(0x110000)))
    left = characters.cleaned(every)
    found = {c for c in left if ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0}
    assert found == {"\t", "\n", "\r"}
    assert left.encode()  # no half of a pair either
