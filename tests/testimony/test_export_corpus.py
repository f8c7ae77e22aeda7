"""Real testimonies as PDF files: every word and every note of the source is printed."""

from __future__ import annotations

import html
import json
import re

import pytest

from cms.pdf.text import extract_text, missing_words
from testimony.importers.markdown import convert
from testimony.models import TestimonyPage as Statement  # a name in Test… is collected
from tests.testimony import corpus
from tests.testimony.import_lines import run

pytestmark = [*corpus.needs_corpus, pytest.mark.django_db]

DOCUMENTS = [
    "gao-2002-07-17-walker-d02957t",  # the longest
    "chrg-106s-2000-10-03-guerrero-576",  # tables of fixed width
    "hhs-oig-2014-05-20-ritchie-ritchie-testimony",  # 26 notes
    "hhs-oig-2014-07-29-hagg-hagg-testimony-072",  # a note at the foot of a full page
    "hhs-oig-2002-06-13-mangano-020613fin",  # subheadings
    "crec-2008-04-25-lee-e1f880d0",  # a numbered list
]
NOTE = re.compile(r'<embed embedtype="note" text="([^"]*)"')


def squeezed(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text))


@pytest.mark.parametrize("key", DOCUMENTS)
def test_every_word_and_note_of_the_source_is_in_the_file(tmp_path, key) -> None:
    row = corpus.row(key)
    lines = tmp_path / "line.jsonl"
    lines.write_text(json.dumps(row), encoding="utf-8")
    assert run("import_testimony", lines)[1] == ""
    page = Statement.objects.get(source_key=key)
    assert run("export_pdf", "--page", page.pk, "-o", tmp_path, "--jobs", "1")[1] == ""
    printed = extract_text((tmp_path / f"{page.slug}.pdf").read_bytes())
    assert missing_words(corpus.source_text(row["text"]), printed) == []
    notes = [
        squeezed(html.unescape(note))
        for block in convert(row["text"]).blocks
        for note in NOTE.findall(block["value"])
    ]
    whole = squeezed(printed)
    lost = [number for number, note in enumerate(notes, 1) if f"{number}{note}" not in whole]
    assert lost == []
