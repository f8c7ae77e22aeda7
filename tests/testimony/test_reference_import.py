"""What reference managers export becomes sources; what cannot is told by line and reason."""

from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError

from cms.enums import GroupName
from testimony.csl import parse_names
from testimony.importers.references.entries import (
    MAX_CHARACTERS,
    MAX_ENTRIES,
    NotReadable,
    source_of,
)
from testimony.importers.references.intake import State, plan, take_in
from testimony.importers.references.reading import decoded, detect, read
from testimony.models import Source
from tests.builders import make_source, make_user

BIBTEX = r"""
@string{ha = "Health Affairs"}
@article{leave, title={Leave \& {Health} of 50% at the caf\'e}, author={N{\'u}{\~n}ez, Ana and {World Health
  Organization} and John von Smith}, journal=ha, year=2020, month=may, volume=12, number=3, pages={1--9},
  doi={https://doi.org/10.1000/xyz}}

@techreport{r, title="A report", institution={Bureau}, number={17}, address={Washington}, date={2021-03-04}}
@misc{web, title={A page}, howpublished={\url{https://x.example/a_b}}, urldate={2026-01-05}}
@book{open, title={Never closed,
@book{twice, title={A}, title={B}}
@book{nameless, publisher={Press}}
@comment{left out}
"""
RIS = """TY  - JOUR
AU  - Núñez, Ana
AU  - Smith, John, Jr.
AU  - World Health Organization
TI  - Leave and health
JO  - Health Affairs
PY  - 2020/05//
VL  - 12
IS  - 3
SP  - 1
EP  - 9
DO  - 10.1000/xyz
UR  - https://x.example/a;b
LA  - eng
N1  - not wanted
ER  -\x20

stray words
TY  - RPRT
TI  - No end
TY  - ELEC
TI  - A page
PB  - Bureau
Y2  - 2026/01/05
ER  -
TY  - BOOK
PB  - Press
ER  -
"""
CSL = [
    {
        "id": "a",
        "type": "article-journal",
        "title": "Leave <i>and</i> health",
        "author": [{"family": "Núñez", "given": "Ana"}, {"literal": "World Health Organization"}],
        "issued": {"date-parts": [["2020", 5]]},
        "container-title": "Health Affairs",
        "volume": 12,
        "DOI": "10.1000/xyz",
        "custom": {"unknown": True},
    },
    {"type": "unheard-of", "title": "Raw", "issued": {"raw": "May 4, 2023"}, "author": "Doe"},
    {"title": "x" * 501},
    {"title": "Odd address", "URL": "ftp://x.example"},
    "words",
    {"title": None},
]


def sources(text: str) -> dict[str, Source]:
    return {entry.label: source_of(entry.item) for entry in read(text)[1] if not entry.problem}


def problems(text: str) -> list[tuple[int, str]]:
    return [(entry.line, entry.problem) for entry in read(text)[1] if entry.problem]


def test_bibtex_becomes_sources():
    found = sources(BIBTEX)

    article = found["Leave & Health of 50% at the café"]
    assert (article.kind, article.container, article.published) == (
        "article-journal",
        "Health Affairs",
        "2020-05",
    )
    assert article.author == "Núñez, Ana\nWorld Health Organization\nvon Smith, John"
    assert (article.volume, article.issue, article.pages) == ("12", "3", "1-9")
    assert article.doi == "10.1000/xyz"
    report = found["A report"]
    assert (report.kind, report.publisher, report.number, report.place, report.published) == (
        "report",
        "Bureau",
        "17",
        "Washington",
        "2021-03-04",
    )
    page = found["A page"]
    assert (page.kind, page.url, str(page.retrieved_on)) == (
        "webpage",
        "https://x.example/a_b",
        "2026-01-05",
    )


def test_what_is_wrong_in_bibtex_is_told_by_line():
    assert problems(BIBTEX) == [
        (9, "It is not complete: a brace or quotation mark is missing."),
        (10, "A field stands in it twice."),
        (11, "It has no title."),
    ]


def test_ris_becomes_sources():
    found = sources(RIS)

    article = found["Leave and health"]
    assert (article.kind, article.container, article.published) == (
        "article-journal",
        "Health Affairs",
        "2020-05",
    )
    assert article.author == "Núñez, Ana\nSmith, John Jr.\nWorld Health Organization"
    assert (article.volume, article.issue, article.pages) == ("12", "3", "1-9")
    assert (article.doi, article.url) == ("10.1000/xyz", "https://x.example/a;b")
    assert (found["A page"].kind, str(found["A page"].retrieved_on)) == ("webpage", "2026-01-05")


def test_what_is_wrong_in_ris_is_told_by_line():
    assert problems(RIS) == [
        (18, "It stands outside of a record, which begins with TY."),
        (19, "The record has no end (ER)."),
        (26, "It has no title."),
    ]


def test_csl_json_becomes_sources():
    found = sources(json.dumps(CSL[:2], indent=1))

    article = found["Leave and health"]
    assert article.published == "2020-05"
    assert parse_names(article.author) == CSL[0]["author"]
    assert (article.volume, article.doi) == ("12", "10.1000/xyz")
    assert (found["Raw"].kind, found["Raw"].published) == ("document", "2023-05-04")


@pytest.mark.parametrize("wrapped", [CSL[0], {"items": CSL[:1]}])
def test_a_single_entry_and_a_wrapped_list_are_read(wrapped):
    assert [entry.label for entry in read(json.dumps(wrapped))[1]] == ["Leave and health"]


def test_what_is_wrong_in_csl_json_is_told_by_line():
    text = "[\n" + ",\n".join(json.dumps(entry) for entry in CSL) + "\n]"

    assert problems(text) == [
        (6, "It is no entry, which is written in { and }."),
        (7, "It has no title."),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("just words", "This is none of BibTeX, RIS and CSL-JSON. "),
        ('[{"title": "a"}', "Line 1: a comma or ] is missing."),
        ('[\n{"title": }]', "Line 2 is not JSON: Expecting value."),
        ("[" * 100_000, "It is nested too deeply, or holds a number that is too long."),
        ("[" + "9" * 5000 + "]", "It is nested too deeply, or holds a number that is too long."),
        ("[]", "There is no entry in it."),
        (
            "x" * (MAX_CHARACTERS + 1),
            "It has more than 524 thousand characters. Paste it in parts.",
        ),
        ("@a{" * (MAX_ENTRIES + 1), "It has more than 1000 entries. Paste it in parts."),
        ("TY  - GEN\nER  -\n" * (MAX_ENTRIES + 1), "It has more than 1000 entries. "),
    ],
)
def test_a_text_that_cannot_be_read_says_why(text, message):
    with pytest.raises(NotReadable) as refusal:
        read(text)
    assert str(refusal.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("\ufeff [", "CSL-JSON"),
        ("{}", "CSL-JSON"),
        ("words\n@article{a", "BibTeX"),
        ("\ufeffTY  - JOUR", "RIS"),
        ("TY - JOUR\nAB  - x\n@b{", "RIS"),
        ("me@example.org", None),
        ("", None),
    ],
)
def test_the_format_is_found_by_how_it_begins(text, name):
    assert detect(text) == name


def test_files_of_either_age_are_text():
    assert [decoded("Núñez".encode(code)) for code in ("utf-8", "utf-8-sig", "cp1252")] == [
        "Núñez"
    ] * 3
    with pytest.raises(NotReadable):
        decoded(b"\x81\xff\x00")


BIG = MAX_CHARACTERS - 40
HARD = {
    "braces": "@article{a, title={" + "{" * BIG,
    "quotes": '@article{a, title="' + '"{' * (BIG // 2),
    "fields": "@article{a," + "b=c," * (BIG // 4),
    "joined": "@article{a,t=" + '"a" # ' * (BIG // 6) + '"b"}',
    "TeX": "@article{a,title={" + "\\frac{" * (BIG // 12) + "}" * (BIG // 12) + "}}",
    "names": "@article{a,title={a},author={" + "a and " * (BIG // 6) + "}}",
    "tags": "TY  - JOUR\n" + "AU  - a\n" * (BIG // 8) + "ER  -\n",
    "long line": "TY  - JOUR\nTI  - " + "<i " * (BIG // 3) + "\nER  -\n",
    "blank": "TY  - JOUR\n" + " \n" * (BIG // 2) + "ER  -\n",
    "objects": "[" + '{"title":"a"},' * (BIG // 14) + "{}]",
    "spaces": "[" + " " * BIG + "]",
}


@pytest.mark.parametrize("name", HARD)
def test_no_text_takes_long_to_read(name):
    start = time.process_time()
    with suppress(NotReadable, ValidationError):
        for entry in read(HARD[name])[1]:
            if not entry.problem:
                source_of(entry.item)
    assert time.process_time() - start < 12


# What is new --------------------------------------------------------------------------------


def bib(**fields) -> str:
    inner = ", ".join(f"{name}={{{value}}}" for name, value in fields.items())
    return f"@misc{{k, {inner}}}\n"


@pytest.mark.django_db
def test_what_is_there_is_recognized_by_doi_address_or_title_and_year():
    by_doi = make_source("One", doi="10.1/A")
    by_url = make_source("Two", url="https://www.x.example/two/")
    by_title = make_source("Three  words", published="May 2020")
    text = "".join(
        [
            bib(title="Another", doi="10.1/a"),
            bib(title="Another", url="http://x.example/Two"),
            bib(title="three words.", year=2020),
            bib(title="Three words", year=2021),
            bib(title="THREE WORDS", year=2021),
        ]
    )

    rows = plan(text).rows

    assert [(row.state, row.known) for row in rows] == [
        (State.KNOWN, by_doi),
        (State.KNOWN, by_url),
        (State.KNOWN, by_title),
        (State.NEW, None),
        (State.KNOWN, None),
    ]
    assert rows[4].reason == "It stands further up in this list."


@pytest.mark.django_db
def test_an_entry_that_no_source_can_hold_is_told_by_field():
    text = json.dumps(CSL[2:4])

    assert [(row.state, row.reason) for row in plan(text).rows] == [
        (State.PROBLEM, "title: Ensure this value has at most 500 characters (it has 501)."),
        (State.PROBLEM, "web address: Enter a valid URL."),
    ]


@pytest.mark.django_db
def test_new_ones_are_taken_in_as_drafts_with_a_history():
    author = make_user()

    assert take_in(plan(BIBTEX).new, user=author, publish=False) == 3

    source = Source.objects.get(title="A report")
    assert (source.live, source.owner, source.latest_revision.user) == (False, author, author)
    assert plan(BIBTEX).counts == {State.KNOWN: 3, State.PROBLEM: 3}


@pytest.mark.django_db
def test_published_when_it_was_asked_for():
    take_in(plan(RIS).new, user=make_user("adam", GroupName.ADMINISTRATORS), publish=True)

    assert set(Source.objects.values_list("title", "live")) == {
        ("Leave and health", True),
        ("A page", True),
    }


@pytest.mark.django_db(transaction=True)
def test_nothing_is_taken_in_by_halves(monkeypatch):
    new = plan(BIBTEX).new
    monkeypatch.setattr(new[1], "save_revision", lambda **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        take_in(new, user=make_user(), publish=False)

    assert Source.objects.count() == 0
