"""Figures as people write them: one form everywhere, and refusals beside the field."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup, Tag
from django.urls import reverse
from django.utils import translation

from cms.models import ArchiveEntry
from testimony.domain.resolve import resolve
from testimony.enums import Scale, Unit
from testimony.formats import format_figure
from testimony.models import Statistic
from testimony.richtext_editor import chosen_entity_data
from testimony.templatetags.rostrum_blocks import large_figure
from tests.builders import (
    make_fact_sheet,
    make_statistic,
    make_testimony,
    make_user,
    paragraph,
)

PRINTED = [
    ("2.1", "number", 1, "million", "2.1 million", "2,1 millones"),
    ("1", "people", 0, "million", "1 million", "1 millón"),
    ("1.0", "people", 1, "million", "1.0 million", "1,0 millones"),
    ("4.2", "dollars", 1, "billion", "$4.2 billion", "$4,2 mil millones"),
    ("35", "people", 0, "thousand", "35 thousand", "35 mil"),
    ("1250", "dollars", 0, "million", "$1,250 million", "$1\xa0250 millones"),
    ("1250000", "people", 0, "none", "1,250,000", "1\xa0250\xa0000"),
    ("47.3", "percent", 1, "none", "47.3%", "47,3%"),
    ("7.25", "dollars_per_hour", 2, "none", "$7.25", "$7,25"),
    ("-3.5", "dollars", 1, "million", "-$3.5 million", "-$3,5 millones"),
    ("2.15", "number", 1, "million", "2.2 million", "2,2 millones"),
]


@pytest.mark.parametrize(("value", "unit", "decimals", "scale", "english", "spanish"), PRINTED)
def test_a_figure_is_printed_as_its_language_writes_it(
    value, unit, decimals, scale, english, spanish
):
    def printed(language: str) -> str:
        with translation.override(language):
            return format_figure(Decimal(value), unit, decimals, scale)

    assert (printed("en"), printed("es")) == (english, spanish)


def test_other_languages_have_their_own_words_and_decimal_mark():
    with translation.override("vi"):
        assert format_figure(Decimal("2.1"), Unit.NUMBER, 1, Scale.MILLION) == "2,1 triệu"


def test_a_figure_without_a_value_prints_nothing():
    assert format_figure(None, Unit.NUMBER, 0, Scale.MILLION) == ""


@pytest.mark.parametrize(
    ("figure", "html"),
    [
        ("2.1 million", '2.1 <span class="figure__word">million</span>'),
        ("$4,2 mil millones", '$4,2 <span class="figure__word">mil millones</span>'),
        ("1\xa0250\xa0000", "1\xa0250\xa0000"),
        ("47.3%", "47.3%"),
        ("", ""),
    ],
)
def test_the_word_of_a_scale_is_set_small_beside_a_large_figure(figure, html):
    assert large_figure(figure) == html


# Everywhere the same ------------------------------------------------------------------------------


def scaled() -> Statistic:
    return make_statistic(
        "households have no car", "2.1", decimals=1, unit=Unit.NUMBER, scale=Scale.MILLION
    )


def words(element: Tag) -> str:
    """What is read, without the marks that keep left-to-right figures apart in Arabic."""
    return " ".join(element.get_text().translate(dict.fromkeys((0x2066, 0x2068, 0x2069))).split())


def everywhere(item: Statistic, language: str, medium: str) -> dict[str, str]:
    """The figure in a paragraph, in a block and as the key figure of a fact sheet."""
    inline = paragraph(f'<p>Some <embed embedtype="statistic" id="{item.pk}"/> households.</p>')
    block = ("statistic", {"statistic": item, "emphasis": ""})
    page = make_testimony(f"In {language}", [inline, block], language=language)
    sheet = make_fact_sheet(f"Sheet in {language}", key_figure=item, language=language)
    body = BeautifulSoup(resolve(page, medium=medium).html, "html.parser")
    key = BeautifulSoup(resolve(sheet, medium=medium).parts["key_figure"], "html.parser")
    return {
        "inline": words(body.select_one(".figure")),
        "block": words(body.select_one(".stat__value")),
        "key figure": words(key.select_one(".key-figure__value")),
    }


@pytest.mark.parametrize("medium", ["web", "print"])
@pytest.mark.parametrize(
    ("language", "figure"), [("en", "2.1 million"), ("es", "2,1 millones"), ("ar", "2,1 مليون")]
)
def test_documents_print_one_figure_alike_in_their_own_language(db, language, figure, medium):
    found = everywhere(scaled(), language, medium)

    assert found == dict.fromkeys(("inline", "block", "key figure"), figure)


def test_the_archive_finds_the_figure_as_it_is_printed(db):
    item = scaled()
    page = make_testimony(
        body=[paragraph(f'<p>Some <embed embedtype="statistic" id="{item.pk}"/> homes.</p>')]
    )

    assert ArchiveEntry.objects.get(page=page).search_text.count("Some 2.1 million homes.") == 1


def test_editor_list_chooser_and_export_show_the_figure_alike(client, db):
    item = scaled()
    user = make_user("author")
    client.force_login(user)
    chosen = reverse("wagtailsnippetchoosers_testimony_statistic:chosen", args=[item.pk])
    offered = reverse("wagtailsnippetchoosers_testimony_statistic:choose_results")
    listed = reverse("wagtailsnippets_testimony_statistic:list")
    sheet = b"".join(client.get(listed, {"export": "csv"}).streaming_content).decode()
    (row,) = csv.DictReader(io.StringIO(sheet))

    assert chosen_entity_data(item)["label"] == "2.1 million"
    assert client.get(chosen).json()["result"]["title"] == "2.1 million households have no car"
    for url, query in ((offered, {"q": "2.1 million"}), (listed, {})):
        html = client.get(url, query).content.decode()
        assert html.count("2.1 million households have no car") >= 1
    assert (row["Figure"], row["Value"], row["Scale"]) == ("2.1 million", "2.1000", "million")


def test_the_preview_says_how_it_prints_and_how_it_is_said(db):
    item = scaled()

    html = item.make_preview_request().content.decode()

    soup = BeautifulSoup(html, "html.parser")
    assert words(soup.select_one(".key-figure__value")) == "2.1 million"
    facts = dict(
        zip(
            (dt.get_text() for dt in soup.select("dt")),
            (dd.get_text() for dd in soup.select("dd")),
            strict=True,
        )
    )
    assert facts["Said aloud"] == "two point one million"


# Refusals -----------------------------------------------------------------------------------------


FORM = {
    "value": "47.3",
    "scale": "none",
    "unit": "percent",
    "decimals": "1",
    "label": "of workers have leave",
    "population": "",
    "place": "Larkmoor",
    "period": "2019–2023",
    "spoken": "",
}
REFUSED = [
    ({"scale": "million"}, "scale", "A percentage has no scale. Choose (none), or another unit."),
    (
        {"scale": "million", "unit": "points"},
        "scale",
        "A percentage has no scale. Choose (none), or another unit.",
    ),
    ({"value": "a lot"}, "value", "Enter a number."),
    ({"value": "NaN"}, "value", "Enter a number."),
    ({"decimals": "-1"}, "decimals", "Ensure this value is greater than or equal to 0."),
    ({"decimals": "5"}, "decimals", "Ensure this value is less than or equal to 4."),
    ({"decimals": ""}, "decimals", "This field is required."),
    (
        {"period": "2023–2019"},
        "period",
        "The period ends before it begins: write 2019–2023.",
    ),
    (
        {"period": "March 2023 to January 2019"},
        "period",
        "The period ends before it begins: write 2019–2023.",
    ),
    (
        {"unit": "furlongs"},
        "unit",
        "Select a valid choice. furlongs is not one of the available choices.",
    ),
    (
        {"scale": "dozen"},
        "scale",
        "Select a valid choice. dozen is not one of the available choices.",
    ),
]


@pytest.mark.parametrize(("typed", "field", "words"), REFUSED)
def test_what_cannot_be_printed_is_refused_beside_its_field_and_nothing_is_lost(
    client, db, typed, field, words
):
    item = make_statistic()
    client.force_login(make_user("author"))
    url = reverse("wagtailsnippets_testimony_statistic:edit", args=[item.pk])

    response = client.post(url, {**FORM, **typed})

    form = response.context["form"]
    assert form.errors == {field: [words]}
    soup = BeautifulSoup(response.content, "html.parser")
    control = soup.select_one(f'[name="{field}"]')
    beside = soup.find(id=f"panel-child-{field}-errors") or control.find_parent(
        attrs={"data-contentpath": field}
    )
    assert beside.get_text().count(words) == 1
    assert {name: form[name].value() for name in FORM} == {**FORM, **typed}
    item.refresh_from_db()
    assert item.value == Decimal(27)


@pytest.mark.parametrize(
    "period",
    ["2019–2023", "2023", "March 2014 to March 2023", "2018–19", "Marzo de 2023", "2021-05"],
)
def test_periods_that_run_forward_are_kept(client, db, period):
    item = make_statistic()
    client.force_login(make_user("author"))
    url = reverse("wagtailsnippets_testimony_statistic:edit", args=[item.pk])

    response = client.post(url, {**FORM, "period": period})

    item.refresh_from_db()
    assert response.status_code == 302
    assert item.get_latest_revision_as_object().period == period
