"""PDFs made elsewhere: what is seen goes in, what acts stays out, what cannot go in is named."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from cms.pdf.client import Rendered
from cms.pdf.packets import outside, outside_child
from cms.pdf.packets.assembly import assemble
from cms.pdf.packets.parts import Part, UnusablePart
from tests import pdf_checks

WORDS = b"BT /F1 24 Tf 72 700 Td (A letter) Tj ET q q 9 0 0 9 0 0 cm"  # leaves its axes turned


def letter(pages: int = 1, **catalogue) -> pikepdf.Pdf:
    made = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for _number in range(pages):
        page = made.add_blank_page(page_size=(612, 792))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = made.make_stream(WORDS)
    for name, value in catalogue.items():
        made.Root[f"/{name}"] = value
    return made


def data(pdf: pikepdf.Pdf, **options) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def refusal(body: bytes) -> str:
    with pytest.raises(outside_child.Refused) as caught:
        outside_child.cleaned(body)
    return str(caught.value)


def test_what_acts_stays_behind_and_what_is_seen_goes_in():
    made = letter()
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    made.Root.OpenAction = script
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script])))
    page = made.pages[0].obj
    page.AA = Dictionary(O=script)
    actions = [
        Dictionary(S=Name.URI, URI=String("https://example.org/")),
        Dictionary(S=Name.Launch, F=String("calc.exe")),
        Dictionary(S=Name.URI, URI=String("file:///etc/passwd")),
        script,
    ]
    page.Annots = Array(
        [
            made.make_indirect(
                Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
            )
            for action in actions
        ]
    )
    body, pages = outside_child.cleaned(data(made))

    with pikepdf.open(io.BytesIO(body)) as clean:
        assert [str(a.A.URI) for a in clean.pages[0].Annots] == ["https://example.org/"]
        assert set(clean.Root.keys()) == {"/Pages", "/Type"}
        assert "/AA" not in clean.pages[0].obj
    assert pages == 1
    assert b"app.alert" not in body
    assert pdf_checks.text_of(body) == "A letter"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (data(letter(), encryption=pikepdf.Encryption(user="secret", owner="x")), "password"),
        (b"no pdf at all", "broken"),
        (data(letter())[:200], "broken"),
        (data(letter(0)), "empty"),
        (data(letter(AcroForm=Dictionary(Fields=Array(), XFA=Array()))), "xfa"),
        (data(letter(outside_child.MOST_PAGES + 1)), "pages"),
    ],
)
def test_what_cannot_go_in_is_named(body, reason):
    assert refusal(body) == reason


def test_hidden_layers_are_refused_since_they_would_show():
    made = letter()
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("Private")))
    made.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))

    assert refusal(data(made)) == "layers"


def test_every_reason_has_words():
    assert set(outside.REASONS) == {
        *("password", "broken", "empty", "pages", "size", "xfa", "layers", "costly")
    }


def test_the_process_that_looks_at_it_answers():
    done = outside._clean(data(letter()), "A letter")

    assert isinstance(done, Rendered)
    assert done.pages == 1


def test_a_refusal_reaches_the_caller_under_the_title():
    with pytest.raises(UnusablePart) as caught:
        outside._clean(b"nothing", "The letter")

    assert (caught.value.title, caught.value.reason) == ("The letter", outside.REASONS["broken"])


def test_a_packet_with_one_drops_the_claim_and_keeps_its_tags(parts):
    body, pages = outside_child.cleaned(data(letter()))
    made = assemble(
        [*parts, Part(body, pages, "Appendix: a letter", outside=True)], title="T", language="en"
    )

    assert made.accessible is False
    assert "pdfuaid:part" not in str(pdf_checks.metadata_of(made.pdf))
    assert pdf_checks.bookmarks_of(made.pdf)[-1] == (0, "Appendix: a letter")
    assert "Packet page 6 of 6" in pdf_checks.text_of(made.pdf)
    assert pdf_checks.tags_of(made.pdf)[:2] == ["Document", "Part"]
