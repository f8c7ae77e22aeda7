"""Text in = text out: words that cannot be read on the paper fail the render, and are named."""

from __future__ import annotations

import subprocess

import pytest

from cms.pdf import service, text
from cms.pdf.errors import PdfTextLost
from cms.pdf.fidelity import folded, squeezed

GONE = "<p>Plain words.</p>{style}<div id='block-a' {attributes}>{content}</div><p>The end.</p>"
SVG = '<svg viewBox="0 0 100 20" width="100" height="20"><title>t</title>{}</svg>'
LONG = "word " * 60
LOST = {
    "not displayed": ("", 'style="display:none"', "Gone"),
    "not displayed by a rule": ("<style>.x{display:none}</style>", 'class="x"', "Gone"),
    "invisible": ("", 'style="visibility:hidden"', "Gone"),
    "in no colour": ("", 'style="color:transparent"', "Gone"),
    "in no opacity": ("", 'style="opacity:0"', "Gone"),
    "without a size": ("", 'style="font-size:0"', "Gone"),
    "cut by its own height": ("", 'style="height:1em;overflow:hidden"', "<p>One</p><p>Gone</p>"),
    "cut by a height of its parent": (
        "",
        'style="max-height:30px;overflow:hidden"',
        "<p>One</p><section><p>Two</p><p>Gone</p></section>",
    ),
    "cut by a width": ("", 'style="width:1in;overflow:hidden;white-space:nowrap"', LONG),
    "cut with dots": (
        "",
        'style="width:2in;overflow:hidden;white-space:nowrap;text-overflow:ellipsis"',
        LONG,
    ),
    "cut after lines": ("", 'style="max-lines:2;continue:discard;block-ellipsis:auto"', LONG * 4),
    "clipped": ("", 'style="position:absolute;clip:rect(0,0,0,0)"', "Gone"),
    "left of the page": ("", 'style="position:absolute;left:-9999px"', "Gone"),
    "below the page": ("", 'style="position:absolute;top:2000px"', "Gone"),
    "moved off the page": ("", 'style="transform:translate(2000px)"', "Gone"),
    "indented off the page": ("", 'style="text-indent:-9999px"', "Gone"),
    "over the edge": ("", 'style="white-space:nowrap"', LONG * 3),
    "a label outside its drawing": ("", "", SVG.format('<text x="95" y="15">Labelled</text>')),
    "a label that is hidden": ("", "", SVG.format('<text visibility="hidden">Label</text>')),
    "a cell outside its table": (
        "",
        "",
        '<table style="position:absolute;left:700px"><tr><td>Beyond the edge</td></tr></table>',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LOST)
def test_words_that_cannot_be_read_fail_the_render_and_name_their_block(name, pdf):
    style, attributes, content = LOST[name]
    with pytest.raises(PdfTextLost, match="would be missing from the PDF") as caught:
        pdf(GONE.format(style=style, attributes=attributes, content=content))
    assert caught.value.block_id == "block-a"
    assert set(text.words(caught.value.words)) <= set(text.words(content))


def test_the_words_that_are_lost_are_named(pdf):
    body = '<div style="height:20px;overflow:hidden"><p>Seen</p><p>Cut off here</p></div>'
    with pytest.raises(PdfTextLost) as caught:
        pdf(body)
    assert (caught.value.words, caught.value.block_id) == ("Cut off here", None)
    assert str(caught.value) == "These words would be missing from the PDF: “Cut off here”."


PARAGRAPHS = "".join(f"<p>Paragraph {n} says what it has to say.</p>" for n in range(90))
KEPT = {
    "tall frames": f"<style>html,body{{height:100%}}</style>{PARAGRAPHS}",
    "half opaque": '<p style="opacity:.5">Here <b>and</b> there</p>',
    "turned": '<p style="transform:rotate(3deg)">Here</p>',
    "capitals": '<p style="text-transform:uppercase">Straße, éa, office</p>',
    "hyphens": '<p style="width:60px;hyphens:auto">Administration communi&shy;cation co-op</p>',
    "table heads on each page": (
        "<table><thead><tr><th>Head</th></tr></thead><tbody>"
        + "<tr><td>Cell and more</td></tr>" * 90
        + "</tbody></table>"
    ),
    "columns": f'<div style="columns:2">{PARAGRAPHS}</div>',
    "a drop cap": "<style>p::first-letter{font-size:30pt}</style><p>Once upon a time</p>",
    "running heads": '<div class="running-head">A head that a single page does not have</div><p>x</p>',
    "footnotes": "".join(
        f'<p>Claim {n}<span class="footnote">Source {n}.</span></p>' for n in range(40)
    ),
    "both directions": '<p dir="rtl" lang="ar">شهادة HB 1147 عامة</p><p>The Arabic <i>شهادة</i>.</p>',
    "labels": SVG.format(
        '<g transform="translate(2 0)" opacity=".9"><text x="95" y="15" text-anchor="end">Ab</text>'
        '<text x="20" y="15" text-anchor="middle" font-size="8">Cd</text></g>'
    ),
    "a long address": f"<p>https://example.org/{'a' * 300}</p>",
    "not of the document": "<p hidden>Never printed</p><p>x</p><!-- nor this --><p>y</p>",
    "floats and tables": (
        '<div style="float:right;width:2in">Beside <b>it</b></div><p>Text</p>'
        "<table><caption>Cap</caption><tr><th>A</th><td>1 2</td></tr></table><ul><li>One</li></ul>"
        '<div style="display:grid;grid-template-columns:1fr 1fr"><p>a b</p><p>c d</p></div>'
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_the_engine_says_is_on_the_paper_can_be_read_back(name, page, tmp_path):
    """The check sees what the engine paints; here a reader of PDFs of another make agrees with it."""
    html = page(KEPT[name])
    result = service.render_html(html)
    file = tmp_path / "document.pdf"
    file.write_bytes(result.pdf)
    command = ["pdftotext", "-raw", str(file), "-"]
    read = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    read = f"{read}\n{text.extract_text(result.pdf)}"
    letters = folded(squeezed(read))  # a word broken over lines without a hyphen is whole here
    missing = text.missing_words(_words_of(html), read)
    assert [word for word in missing if folded(squeezed(word)) not in letters] == []


def _words_of(html: str) -> str:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    for element in soup.select("head, title, style, svg title, [hidden], .running-head"):
        element.decompose()
    words = soup.get_text(" ")
    return words.upper() if "uppercase" in html else words


def test_a_document_without_words_is_no_loss(pdf):
    assert pdf("<div></div>").pages == 1


def test_a_loss_is_remembered_with_its_words(db, settings, monkeypatch):
    from cms.pdf.registry import PdfDocument

    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    asked = []

    def lose(prepared):
        asked.append(prepared.key)
        raise PdfTextLost(words="Gone away", block_id="block-a")

    monkeypatch.setattr(service, "_render", lose)
    monkeypatch.setattr(service, "_marked_html", lambda document: "<p>x</p>")
    document = PdfDocument("k", "t.html", {}, "Title", "en", "t.pdf")
    for _ in range(2):
        with pytest.raises(PdfTextLost, match="Gone away") as caught:
            service.render(document)
        assert caught.value.block_id == "block-a"
    assert len(asked) == 1
