"""Catalogues of the languages that only documents are written in: all that a document shows, and nothing else."""

from __future__ import annotations

import datetime as dt
import gettext
import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, number_format

from cms.enums import Language
from tests.catalogue import entries, source
from tests.messages import Message, document_messages, month_messages

SITE = {code for code, _name in settings.LANGUAGES}
DOCUMENT_ONLY = sorted(set(Language.values) - SITE)
UNKNOWN_TO_DJANGO = {"ht", "so"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def messages_of(language: str) -> set[Message]:
    return {Message(e.id, e.plural or "", e.context or "") for e in entries(language)}


@pytest.mark.parametrize("language", DOCUMENT_ONLY)
def test_a_catalogue_holds_what_a_document_shows_and_no_more(language):
    expected = document_messages()
    if language in UNKNOWN_TO_DJANGO:
        expected |= month_messages()
    assert messages_of(language) == expected


def test_spanish_holds_all_that_a_document_shows():
    assert document_messages() - messages_of("es") == set()


@pytest.mark.parametrize("language", DOCUMENT_ONLY)
def test_every_message_is_translated_with_the_placeholders_of_its_original(language):
    for entry in entries(language):
        for words in entry.texts:
            assert words.strip()
            assert sorted(PLACEHOLDER.findall(words)) == sorted(PLACEHOLDER.findall(entry.id))


@pytest.mark.parametrize(
    ("language", "forms"), [("ar", 6), ("ht", 2), ("so", 2), ("vi", 1), ("zh-Hans", 1)]
)
def test_a_language_has_as_many_plurals_as_it_distinguishes(language, forms):
    counts = {len(entry.texts) for entry in entries(language) if entry.plural}
    assert counts == {forms}


@pytest.mark.parametrize(
    ("language", "day", "number"),
    [
        ("ar", "4 مارس، 2026", "1.204.500,5"),
        ("es", "4 de marzo de 2026", "1\xa0204\xa0500,5"),
        ("ht", "4 mas 2026", "1,204,500.5"),
        ("so", "4 Maarso 2026", "1,204,500.5"),
        ("vi", "Ngày 04 tháng 3 năm 2026", "1.204.500,5"),
        ("zh-Hans", "2026年3月4日", "1,204,500.5"),
    ],
)
def test_dates_and_figures_are_written_as_the_language_writes_them(language, day, number):
    with translation.override(language):
        assert date_format(dt.date(2026, 3, 4), "DATE_FORMAT") == day
        figure = number_format(
            Decimal("1204500.5"), decimal_pos=1, use_l10n=True, force_grouping=True
        )
    assert figure == number


@pytest.mark.parametrize("language", DOCUMENT_ONLY)
def test_the_compiled_catalogue_is_that_of_its_source(language):
    with source(language).with_suffix(".mo").open("rb") as handle:
        compiled = gettext.GNUTranslations(handle)._catalog
    expected: dict[object, str] = {}
    for entry in entries(language):
        key = f"{entry.context}\x04{entry.id}" if entry.context else entry.id
        if entry.plural:
            expected |= {(key, form): words for form, words in enumerate(entry.texts)}
        else:
            expected[key] = entry.texts[0]
    assert {key: words for key, words in compiled.items() if key} == expected
