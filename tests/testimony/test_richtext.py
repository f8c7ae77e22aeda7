"""Statistics, sources and footnotes in rich text: storage, expansion, use, cost."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import ReferenceIndex
from wagtail.rich_text import expand_db_html

from testimony.enums import DOCUMENT_FEATURES
from testimony.models import Source, Statistic
from testimony.richtext import reference_cache
from tests.builders import make_point, make_source, make_statistic, make_testimony, paragraph

pytestmark = pytest.mark.django_db


def embed(kind: str, pk: int) -> str:
    return f'<embed embedtype="{kind}" id="{pk}"/>'


def round_trip(html: str) -> str:
    converter = ContentstateConverter(DOCUMENT_FEATURES)
    return converter.to_database_format(converter.from_database_format(html))


def test_references_survive_the_editor_unchanged():
    statistic = make_statistic()
    html = (
        f'<p data-block-key="a1">About {embed("statistic", statistic.pk)} of them'
        f"{embed('source', statistic.source_id)}"
        '<embed embedtype="note" text="It isn&#x27;t &quot;all&quot; &lt;b&gt; &amp; &amp;amp; more"/>.</p>'
    )

    assert round_trip(html) == html


def test_references_to_what_is_gone_survive_the_editor_too():
    html = f'<p data-block-key="a1">{embed("statistic", 9999)}{embed("source", 9999)} end</p>'

    assert round_trip(html) == html


def test_the_editor_shows_the_figure_of_today():
    statistic = make_statistic(value="47.3", decimals=1)
    converter = ContentstateConverter(DOCUMENT_FEATURES)

    state = json.loads(
        converter.from_database_format(
            f'<p data-block-key="a1">{embed("statistic", statistic.pk)}</p>'
        )
    )

    assert state["blocks"][0]["text"] == "47.3%"
    assert state["blocks"][0]["entityRanges"] == [{"key": 0, "offset": 0, "length": 5}]
    assert state["entityMap"]["0"]["mutability"] == "IMMUTABLE"
    assert state["entityMap"]["0"]["data"] == {
        "id": str(statistic.pk),
        "label": "47.3%",
        "title": str(statistic),
        "url": f"/admin/snippets/testimony/statistic/edit/{statistic.pk}/",
        "pin": "",
        "standing": "Follows the library.",
        "changed": "",
        "difference": "",
    }


def test_an_empty_footnote_is_not_stored():
    converter = ContentstateConverter(DOCUMENT_FEATURES)
    state = json.loads(
        converter.from_database_format(
            '<p data-block-key="a1">Before<embed embedtype="note" text="x"/></p>'
        )
    )
    state["entityMap"]["0"]["data"]["text"] = ""

    assert converter.to_database_format(json.dumps(state)) == '<p data-block-key="a1">Before</p>'


def test_a_statistic_expands_to_its_figure_and_the_note_of_its_source():
    statistic = make_statistic(value="1250000", unit="people")

    assert expand_db_html(embed("statistic", statistic.pk)) == (
        f'<span class="figure" data-statistic="{statistic.pk}">1,250,000</span>'
        f'<span class="rn" data-note-source="{statistic.source_id}"></span>'
    )


def test_a_footnote_expands_to_its_words_escaped():
    html = '<embed embedtype="note" text="It isn&#x27;t &lt;b&gt; &amp;amp;"/>'

    assert expand_db_html(html) == (
        '<span class="rn" data-note-text="It isn&#x27;t &lt;b&gt; &amp;amp;"></span>'
    )


@pytest.mark.parametrize("damage", ["unpublished", "deleted", "no id", "words for an id"])
def test_what_is_not_published_expands_to_nothing(damage):
    statistic = make_statistic()
    html = embed("statistic", statistic.pk) + embed("source", statistic.source_id)
    if damage == "unpublished":
        Statistic.objects.update(live=False)
        Source.objects.update(live=False)
    elif damage == "deleted":
        Statistic.objects.all().delete()
        Source.objects.all().delete()
    elif damage == "no id":
        html = '<embed embedtype="statistic"/><embed embedtype="source"/>'
    else:
        html = '<embed embedtype="statistic" id="x"/><embed embedtype="source" id="١"/>'
        html = html.replace("١", "1x")

    assert expand_db_html(html) == ""


def test_a_published_statistic_of_an_unpublished_source_stands_without_a_note():
    statistic = make_statistic(source=make_source(live=False))

    assert "rn" not in expand_db_html(embed("statistic", statistic.pk))


def test_use_in_a_paragraph_counts_as_use_of_the_statistic_and_the_source():
    statistic, source = make_statistic(), make_source("Another survey")

    page = make_testimony(
        body=[paragraph(f"<p>{embed('statistic', statistic.pk)}{embed('source', source.pk)}</p>")]
    )

    found = [
        [(str(r.object_id), r.model_path) for r in ReferenceIndex.get_references_to(item)]
        for item in (statistic, source)
    ]
    assert found == [[(str(page.pk), "body.paragraph")]] * 2


@pytest.mark.parametrize("count", [1, 3])
def test_a_stream_reads_its_references_in_one_query_for_each_kind(count):
    body = []
    for number in range(count):
        figure = make_statistic(source=make_source(f"Survey {number}"))
        cited = make_source(f"Report {number}")
        quoted = make_statistic(source=make_source(f"Census {number}"))
        point = make_point(text=f"<p>{embed('statistic', quoted.pk)}</p>")
        body.append(paragraph(f"<p>{embed('statistic', figure.pk)}{embed('source', cited.pk)}</p>"))
        body.append(("talking_point", point))
    page = make_testimony(body=body)
    page.refresh_from_db()

    with (
        CaptureQueriesContext(
            connection,
        ) as queries,
        reference_cache(page.body),
    ):
        html = "".join(
            expand_db_html(
                child.value["point"].text
                if child.block_type == "talking_point"
                else child.value.source
            )
            for child in page.body
        )

    assert html.count('class="figure"') == 2 * count
    # Talking points of the stream, statistics with their sources, the other sources.
    assert len(queries) == 3
