"""The Spanish catalogue, and the English one of Wagtail's words: compiled from their source."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest
import wagtail as wagtail_package
from django.conf import settings
from django.utils import translation

LOCALE = Path(settings.BASE_DIR) / "cms" / "locale"
ENTRY = re.compile(
    r'(?:msgctxt (?P<context>".*")\n)?msgid (?P<id>".+")\n(?:msgid_plural (?P<plural>".*")\n)?'
    r'msgstr(?:\[0\])? (?P<text>".*")(?:\nmsgstr\[1\] (?P<texts>".*"))?'
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def entries(language: str = "es") -> list[dict[str, str | None]]:
    source = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    return [
        {name: value and ast.literal_eval(value) for name, value in match.groupdict().items()}
        for match in ENTRY.finditer(source)
    ]


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_compiled_catalogue_is_that_of_the_source(language):
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as handle:
        compiled = gettext.GNUTranslations(handle)._catalog
    expected: dict[object, str] = {}
    for entry in entries(language):
        key = f"{entry['context']}\x04{entry['id']}" if entry["context"] else entry["id"]
        if entry["plural"] is None:
            expected[key] = entry["text"]
        else:
            expected |= {(key, 0): entry["text"], (key, 1): entry["texts"]}
    assert {key: text for key, text in compiled.items() if key} == expected


def test_plain_english_invents_no_placeholder_and_replaces_what_wagtail_says():
    """A name may go ("Send for review"), since a reader needs it less; none may come that is not given."""
    wagtail = Path(wagtail_package.__file__).parent
    sources = wagtail.glob("**/locale/en/LC_MESSAGES/django.po")
    said = "\n".join(path.read_text(encoding="utf-8").replace('"\n"', "") for path in sources)
    english = entries("en")

    assert [
        entry["id"]
        for entry in english
        if set(PLACEHOLDER.findall(entry["text"])) - set(PLACEHOLDER.findall(entry["id"]))
    ] == []
    assert [
        entry["id"] for entry in english if f'msgid "{entry["id"]}"' not in said.replace('\\"', '"')
    ] == []


def placeholders(*texts: str | None) -> list[list[str]]:
    return [sorted(PLACEHOLDER.findall(text or "")) for text in texts]


def test_each_translation_keeps_the_placeholders_of_its_original():
    found = entries()
    assert [
        entry["id"]
        for entry in found
        if placeholders(entry["text"], entry["texts"]) != placeholders(entry["id"], entry["plural"])
    ] == []
    assert len(found) > 2_000


def test_numbers_and_context_choose_the_right_words():
    with translation.override("es"):
        words = translation.ngettext("%(number)s page", "%(number)s pages", 2)
        mark = translation.pgettext("watermark", "DRAFT")
    assert (words, mark) == ("%(number)s páginas", "BORRADOR")
