"""Figures in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from testimony.domain.spoken import cardinal, said_aloud, say_figure
from testimony.enums import Scale, Unit
from testimony.models import Statistic
from tests.builders import make_statistic, make_user

SAID = [
    ("47.3", "percent", 1, "none", "forty-seven point three percent"),
    ("25.0", "percent", 1, "none", "twenty-five percent"),
    ("-5.9", "percent", 1, "none", "minus five point nine percent"),
    ("2.1", "number", 1, "million", "two point one million"),
    ("1", "people", 0, "million", "one million"),
    ("4.2", "dollars", 1, "billion", "four point two billion dollars"),
    ("35", "dollars", 0, "thousand", "thirty-five thousand dollars"),
    ("377", "dollars", 0, "none", "three hundred seventy-seven dollars"),
    ("1", "dollars", 0, "none", "one dollar"),
    ("7.25", "dollars_per_hour", 2, "none", "seven dollars and twenty-five cents"),
    ("0.25", "dollars", 2, "none", "twenty-five cents"),
    ("0.01", "dollars", 2, "none", "one cent"),
    ("0", "dollars", 2, "none", "zero dollars"),
    ("1.125", "dollars", 3, "none", "one point one two five dollars"),
    ("47.35", "percent", 1, "none", "forty-seven point four percent"),
    ("0.0005", "number", 4, "none", "zero point zero zero zero five"),
    ("582462", "people", 0, "none", "five hundred eighty-two thousand four hundred sixty-two"),
    ("14", "points", 0, "none", "fourteen"),
]
DICHO = [
    ("47.3", "percent", 1, "none", "cuarenta y siete coma tres por ciento"),
    ("21", "percent", 0, "none", "veintiuno por ciento"),
    ("2.1", "number", 1, "million", "dos coma uno millones"),
    ("1", "people", 0, "million", "un millón"),
    ("21", "people", 0, "million", "veintiún millones"),
    ("1", "people", 0, "thousand", "mil"),
    ("1", "dollars", 0, "billion", "mil millones de dólares"),
    ("4.2", "dollars", 1, "billion", "cuatro coma dos mil millones de dólares"),
    ("35", "dollars", 0, "thousand", "treinta y cinco mil dólares"),
    ("7.25", "dollars_per_hour", 2, "none", "siete dólares con veinticinco centavos"),
    ("1", "dollars", 0, "none", "un dólar"),
    ("-5.9", "percent", 1, "none", "menos cinco coma nueve por ciento"),
]


@pytest.mark.parametrize(("value", "unit", "decimals", "scale", "said"), SAID)
def test_a_figure_is_said_in_english(value, unit, decimals, scale, said):
    assert say_figure(Decimal(value), unit, decimals, scale, "en") == said


@pytest.mark.parametrize(("value", "unit", "decimals", "scale", "said"), DICHO)
def test_a_figure_is_said_in_spanish(value, unit, decimals, scale, said):
    assert say_figure(Decimal(value), unit, decimals, scale, "es-us") == said


def test_a_figure_is_said_in_vietnamese():
    said = say_figure(Decimal("4.2"), Unit.DOLLARS, 1, Scale.BILLION, "vi")
    assert said == "bốn phẩy hai tỷ đô la"


@pytest.mark.parametrize("language", ["ar", "so", "ht", "xx"])
def test_languages_whose_words_nobody_checked_say_nothing(language):
    assert say_figure(Decimal("2.1"), Unit.NUMBER, 1, Scale.MILLION, language) == ""


def test_what_has_no_value_yet_says_nothing():
    assert say_figure(None, Unit.PERCENT, 0) == ""


def test_numbers_without_a_name_are_said_digit_by_digit():
    assert cardinal(10**15, "en") == "one" + " zero" * 15


@given(
    st.decimals(-(10**14), 10**14, places=4),
    st.sampled_from(Unit.values),
    st.integers(0, 4),
    st.sampled_from(Scale.values),
    st.sampled_from(["en", "es", "vi"]),
)
def test_every_figure_that_can_be_kept_can_be_said(value, unit, decimals, scale, language):
    said = say_figure(value, unit, decimals, scale, language)
    assert (said != "", any(map(str.isdigit, said))) == (True, False)


def test_a_statistic_is_said_as_its_author_wrote_or_else_as_its_figure():
    figure = Statistic(value=Decimal("2.1"), decimals=1, unit=Unit.NUMBER, scale=Scale.MILLION)
    with translation.override("es"):
        assert said_aloud(figure) == "dos coma uno millones"
    assert said_aloud(figure) == "two point one million"
    figure.spoken = "a little over two million"
    assert said_aloud(figure) == "a little over two million"


def test_the_editor_shows_in_the_empty_field_what_will_be_said(client, db):
    statistic = make_statistic(value="2.1", decimals=1, unit=Unit.NUMBER, scale=Scale.MILLION)
    user = make_user("admin", "Administrators")
    client.force_login(user)
    url = reverse("wagtailsnippets_testimony_statistic:edit", args=[statistic.pk])

    form = client.get(url).context["form"]

    assert form["spoken"].value() == ""
    assert form.fields["spoken"].widget.attrs["placeholder"] == "two point one million"
