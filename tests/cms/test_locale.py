"""The Spanish catalogue: compiled from its source, with every placeholder."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

FOLDER = Path(settings.BASE_DIR) / "cms" / "locale" / "es" / "LC_MESSAGES"
ENTRY = re.compile(
    r'(?:msgctxt (?P<context>".*")\n)?msgid (?P<id>".+")\n(?:msgid_plural (?P<plural>".*")\n)?'
    r'msgstr(?:\[0\])? (?P<text>".*")(?:\nmsgstr\[1\] (?P<texts>".*"))?'
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def entries() -> list[dict[str, str | None]]:
    source = (FOLDER / "django.po").read_text(encoding="utf-8")
    return [
        {name: value and ast.literal_eval(value) for name, value in match.groupdict().items()}
        for match in ENTRY.finditer(source)
    ]


def test_the_compiled_catalogue_is_that_of_the_source():
    with (FOLDER / "django.mo").open("rb") as handle:
        compiled = gettext.GNUTranslations(handle)._catalog
    expected: dict[object, str] = {}
    for entry in entries():
        key = f"{entry['context']}\x04{entry['id']}" if entry["context"] else entry["id"]
        if entry["plural"] is None:
            expected[key] = entry["text"]
        else:
            expected |= {(key, 0): entry["text"], (key, 1): entry["texts"]}
    assert {key: text for key, text in compiled.items() if key} == expected


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["id"][:40])
def test_a_translation_keeps_the_placeholders_of_its_original(entry):
    originals = [entry["id"], entry["plural"]]
    texts = [entry["text"], entry["texts"]]
    assert [sorted(PLACEHOLDER.findall(text or "")) for text in texts] == [
        sorted(PLACEHOLDER.findall(original or "")) for original in originals
    ]


def test_numbers_and_context_choose_the_right_words():
    with translation.override("es"):
        words = translation.ngettext("%(number)s page", "%(number)s pages", 2)
        mark = translation.pgettext("watermark", "DRAFT")
    assert (words, mark) == ("%(number)s páginas", "BORRADOR")
