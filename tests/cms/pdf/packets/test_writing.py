"""A packet is written small, and reads as what it was made of."""

from __future__ import annotations

import io

import pikepdf
import pypdf
from pikepdf import Array, Dictionary, Name, String

from cms.pdf.packets.writing import PACKED, written

WORDS = "Rule 7 0 R (and 8 0 R) \\ of Ñandú 委员会\nnext"
COUNT = PACKED + 20  # more than one stream holds


def made() -> pikepdf.Pdf:
    """With words that look like references, a ring, and something that nothing leads to."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String(WORDS)))
    ring = pdf.make_indirect(Dictionary(Next=None, Raw=String(b"\x80(\\)\n"), Share=0.25, On=True))
    ring.Next = ring
    many = [pdf.make_indirect(Dictionary(Number=number)) for number in range(COUNT)]
    pdf.Root.Rostrum = Dictionary(Ring=ring, Many=Array(many))
    pdf.Root.Data = pdf.make_stream(b"endstream 1 0 R" * 9, Ring=ring, Parts=[1, 2.5])
    pdf.make_indirect(Dictionary(Secret=String("left behind")))
    return pdf


def test_everything_is_read_back_by_two_readers():
    data = written(made())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        ring, stream = pdf.Root.Rostrum.Ring, pdf.Root.Data
        numbers = [int(one.Number) for one in pdf.Root.Rostrum.Many]
        seen = (ring.Next.objgen == ring.objgen, bytes(ring.Raw), float(ring.Share), bool(ring.On))
        assert seen == (True, b"\x80(\\)\n", 0.25, True)
        assert numbers == list(range(COUNT))
        assert (stream.read_bytes(), stream.Ring.objgen) == (b"endstream 1 0 R" * 9, ring.objgen)
        assert [float(part) for part in stream.Parts] == [1, 2.5]
        assert str(pdf.docinfo[Name.Title]) == WORDS
        assert list(pdf.check_pdf_syntax()) == []
        assert not any("Secret" in repr(one) for one in pdf.objects)
    other = pypdf.PdfReader(io.BytesIO(data), strict=True)
    assert (len(other.pages), other.metadata and other.metadata.title) == (1, WORDS)


def test_the_same_objects_make_the_same_bytes():
    assert written(made()) == written(made())
