"""Packets keep what their parts had: tags, jumps, bookmarks, languages, words."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys

import pikepdf
import pytest

from cms.pdf import text
from cms.pdf.packets import stamps
from cms.pdf.packets.assembly import assemble
from cms.pdf.packets.parts import Part, Plan, UnusablePart
from tests import pdf_checks
from tests.source_tree import ROOT

TITLE = "Packet & more"


@pytest.fixture(scope="module")
def packet(parts, front) -> bytes:
    return assemble(parts, title=TITLE, language="en", front=front, author="The county").pdf


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def test_a_packet_is_accessible(packet, tmp_path):
    pdf_checks.assert_accessible(packet, language="en", title=TITLE)
    assert pdf_checks.findings(packet, tmp_path) == []


def test_a_double_sided_packet_is_accessible_too(parts, front):
    made = assemble(parts, title=TITLE, language="en", front=front, double_sided=True)

    assert (made.accessible, made.pages) == (True, 7)
    pdf_checks.assert_accessible(made.pdf, language="en", title=TITLE)


def test_every_word_and_tag_of_the_parts_is_in_the_packet(packet, parts, front):
    tags = [tag for part in (front, *parts) for tag in pdf_checks.tags_of(part.pdf)]
    expected = ["Part" if tag == "Document" else tag for tag in tags]
    words = [word for part in (front, *parts) for word in text.extract_text(part.pdf).split()]

    assert pdf_checks.tags_of(packet) == ["Document", *expected]
    found = pdf_checks.text_of(packet).replace("Packet page", "").split()
    assert sorted(set(words) - set(found)) == []


def test_parts_say_their_title_and_another_language(packet):
    with opened(packet) as document:
        top = pdf_checks.structure_of(document)[0]
        said = [(str(p.item.T), str(p.item.get("/Lang", ""))) for p in top.children]

    assert said == [("Contents", ""), ("Report 1", ""), ("Report 2", ""), ("Informe", "es")]


def test_bookmarks_of_a_part_stand_below_its_own(packet):
    assert pdf_checks.bookmarks_of(packet) == [
        (0, "Contents"),
        (1, "Packet"),
        (0, "Report 1"),
        (1, "Report 1"),
        (2, "Figures"),
        (0, "Report 2"),
        (1, "Report 2"),
        (2, "Figures"),
        (0, "Informe"),
        (1, "Informe"),
    ]


def test_parts_of_a_group_share_a_bookmark(parts):
    grouped = [Part(p.pdf, p.pages, p.title, p.language, group="Reports") for p in parts[:2]]
    made = assemble([*grouped, parts[2]], title=TITLE, language="en")

    assert [row for row in pdf_checks.bookmarks_of(made.pdf) if row[0] < 2] == [
        (0, "Reports"),
        (1, "Report 1"),
        (1, "Report 2"),
        (0, "Informe"),
        (1, "Informe"),
    ]


def test_pages_are_numbered_on_the_sheet_and_in_the_reader(packet):
    with opened(packet) as document:
        labels = [page.label for page in document.pages]
    said = re.findall(r"Packet page (\d) of (\d)", pdf_checks.text_of(packet))

    assert labels == ["i", "1", "2", "3", "4", "5"]
    assert said == [(str(number), "5") for number in range(1, 6)]


def test_contents_lead_to_the_parts_in_words(packet):
    with opened(packet) as document:
        links = [(str(a.Contents), str(a.Dest)) for a in document.pages[0].Annots]
        names = dict(pikepdf.NameTree(document.Root.Names.Dests))
        pages = [document.pages.index(pikepdf.Page(names[name][0])) for _words, name in links]

    assert links == [
        ("Report 1, page 1", "part-1"),
        ("Report 2, page 3", "part-2"),
        ("Informe, page 5", "part-3"),
    ]
    assert pages == [1, 3, 5]


def test_jumps_inside_a_part_stay_inside_it(packet):
    """Both reports call their last paragraph "end"."""
    with opened(packet) as document:
        names = dict(pikepdf.NameTree(document.Root.Names.Dests))
        reached = []
        for number in (1, 3):
            link = next(a for a in document.pages[number].Annots if "end" in str(a.get("/Dest")))
            reached.append(document.pages.index(pikepdf.Page(names[str(link.Dest)][0])))

    assert reached == [2, 4]


def test_the_same_parts_make_the_same_bytes_in_another_process(packet, parts, front, tmp_path):
    files = []
    for number, part in enumerate([front, *parts]):
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(part.pdf)
    rows = [
        (str(f), p.pages, p.title, p.language) for f, p in zip(files, [front, *parts], strict=True)
    ]
    code = (
        "import sys, hashlib, django; django.setup()\n"
        "from pathlib import Path\n"
        "from cms.pdf.packets.assembly import assemble\n"
        "from cms.pdf.packets.parts import Front, Part\n"
        f"rows = {rows!r}\n"
        "made = [(Path(f).read_bytes(), n, t, l) for f, n, t, l in rows]\n"
        f"packet = assemble([Part(*one) for one in made[1:]], title={TITLE!r}, language='en',"
        " front=Front(*made[0]), author='The county')\n"
        "sys.stdout.write(hashlib.sha256(packet.pdf).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
        env={"DJANGO_SETTINGS_MODULE": "cms.settings.test", "PYTHONHASHSEED": "77", **paths()},
    )

    assert done.stdout == hashlib.sha256(packet).hexdigest()


def paths() -> dict[str, str]:
    kept = ("PATH", "ROSTRUM_DATA", "HOME", "TMPDIR")
    return {name: os.environ[name] for name in kept if name in os.environ}


def test_what_parts_hold_alike_is_kept_once(parts):
    twice = assemble([parts[0], parts[0]], title=TITLE, language="en").pdf
    once = assemble([parts[0]], title=TITLE, language="en").pdf
    with opened(twice) as document:
        fonts = [str(obj.FontName) for obj in document.objects if has(obj, "/FontFile2")]

    assert len(fonts) == len(set(fonts))
    assert len(twice) < 1.5 * len(once)


def has(obj: object, name: str) -> bool:
    return isinstance(obj, pikepdf.Dictionary) and name in obj


def test_a_draft_says_so_on_each_page(parts):
    made = assemble(parts[:1], title=TITLE, language="en", draft=True)

    assert pdf_checks.text_of(made.pdf).count("DRAFT") == 2


def test_a_script_that_the_numbers_do_not_have_gets_figures_only(parts, monkeypatch):
    monkeypatch.setattr(stamps, "words", lambda number, count, *, draft: f"صفحة {number}")
    made = assemble(parts[:1], title=TITLE, language="ar")

    assert re.findall(r"\d / 2", pdf_checks.text_of(made.pdf)) == ["1 / 2", "2 / 2"]


def test_parts_begin_on_right_hand_pages_for_printing_on_both_sides():
    sizes = [1, 2, 3, 1]
    plan = Plan.of([Part(b"", n, "") for n in sizes], double_sided=True)

    assert [place.first for place in plan.placements] == [1, 3, 5, 9]
    assert [plan.blanks_before(place) for place in plan.placements] == [0, 1, 0, 1]
    assert plan.pages == 9


def test_bytes_that_are_no_pdf_are_named(parts):
    with pytest.raises(UnusablePart) as caught:
        assemble([*parts, Part(b"nothing", 1, "The letter")], title=TITLE, language="en")

    assert caught.value.title == "The letter"
