"""How sources and documents are cited: every style on offer, safe whatever a title holds."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.utils import translation
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.models import ArchiveEntry
from testimony.csl import CitationStyle
from testimony.domain import citation_engine
from testimony.domain.citation_engine import format_item, locale_of
from testimony.domain.citations import cite, cite_document
from testimony.domain.resolve import plain_text, resolve
from testimony.models import CitationSetting, Source
from tests.builders import make_event, make_fact_sheet, make_source, make_testimony, paragraph

REPORT = {
    "title": "Access to leave",
    "publisher": "Bureau of Labor Statistics",
    "published": "2023",
    "url": "https://www.bls.example/ebs/",
    "retrieved_on": dt.date(2026, 11, 22),
}
ARTICLE = {
    "kind": "article-journal",
    "title": "Leave & health",
    "author": "Núñez, Ana María\nSmith, John",
    "published": "May 2020",
    "container": "Health Affairs",
    "volume": "12",
    "issue": "3",
    "pages": "1-9",
    "doi": "10.1000/xyz",
}
STYLES = {
    "apa": (
        "Bureau of Labor Statistics. (2023). Access to leave. https://www.bls.example/ebs/",
        "Núñez, A. M., & Smith, J. (2020). Leave & health. Health Affairs, 12(3), 1–9. "
        "https://doi.org/10.1000/xyz",
    ),
    "chicago-author-date": (
        "Bureau of Labor Statistics. 2023. Access to Leave. https://www.bls.example/ebs/.",
        "Núñez, Ana María, and John Smith. 2020. “Leave & Health.” Health Affairs 12 (3): 1–9. "
        "https://doi.org/10.1000/xyz.",
    ),
    "chicago-notes-bibliography": (
        "Bureau of Labor Statistics. Access to Leave. 2023. https://www.bls.example/ebs/.",
        "Núñez, Ana María, and John Smith. “Leave & Health.” Health Affairs 12, no. 3 (2020): "
        "1–9. https://doi.org/10.1000/xyz.",
    ),
    "modern-language-association": (
        "Bureau of Labor Statistics. Access to Leave. 2023, https://www.bls.example/ebs/.",
        "Núñez, Ana María, and John Smith. “Leave & Health.” Health Affairs, vol. 12, no. 3, "
        "May 2020, pp. 1–9, https://doi.org/10.1000/xyz.",
    ),
    "nlm-citation-sequence": (
        "Bureau of Labor Statistics. Access to leave [Internet]. 2023 [cited 2026 Nov 22]. "
        "Available from: https://www.bls.example/ebs/",
        "Núñez AM, Smith J. Leave & health. Health Affairs. 2020 May;12(3):1–9. doi:10.1000/xyz",
    ),
    "american-medical-association": (
        "Bureau of Labor Statistics. Access to Leave. 2023. Accessed November 22, 2026. "
        "https://www.bls.example/ebs/",
        "Núñez AM, Smith J. Leave & health. Health Affairs. 2020;12(3):1-9. doi:10.1000/xyz",
    ),
    "american-sociological-association": (
        "Bureau of Labor Statistics. 2023. Access to Leave. https://www.bls.example/ebs/.",
        "Núñez, Ana María, and John Smith. 2020. “Leave & Health.” Health Affairs 12(3):1–9. "
        "doi:10.1000/xyz.",
    ),
    "american-political-science-association": (
        "Bureau of Labor Statistics. 2023. Access to Leave. https://www.bls.example/ebs/ "
        "(November 22, 2026).",
        "Núñez, Ana María, and John Smith. 2020. “Leave & Health.” Health Affairs 12(3): 1–9. "
        "doi:10.1000/xyz.",
    ),
}


@pytest.fixture(autouse=True)
def _cold():
    caches["citations"].clear()


def in_apa(**fields) -> str:
    return str(cite(Source(**fields), style="apa"))


def test_each_style_on_offer_is_held_to_an_example():
    assert set(STYLES) == set(CitationStyle.values)


@pytest.mark.parametrize("style", STYLES)
def test_a_report_and_an_article_are_cited_as_the_style_asks(style):
    cited = tuple(plain_text(cite(Source(**fields), style=style)) for fields in (REPORT, ARTICLE))

    assert cited == STYLES[style]


def test_italics_and_links_are_kept():
    assert in_apa(**REPORT, note="table 3") == (
        "Bureau of Labor Statistics. (2023). <i>Access to leave</i>. "
        '<a href="https://www.bls.example/ebs/">https://www.bls.example/ebs/</a> Table 3.'
    )


def test_a_number_of_a_doi_leads_to_its_article():
    cited = cite(Source(**ARTICLE), style="nlm-citation-sequence")

    assert '<a href="https://doi.org/10.1000/xyz">doi:10.1000/xyz</a>' in cited


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": "Untitled survey"}, "Untitled survey. (n.d.)."),
        ({"title": "Count", "author": "HUD", "publisher": "HUD", "published": "2022"},
         "HUD. (2022). Count."),
        ({"title": "Plan", "publisher": "City", "published": "forthcoming"},
         "City. (n.d.). Plan. Forthcoming."),
        ({"title": "Plan", "publisher": "City", "published": "Spring 2021"}, "City. (2021). Plan."),
        ({"title": "Leave Act", "publisher": "State", "published": "1993", "kind": "legislation"},
         "Leave Act (1993)."),
        ({"title": "Page", "publisher": "Dept", "published": "March 4, 2021", "kind": "webpage"},
         "Dept. (2021, March 4). Page."),
        ({"title": "Page", "url": "https://x.example/"}, "Page. (n.d.). https://x.example/"),
        ({"title": "One", "author": "Doe, Jane", "editors": "Roe, Richard", "container": "All",
          "publisher": "Press", "published": "1999", "pages": "2-9", "kind": "chapter"},
         "Doe, J. (1999). One. In R. Roe (Ed.), All (pp. 2–9). Press."),
    ],
)  # fmt: skip
def test_missing_parts_leave_nothing_behind(fields, expected):
    assert plain_text(in_apa(**fields)) == expected


def test_a_title_in_place_of_the_author_stands_once_in_every_style():
    for style in CitationStyle.values:
        source = Source(title="Some unsigned survey", url="https://x.example/")
        words = plain_text(cite(source, style=style)).lower()
        assert words.count("some unsigned survey") == 1, (style, words)


def test_the_language_of_the_document_decides_about_words_and_dates():
    source = Source(title="Encuesta", url="https://x.example/", retrieved_on=dt.date(2026, 1, 5))
    with translation.override("es"):
        assert plain_text(cite(source, style="apa")) == (
            "Encuesta. (s/f). Recuperado el 5 de enero de 2026, de https://x.example/"
        )
        figures = Source(title="Cifras", publisher="Oficina", published="2023", kind="dataset")
        assert (
            plain_text(cite(figures, style="apa")) == "Oficina. (2023). Cifras [Conjunto de datos]."
        )
    assert locale_of("tlh") == "en-US"


WEB = {
    "title": "health in New York: a report for the U.S. and long-term care",
    "publisher": "Dept",
    "published": "March 4, 2021",
    "kind": "webpage",
    "url": "https://x.example/",
}
EDITED = {
    "title": "one and following",
    "author": "Doe, Jane",
    "editors": "Roe, Richard\nPoe, Ann",
    "container": "All the “paradox” we look for",
    "publisher": "Press",
    "published": "1999",
    "kind": "chapter",
}


@pytest.mark.parametrize(
    ("language", "style", "expected"),
    [
        ("en", "apa", "Dept. (2021, March 4). health in New York: a report for the U.S. and long-term care. "
         "https://x.example/"),
        ("en", "modern-language-association", "Dept. Health in New York: A Report for the U.S. and Long-Term "
         "Care. 4 Mar. 2021, https://x.example/."),
        ("es", "apa", "Dept. (2021, 4 de marzo). health in New York: a report for the U.S. and long-term care. "
         "https://x.example/"),
        ("es", "chicago-author-date", "Dept. 2021. “health in New York: a report for the U.S. and long-term "
         "care”. 4 de marzo. https://x.example/."),
        ("es", "chicago-notes-bibliography", "Dept. “health in New York: a report for the U.S. and long-term "
         "care”. 4 de marzo de 2021. https://x.example/."),
        ("es", "modern-language-association", "Dept. health in New York: a report for the U.S. and long-term "
         "care. 4 de marzo de 2021, https://x.example/."),
    ],
)  # fmt: skip
def test_dates_and_capitals_are_those_of_the_language(language, style, expected):
    with translation.override(language):
        assert plain_text(cite(Source(**WEB), style=style)) == expected


def test_a_month_without_a_day_has_nothing_before_it():
    source = Source(**{**WEB, "published": "2021-03"})
    with translation.override("es"):
        assert plain_text(cite(source, style="apa")).startswith("Dept. (2021, marzo). ")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Doe, J. (1999). one and following. In R. Roe & A. Poe (Eds.), "
         "All the “paradox” we look for. Press."),
        ("es", "Doe, J. (1999). one and following. En R. Roe & A. Poe (Eds.), "
         "All the “paradox” we look for. Press."),
    ],
)  # fmt: skip
def test_editors_are_named_with_a_capital_where_the_style_asks_for_one(language, expected):
    with translation.override(language):
        assert plain_text(cite(Source(**EDITED), style="apa")) == expected


BOOK = {
    "title": "Rights at Work",
    "editors": "Roe, Richard\nPoe, Ann",
    "publisher": "Press",
    "published": "2020",
    "edition": "2",
    "kind": "book",
}


@pytest.mark.parametrize(
    ("language", "style", "expected"),
    [
        ("en", "apa", "Roe, R., & Poe, A. (Eds.). (2020). Rights at Work (2nd ed.). Press."),
        ("es", "apa", "Roe, R., & Poe, A. (Eds.). (2020). Rights at Work (2a ed.). Press."),
        ("en", "chicago-author-date", "Roe, Richard, and Ann Poe, eds. 2020. Rights at Work. 2nd ed. Press."),
        ("es", "chicago-notes-bibliography", "Roe, Richard, y Ann Poe, eds. Rights at Work. 2a ed. Press, 2020."),
        ("en", "modern-language-association", "Roe, Richard, and Ann Poe, editors. Rights at Work. 2nd ed., "
         "Press, 2020."),
    ],
)  # fmt: skip
def test_editors_without_an_author_stand_in_front_and_only_there(language, style, expected):
    with translation.override(language):
        assert plain_text(cite(Source(**BOOK), style=style)) == expected


def test_an_english_title_keeps_its_title_case_in_a_spanish_document_when_it_is_said_to_be_english():
    with translation.override("es"):
        cited = plain_text(
            cite(Source(**EDITED, language="en"), style="chicago-notes-bibliography")
        )
    assert cited == (
        "Doe, Jane. “One and Following”. En All the “Paradox” We Look For, editado por Richard Roe y Ann Poe. "
        "Press, 1999."
    )


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '<span class="nocase"><b>x</b></span>',
    "</i><a href='javascript:alert(1)'>x</a>",
    "&lt;b&gt; &amp; {0} %s",
    "\ue000\ue00f\ue010\ue011\ue012\x00",
]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("words", HOSTILE)
def test_markup_in_a_source_is_words(style, words):
    texts = ("title", "author", "publisher", "container", "volume", "pages", "doi", "note", "place")
    source = Source(**dict.fromkeys(texts, words), url="javascript:alert(1)", published=words[:32])
    check_safe(cite(source, style=style))


def check_safe(cited: SafeString) -> None:
    soup = BeautifulSoup(cited, "html.parser")
    for element in soup.find_all(True):
        assert element.name in {"i", "b", "sup", "sub", "span", "a"}
        assert set(element.attrs) <= {"href"}
        assert element.get("href", "https://").startswith(("https://", "http://"))
    assert not set(str(soup.get_text())) & {chr(code) for code in range(0xE000, 0xF8FF)}


@settings(deadline=None)  # the first of a style reads it
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(CitationStyle.values))
def test_anything_typed_is_cited_without_markup_or_error(title, other, style):
    source = Source(title=title, author=other, publisher=other, container=title, pages=other)
    check_safe(cite(source, style=style))


def test_a_style_that_fails_is_answered_plainly(monkeypatch, caplog):
    def fail(*args):
        raise RuntimeError("broken style")

    monkeypatch.setattr(citation_engine, "_entry", fail)
    assert in_apa(**REPORT) == (
        "<i>Access to leave</i>. Bureau of Labor Statistics, 2023. "
        '<a href="https://www.bls.example/ebs/">https://www.bls.example/ebs/</a>, '
        "retrieved Nov. 22, 2026."
    )
    assert [record.message for record in caplog.records] == ["No citation in the style apa"]


def test_a_style_that_is_gone_is_answered_plainly(caplog):
    assert plain_text(cite(Source(title="Survey"), style="no-such-style")) == "Survey."


def test_a_source_is_formatted_once_for_each_content_style_and_language(monkeypatch):
    made = []
    entry = citation_engine._entry
    monkeypatch.setattr(
        citation_engine, "_entry", lambda *args: made.append(args[1:]) or entry(*args)
    )
    source = Source(**REPORT)
    for style in ("apa", "apa", "modern-language-association"):
        cite(source, style=style)
    with translation.override("es"):
        cite(source, style="apa")
    source.title = "Changed"
    cite(source, style="apa")
    cite(source, style="apa")

    assert made == [
        ("apa", "en"),
        ("modern-language-association", "en"),
        ("apa", "es"),
        ("apa", "en"),
    ]


def test_the_entry_is_safe_html_also_from_the_cache():
    item = {"type": "report", "title": "A < B"}
    for _run in range(2):
        made = format_item(item, style="apa", language="en", fallback=lambda: SafeString(""))
        assert isinstance(made, SafeString)
        assert made == "<i>A &lt; B</i>. (n.d.)."


@pytest.mark.django_db
def test_the_setting_decides_for_every_document():
    source = make_source("Survey", author="Doe, Jane")
    embed = f'<embed embedtype="source" id="{source.pk}"/>'
    page = make_testimony(body=[paragraph(f"<p>So.{embed}</p>")])
    CitationSetting.objects.update(style=CitationStyle.MLA)

    notes = [plain_text(note.html) for note in resolve(page).notes]

    assert notes == ["Doe, Jane. Survey. Bureau, 2023."]


@pytest.mark.django_db(transaction=True)
def test_a_new_style_reaches_the_search_of_every_document_that_cites():
    source = make_source("Survey", author="Doe, Jane")
    make_testimony(body=[paragraph(f'<p>So.<embed embedtype="source" id="{source.pk}"/></p>')])
    entry = ArchiveEntry.objects.filter(search_text__contains="Doe, J. (2023). Survey.")
    assert entry.count() == 1

    setting = CitationSetting.objects.get()
    setting.style = CitationStyle.MLA
    setting.save()

    assert entry.count() == 0


@pytest.mark.django_db
def test_testimony_is_cited_with_speaker_body_date_version_and_address():
    page = make_testimony(event=make_event())
    page.last_published_at = dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC)
    assert plain_text(cite_document(page)) == (
        "Calloway, I. (2026, March 4). Testimony on HB 1147. House Committee on Labor. "
        "http://127.0.0.1:8000/archive/testimony-on-hb-1147/ Version of March 5, 2026."
    )


@pytest.mark.django_db
def test_fact_sheet_is_cited_by_the_name_of_the_office():
    cited = plain_text(cite_document(make_fact_sheet()))
    assert cited.startswith("Rostrum. (2026). Who has leave. http")
