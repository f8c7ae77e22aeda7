"""The importer on 175 real testimonies."""

from __future__ import annotations

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from testimony.enums import DOCUMENT_FEATURES
from testimony.importers.markdown import convert
from tests.testimony import corpus
from tests.testimony.import_lines import run, summary
from tests.testimony.import_words import block_text, words

pytestmark = corpus.needs_corpus


def test_every_word_of_every_text_is_in_its_blocks_as_often() -> None:
    lost = {}
    for row in corpus.rows():
        made = words(block_text(convert(row["text"]).blocks))
        missing = words(corpus.source_text(row["text"])) - made
        if missing:
            lost[row["id"]] = missing
    assert lost == {}


def test_the_editor_stores_what_the_importer_stored() -> None:
    converter = ContentstateConverter(DOCUMENT_FEATURES)
    changed = []
    for row in corpus.rows():
        for block in convert(row["text"]).blocks:
            if block["type"] == "paragraph":
                state = converter.from_database_format(block["value"])
                if converter.to_database_format(state) != block["value"]:
                    changed.append((row["id"], block["value"]))
    assert changed == []


@pytest.mark.django_db
def test_every_line_would_come_in() -> None:
    output, error = run("import_testimony", corpus.FILE, "--dry-run")
    assert (summary(output)[1], error) == ("175      0        0          0", "")
