"""The tag layer: what a screen reader finds in a document, element by element."""

from __future__ import annotations

import pikepdf
import pytest

from cms.pdf import service, tags
from cms.pdf.engine import RenderOptions
from tests.pdf_checks import Element, assert_accessible, heard, opened, structure_of

WORDS = "The county reads the meters of every well and writes down what it finds. " * 24
DOT = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
BODY = f"""<div class="running-head">Never read aloud</div><div class="folio">Page</div>
<h1>Water</h1>
<p id="first">A claim<span class="footnote" id="note-1">Bureau. <a href="https://example.org/a">First report</a>.</span>,
a <a href="https://example.org/long">link with <em>stress</em></a>, an address
<a href="https://example.org/">https://example.org/</a> and <a href="mailto:a@example.org">write</a>;
the claim again<sup class="note-again"><a href="#note-1">1</a></sup>.</p>
<h4>Too deep</h4><div>Loose words<p>and <span lang="es">en español</span>.</p></div>
<h2>Next</h2><ul><li>disc<ol><li>number</li></ol></li></ul><dl><dt>Term</dt><dd>Meaning</dd></dl>
<figure><img alt="A well" src="{DOT}"><figcaption>The well</figcaption></figure>
<figure><svg viewBox="0 0 9 9" width="9"><title>A bar</title><rect width="9" height="9"/></svg></figure>
<p>Dot: <img alt="" src="{DOT}"> <img alt="x" aria-hidden="true" src="{DOT}"></p>
<blockquote>Said</blockquote><p style="opacity:.5">Faint words</p>
<p>{WORDS}</p><p>{WORDS}</p><p>{WORDS}</p>
<table><caption>Wells</caption><thead><tr><th>Year</th><th colspan="2">Count</th></tr></thead>
<tbody>{"<tr><th>2024</th><td>1</td><td>2</td></tr>" * 30}</tbody></table>
<table><tr><th>Kind</th><td>Well</td></tr><tr><th>Depth</th><td>9<span class="footnote">In feet.</span></td></tr></table>"""


def page(body: str, *, language: str = "en", attributes: str = "") -> str:
    head = f'<html lang="{language}" {attributes}><head><title>T</title>'
    return f"<!doctype html>{head}</head><body>{body}</body></html>"


def printed(body: str, *, variant: str = "pdf/ua-1", **values: str) -> bytes:
    html = page(body, **values)
    result = service.render_html(
        html, language=values.get("language", "en"), options=RenderOptions(variant=variant)
    )
    assert result.warnings == ()
    return result.pdf


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return printed(BODY)


@pytest.fixture(scope="module")
def elements(pdf):
    with opened(pdf) as document:
        yield structure_of(document)


def tagged(elements: list[Element], *names: str) -> list[Element]:
    return [element for element in elements if element.tag in names]


def link_annotations(elements: list[Element]) -> list[pikepdf.Dictionary]:
    kids = [kid for element in elements for kid in element.item.get("/K", [])]
    return [
        kid.Obj
        for kid in kids
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
    ]


def test_weasyprint_is_built_as_the_tag_layer_expects():
    assert tags.expectations() == []


def test_a_weasyprint_that_is_built_otherwise_is_named_and_refused(monkeypatch):
    import weasyprint
    from weasyprint import pdf as engine
    from weasyprint.pdf.stream import Stream

    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    monkeypatch.setattr(engine, "add_tags", lambda pdf, document: None)
    monkeypatch.delattr(Stream, "artifact")
    words = [
        "WeasyPrint is 71.0, written for 70.x",
        "weasyprint.pdf.add_tags takes other arguments",
        "Stream.artifact is gone",
    ]
    assert tags.expectations() == words
    with pytest.raises(tags.EngineChanged, match="does not fit this WeasyPrint"):
        tags.mend()


def test_the_document_follows_every_rule(pdf):
    assert_accessible(pdf, language="en", title="T")


def test_running_heads_and_decoration_are_not_read_aloud(pdf):
    text = heard(pdf)
    assert "Never read aloud" not in text
    assert text.count("Year") == 1  # the head of the table stands on two pages
    with opened(pdf) as document:
        content = b"".join(bytes(page.Contents.read_bytes()) for page in document.pages)
    assert content.count(b"/Pagination") >= len(content.split(b"/Header")) - 1 >= 2


def test_a_paragraph_and_a_table_over_two_pages_are_one(elements):
    paragraphs = [e for e in tagged(elements, "P") if len(e.item.K) > 12]
    pages = [{str(k.Pg.objgen) for k in e.item.K if hasattr(k, "Pg")} for e in paragraphs]
    assert len(paragraphs) == 3
    assert [found for found in pages if found] != []
    assert len(tagged(elements, "Table")) == 2
    assert len(tagged(elements, "TR")) == 33


def test_headings_leave_no_gap(elements):
    assert [e.tag for e in elements if e.tag[0] == "H"] == ["H1", "H2", "H2"]


def test_lists_say_how_they_are_numbered_and_keep_marks_apart(elements):
    kinds = [str(e.attribute("/ListNumbering")) for e in tagged(elements, "L")]
    assert kinds == ["/Disc", "/Decimal", "/None"]
    assert [[kid.tag for kid in item.children] for item in tagged(elements, "LI")] == [
        ["Lbl", "LBody"],
        ["Lbl", "LBody"],
        ["Lbl", "LBody"],
    ]


def test_headers_say_what_they_head(elements):
    scopes = [str(e.attribute("/Scope")) for e in tagged(elements, "TH")]
    assert scopes == ["/Column"] * 2 + ["/Row"] * 32
    wide = tagged(elements, "TH")[1]
    assert int(wide.attribute("/ColSpan")) == 2
    names = [[str(n) for n in e.attribute("/Headers") or []] for e in tagged(elements, "TD")[:2]]
    assert names == [["table-1-1-0", "table-1-0-1"], ["table-1-1-0", "table-1-0-1"]]


def test_a_language_within_the_text_is_said(elements):
    spans = [(e.tag, str(e.item.Lang)) for e in elements if "/Lang" in e.item]
    assert spans == [("Span", "es")]


def test_a_figure_has_words_and_keeps_its_caption_beside_it(elements):
    figures = tagged(elements, "Figure")
    assert [str(figure.item.Alt) for figure in figures] == ["A well", "A bar"]
    assert figures[0].parent.tag == "Sect"
    assert [kid.tag for kid in figures[0].parent.children] == ["Figure", "Caption"]
    assert figures[1].parent.tag == "Document"
    left, bottom, right, top = (float(n) for n in figures[1].attribute("/BBox"))
    assert 0 < left < right < 612
    assert 0 < bottom < top < 792


def test_a_note_follows_what_calls_it_and_leads_both_ways(pdf, elements):
    notes = tagged(elements, "Note")
    assert [str(note.item.ID) for note in notes] == ["note-1", "note-2"]
    siblings = [kid.tag for kid in notes[0].parent.children]
    assert siblings[siblings.index("Note") - 1] == "P"
    assert notes[1].parent.tag == "TD"
    assert len(tagged(elements, "Reference")) == 3  # the first note is called twice
    text = heard(pdf)
    assert text.index("again") < text.index("Bureau.") < text.index("Too deep")


def test_links_describe_themselves(elements):
    said = [str(item.Contents) for item in link_annotations(elements)]
    assert said[0] == "Bureau. First report."
    assert set(said[1:]) == {
        "link with stress",
        "https://example.org/",
        "write",
        "note-1",
        "Back to the text (1)",
        "First report",
        "In feet.",
        "Back to the text (2)",
    }
    assert {int(item.F) for item in link_annotations(elements)} == {4}


def test_the_way_back_is_said_in_the_words_of_the_template():
    body = '<p>A<span class="footnote">B</span></p>'
    with opened(printed(body, attributes='data-way-back="Volver al texto"')) as document:
        said = [str(item.Contents) for item in link_annotations(structure_of(document))]
    assert said == ["B", "Volver al texto (1)"]


def test_ua_2_has_notes_of_its_own_and_destinations_in_the_structure():
    body = '<h1>A</h1><p>B<span class="footnote">C</span></p>'
    pdf = printed(body, variant="pdf/ua-2")
    assert_accessible(pdf, language="en", title="T")
    with opened(pdf) as document:
        elements = structure_of(document)
        (note,) = tagged(elements, "FENote")
        (reference,) = tagged(elements, "Reference")
        assert note.item.NS.NS == "http://iso.org/pdf2/ssn"
        assert str(note.attribute("/NoteType")) == "/Footnote"
        assert [ref.objgen for ref in note.item.Ref] == [reference.item.objgen]
        assert [ref.objgen for ref in reference.item.Ref] == [note.item.objgen]
        named = list(document.Root.Names.Dests.Names)[1::2]
        assert {str(place[0].Type) for place in named} == {"/StructElem"}
        assert str(document.Root.Outlines.First.Dest[0].S) == "/H1"
