"""Blocks of a document as they are printed and shown: headings, gaps, figures, tables, pictures."""

from __future__ import annotations

import logging

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.urls import reverse
from wagtail.rich_text import RichText

from cms.models import Branding
from cms.pdf.registry import kind_for
from cms.pdf.service import document_html
from testimony import models
from testimony.domain.resolve import resolve
from tests.builders import make_point, make_statistic, make_testimony, make_user

pytestmark = pytest.mark.django_db

CHART = {
    "title": "Leave follows pay",
    "kind": "bar",
    "unit": "percent",
    "rows": [{"label": "Lowest tenth", "value": 6}, {"label": "Highest tenth", "value": 43}],
    "source": None,
    "alt": "Leave rises with pay.",
}


def shown(body, *, medium="web", show_gaps=False) -> BeautifulSoup:
    page = models.TestimonyPage(title="T", language="en", body=body)
    return BeautifulSoup(resolve(page, medium=medium, show_gaps=show_gaps).html, "html.parser")


def printed(page: models.DocumentPage, *, draft=False) -> BeautifulSoup:
    return BeautifulSoup(document_html(kind_for(page).document(page, draft=draft)), "html.parser")


def headings(soup: BeautifulSoup) -> list[tuple[str, str]]:
    return [(tag.name, tag.get_text()) for tag in soup.find_all(["h1", "h2", "h3", "h4"])]


def test_levels_of_headings_never_skip():
    soup = shown([("subheading", "Early"), ("heading", "Main"), ("subheading", "Part")])
    assert headings(soup) == [("h2", "Early"), ("h2", "Main"), ("h3", "Part")]


def test_an_empty_heading_of_a_draft_leaves_no_heading():
    assert headings(shown([("heading", ""), ("subheading", "")])) == []


@pytest.mark.parametrize("live", [True, False])
def test_only_published_statistics_are_shown(live):
    statistic = make_statistic("of workers have leave", "27", live=live)
    soup = shown([("statistic", {"statistic": statistic, "emphasis": ""})])
    words = [tag.get_text() for tag in soup.select(".stat__value, .stat__label")]
    assert words == (["27%", "of workers have leave1"] if live else [])


def test_an_editor_sees_what_is_left_out_and_why():
    point = make_point("Leave follows the paycheck", live=False)
    body = [("talking_point", point), ("talking_point", None)]
    gaps = [gap.get_text() for gap in shown(body, show_gaps=True).select(".gap")]
    assert gaps == [
        "The talking point “Leave follows the paycheck” is not published, so it is left out.",
        "A talking point that stood here was deleted.",
    ]
    assert shown(body).get_text(strip=True) == ""


def test_a_chart_is_drawn_for_two_widths_with_its_figures_beneath():
    soup = shown([("chart", CHART)])
    assert [svg["class"][-1] for svg in soup.find_all("svg")] == [
        "chart__drawing--wide",
        "chart__drawing--narrow",
    ]
    assert [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in soup.select("tr")][
        1:
    ] == [["Lowest tenth", "6%"], ["Highest tenth", "43%"]]


def test_a_chart_on_paper_is_one_drawing_in_the_brand_s_colour():
    Branding.objects.update(accent_color="#222222")
    page = make_testimony(body=[("chart", CHART)])
    drawings = printed(page).select("figure.chart svg")
    assert [(svg["class"][-1], svg["color"]) for svg in drawings] == [
        ("chart__drawing--paper", "#222222")
    ]


def test_tables_say_which_cells_are_headings():
    page = models.TestimonyPage(title="T", language="en")
    block = page.body.stream_block.child_blocks["table"]
    value = block.to_python(
        {
            "columns": [
                {"type": "text", "heading": "County"},
                {"type": "number", "heading": "Share"},
            ],
            "rows": [{"values": ["Adams", "4.5"]}, {"values": ["Benton", None]}],
            "caption": "Shares by county",
        }
    )
    soup = shown([("table", value)])
    assert [(th.get_text(), th["scope"]) for th in soup.find_all("th")] == [
        ("County", "col"),
        ("Share", "col"),
        ("Adams", "row"),
        ("Benton", "row"),
    ]
    assert [td.get_text() for td in soup.find_all("td")] == ["4.5", "–"]
    assert soup.caption.get_text() == "Shares by county"


def test_markup_typed_into_plain_fields_is_shown_as_text():
    body = [
        ("quote", {"text": "<b>loud</b>", "attribution": "<i>"}),
        ("preformatted", "<script>1</script>"),
        ("heading", "a < b"),
    ]
    soup = shown(body)
    assert soup.find_all(["b", "i", "script"]) == []
    assert soup.pre.get_text() == "<script>1</script>"


@pytest.mark.parametrize("draft", [True, False])
@pytest.mark.parametrize("model", [models.TestimonyPage, models.FactSheetPage])
def test_an_empty_draft_prints_with_a_title_and_one_main_heading(model, draft):
    soup = printed(model(title="", slug="", language="en"), draft=draft)
    assert soup.title.get_text() == "Untitled"
    assert [heading for heading in headings(soup) if heading[0] == "h1"] == [("h1", "Untitled")]
    assert [mark.get_text() for mark in soup.select(".watermark")] == (["DRAFT"] if draft else [])


def test_print_carries_language_and_direction_of_the_document():
    html = printed(make_testimony("شهادة", language="ar")).html
    assert (html["lang"], html["dir"]) == ("ar", "rtl")


def test_an_imported_statement_is_printed_without_our_letterhead_and_signature():
    page = make_testimony(source_publisher="Government Publishing Office", licence="Public domain")
    soup = printed(page)
    assert soup.select(".letterhead, .signature") == []
    assert soup.select_one(".origin").get_text() == (
        "Published by Government Publishing Office. License: Public domain. "
    )


def test_no_picture_on_paper_is_without_words():
    page = make_testimony(body=[("chart", CHART), ("paragraph", RichText("<p>x</p>"))])
    soup = printed(page)
    assert [img for img in soup.find_all("img") if not img.get("alt")] == []
    assert [svg for svg in soup.find_all("svg") if not svg.find("title").get_text()] == []


@pytest.mark.parametrize("name", ["tokens.css", "print.css"])
def test_the_engine_knows_every_rule_of_the_print_stylesheets(name, caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger("weasyprint"), "propagate", True)
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        import weasyprint  # the first time it reads stylesheets of its own, and tells so

        weasyprint.CSS(filename=finders.find(f"rostrum/css/{name}"))
    assert caplog.messages == []


BLOCKS = models.TestimonyPage._meta.get_field("body").stream_block.child_blocks


@pytest.mark.parametrize("name", BLOCKS)
def test_the_chooser_of_blocks_shows_each_as_it_will_look(client, name):
    block = BLOCKS[name]
    client.force_login(make_user())
    address = reverse("wagtailadmin_block_preview")
    shown = BeautifulSoup(client.get(address, {"id": block.definition_prefix}).text, "html.parser")

    assert block.is_previewable
    assert block.get_description() != ""
    assert shown.main.select("p, h2, h3, pre, figure, table, blockquote") != []
    assert shown.select('link[href$="rostrum/css/blocks.css"]') != []
