"""A text in the words that are heard when it is read out."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimony.domain.reading_aloud import count_words, read_aloud

ENGLISH = {
    "": "",
    "Thank you, Chair Rivera.": "Thank you Chair Rivera",
    # counts, percents, money
    "1,250,000": "one million two hundred fifty thousand",
    "1,234": "one thousand two hundred thirty-four",
    "10,000,000,000,000,000,000": "one" + " zero" * 19,
    "47.3%": "forty-seven point three percent",
    "47.3 %": "forty-seven point three percent",
    "47.3\xa0%": "forty-seven point three percent",
    "25.0%": "twenty-five percent",
    "0.5": "zero point five",
    "-5": "minus five",
    "2.1 million": "two point one million",
    "$1,000,000": "one million dollars",
    "$7.25": "seven dollars and twenty-five cents",
    "$0.50": "fifty cents",
    "$4.2 billion": "four point two billion dollars",
    "US$1.25 million": "one point two five million dollars",
    "$4.2M": "four point two million dollars",
    "€3": "three euros",
    # years, bills, ordinals, decades
    "in 1998": "in nineteen ninety-eight",
    "in 2000": "in two thousand",
    "in 2005": "in two thousand five",
    "in 1905": "in nineteen oh five",
    "2019": "twenty nineteen",
    "1980s": "nineteen eighties",
    "HB 1234": "H B twelve thirty-four",
    "H.B. 1234.": "H B twelve thirty-four",
    "H.B.1234": "H B twelve thirty-four",
    "HB1234": "H B twelve thirty-four",
    "SB 12,": "S B twelve",
    "the 1st and 21st": "the first and twenty-first",
    "103rd": "one hundred third",
    "007": "zero zero seven",
    # ranges, fractions, dates, times
    "5–10": "five to ten",
    "10-15%": "ten to fifteen percent",
    "$5–$10": "five dollars to ten dollars",
    "2019-2021": "twenty nineteen to twenty twenty-one",
    "1/2": "one half",
    "3/4": "three quarters",
    "2/3": "two thirds",
    "½": "one half",
    "2½": "two and one half",
    "24/7": "twenty-four seven",
    "March 5, 2023": "March five twenty twenty-three",
    "3/5/2023": "three five twenty twenty-three",
    "2023-03-05": "twenty twenty-three three five",
    "9:30 a.m.": "nine thirty a m",
    "9:05": "nine oh five",
    "9:00": "nine",
    # capitals
    "the CDC’s": "the C D C’s",
    "HMOs": "H M Os",
    "U.S.": "U S",
    "Ph.D.": "P h D",
    "WIC, SNAP and NASA": "WIC SNAP and NASA",
    "CDC-funded": "C D C funded",
    "R&D": "R and D",
    "Title IX": "Title nine",
    "WHY HB 1234 MATTERS NOW": "why H B twelve thirty-four matters now",
    # compounds and what is left
    "long-term": "long-term",
    "and/or": "and or",
    "yes — no": "yes no",
    "say—and": "say and",
    "don't": "don't",
    "COVID-19": "COVID nineteen",
    "H1N1": "H one N one",
    "section 12(b)(3)": "section twelve b three",
    "1.2.3": "one point two point three",
    "#1 & #2": "number one and number two",
    "(555) 555-0142": "five five five five five five zero one four two",
    "www.cdc.gov": "www dot cdc dot gov",
    "ann@city.example": "ann at city dot example",
    "… * —": "",
}
SPANISH = {
    "2,1 millones": "dos coma uno millones",
    "1.250.000": "un millón doscientos cincuenta mil",
    "1\xa0250\xa0000": "un millón doscientos cincuenta mil",
    "1 250 000": "un millón doscientos cincuenta mil",
    "47,3 %": "cuarenta y siete coma tres por ciento",
    "$4,2 mil millones": "cuatro coma dos mil millones de dólares",
    "$7,25": "siete dólares y veinticinco centavos",
    "$35 mil": "treinta y cinco mil dólares",
    "en 2019": "en dos mil diecinueve",
    "10–15%": "diez a quince por ciento",
    "½": "uno dos",
}


@pytest.mark.parametrize(("text", "said"), ENGLISH.items())
def test_english_is_read_as_it_is_spoken(text, said):
    assert read_aloud(text) == said


@pytest.mark.parametrize(("text", "said"), SPANISH.items())
def test_spanish_is_read_as_it_is_spoken(text, said):
    assert read_aloud(text, "es") == said


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("vi", "47,3%", "bốn mươi bảy phẩy ba phần trăm"),
        ("ar", "٤٧٫٣٪", "سبعة وأربعون فاصل ثلاثة بالمئة"),
        ("ar", "١٬٢٥٠٬٠٠٠", "مليون ومائتان وخمسون ألف"),
        ("so", "47.3%", "forty-seven point three percent"),
        ("ht", "2 mil", "two mil"),
    ],
)
def test_other_languages_read_numbers_by_their_own_rules_or_the_english_ones(language, text, said):
    assert read_aloud(text, language) == said


@pytest.mark.parametrize(("text", "said"), ENGLISH.items())
def test_what_is_counted_is_what_is_said(text, said):
    assert count_words(text) == len(said.split())


def test_lines_are_counted_one_by_one():
    assert count_words("WHY THIS MATTERS\nThe CDC said so.\n\nOn 5–10 days") == 3 + 6 + 5


@given(st.text(max_size=300), st.sampled_from(["en", "es", "ar"]))
def test_no_text_at_all_stops_the_counter(text, language):
    assert count_words(text, language) == len(read_aloud(text, language).split())


@given(
    st.text("0123456789.,-–/:$€%½²①٣ºstndhkMB() \n\xa0@#&'’", max_size=120),
    st.sampled_from(["en", "es", "ar", "vi"]),
)
def test_no_row_of_digits_and_marks_stops_the_counter(text, language):
    assert count_words(text, language) == len(read_aloud(text, language).split())


@pytest.mark.parametrize(
    "row", ["$1", "1,", "1 ", "100 ", "A.", "@.", "-", "½", "123 456-", "Aa1", "x@"]
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_row_of_marks_stops_the_counter(row, language):
    """The first takes a twentieth of a second; with a pattern that goes back and forth it would take minutes."""
    start = time.process_time()
    count_words(row * 60_000, language)
    assert time.process_time() - start < 10


def test_chinese_takes_the_time_of_its_characters():
    assert count_words("请投票支持法案。", "zh-Hans") == 4
    assert count_words("HB 1147，一百七十个字" + "字" * 160, "zh-Hans") == 4 + round(166 / 1.7)
