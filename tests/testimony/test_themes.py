"""A programme's theme on a document: its letterhead, colours and fonts on paper and on its web page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Site

from cms.models import Branding, Theme
from cms.pdf import font_sets
from cms.pdf.service import document_html
from testimony.blocks import ChartBlock
from testimony.domain.printing import pdf_document
from testimony.enums import ChartKind
from tests.builders import make_fact_sheet, make_testimony

pytestmark = pytest.mark.django_db
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
CHART = {
    "title": "Fewer own their home",
    "kind": "bar",
    "unit": "percent",
    "alt": "54 percent own.",
    "rows": [{"label": "County", "value": "54"}, {"label": "State", "value": "66"}],
}


@pytest.fixture
def theme() -> Theme:
    return Theme.objects.create(
        name="Housing",
        organization_name="Housing Program",
        letterhead_lines="Help line 555-0142",
        primary_color="#5b2a6e",
        accent_color="#006d6f",
        logo_drawing=LOGO,
    )


@pytest.mark.parametrize("make", [make_testimony, make_fact_sheet])
def test_paper_has_the_letterhead_colours_and_logo_of_its_theme(make, theme):
    page = make(theme=theme)
    html = document_html(pdf_document(page, draft=False))
    assert "--primary: #5b2a6e; --accent: #006d6f" in html
    assert "Housing Program" in html
    assert f"asset://logo/{theme.logo_digest}.svg" in html


def test_the_chart_on_paper_has_the_accent_and_the_face_of_its_theme(theme, monkeypatch):
    monkeypatch.setattr(font_sets, "is_ready", lambda slug: True)
    theme.font_pair = "humanist"
    theme.save()
    page = make_testimony(theme=theme, body=[("chart", CHART)])
    html = document_html(pdf_document(page, draft=False))
    assert 'color="#006d6f"' in html
    assert 'font-family="&#x27;Source Sans 3&#x27;,Public Sans,sans-serif"' in html
    assert 'class="pair-humanist"' in html


def test_a_document_without_a_theme_has_the_look_of_the_site(theme):
    Branding.objects.update(primary_color="#102030", organization_name="The Site")
    html = document_html(pdf_document(make_testimony(), draft=False))
    assert "--primary: #102030" in html
    assert "Housing Program" not in html


def test_the_web_page_has_the_colours_of_the_theme_inside_the_frame_of_the_site(client, theme):
    theme.font_pair = "plex"
    theme.save()
    Branding.for_site(Site.objects.get(is_default_site=True))
    page = make_testimony(theme=theme)
    html = client.get(page.url).content.decode()
    assert f'<link rel="stylesheet" href="/branding/theme-{theme.pk}.css">' in html
    assert 'class="wrap document themed pair-plex"' in html
    assert "themed" not in client.get(make_testimony(slug="plain").url).content.decode()


def test_documents_and_drafts_of_a_deleted_theme_look_like_the_site(theme):
    published = make_testimony(theme=theme)
    drafted = make_testimony(slug="drafted")
    drafted.theme = theme
    drafted.save_revision()
    theme.delete()
    published.refresh_from_db()
    drafted.refresh_from_db()
    draft = drafted.get_latest_revision_as_object()
    assert (published.theme, draft.theme) == (None, None)
    assert "#5b2a6e" not in document_html(pdf_document(draft, draft=True))


def cleaned(**changes):
    block = ChartBlock()
    return block.clean(block.to_python({**CHART, **changes}))


def test_charts_of_before_are_read_as_one_series_without_loss():
    value = ChartBlock().to_python(CHART)
    assert [(row["label"], str(row["value"]), list(row["more"])) for row in value["rows"]] == [
        ("County", "54", []),
        ("State", "66", []),
    ]
    assert list(value["series"]) == []
    assert ChartBlock().clean(value)


TWO = [{"label": "A", "value": "1", "more": ["2"]}, {"label": "B", "value": "3", "more": [None]}]


def test_every_kind_takes_several_series():
    for kind in ChartKind.values:
        assert list(cleaned(kind=kind, rows=TWO, series=["x", "y"])["series"]) == ["x", "y"]


@pytest.mark.parametrize("series", [[], ["x"], ["x", "y", "z"]])
def test_names_and_figures_must_match(series):
    with pytest.raises(StructBlockValidationError) as refused:
        cleaned(rows=TWO, series=series)
    assert list(refused.value.block_errors) == ["series"]


def test_parts_of_a_whole_are_not_below_zero():
    rows = [{"label": "A", "value": "-1"}, {"label": "B", "value": "3"}]
    with pytest.raises(StructBlockValidationError) as refused:
        cleaned(kind="stacked", rows=rows)
    assert list(refused.value.block_errors) == ["kind"]
    assert cleaned(kind="dot", rows=rows)


def test_the_table_beneath_has_a_column_for_each_series(client):
    page = make_testimony(body=[("chart", {**CHART, "rows": TWO, "series": ["2014", "2024"]})])
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    rows = [[cell.get_text() for cell in row.select("th,td")] for row in soup.select(".data tr")]
    assert rows == [["Group or year", "2014", "2024"], ["A", "1%", "2%"], ["B", "3%", "no figure"]]
