"""The demo's content is complete, refers only to what exists and fits its fields."""

from __future__ import annotations

import re
import struct
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from cms.enums import Language, OrganizationKind
from events.enums import EventKind, EventStatus, PresentationStatus, Stance, VehicleKind
from testimony.domain.speaking_time import estimate
from testimony.enums import Audience, ChartKind, DocumentKind, Scale, Unit
from tests.testimony.demo_content import (
    DEMO,
    Markup,
    blocks,
    cited_sources,
    content,
    documents,
    markups,
    messages,
    points,
    read,
    sources_of,
    words_to_say,
)

BLOCK_KEYS = {
    "heading": {"type", "value"},
    "subheading": {"type", "value"},
    "paragraph": {"type", "value"},
    "ask": {"type", "value"},
    "quote": {"type", "text", "attribution"},
    "talking_point": {"type", "ref"},
    "statistic": {"type", "ref", "emphasis"},
    "chart": {"type", "title", "kind", "unit", "source", "alt", "check", "rows"},
    "table": {"type", "caption", "columns", "rows", "check"},
}
POINT_TAGS = {"p", "b", "i", "a", "ul", "ol", "li", "embed"}
ASK_TAGS = {"p", "b", "i", "a"}
STATISTICS = content()["statistics"]
MAX_LENGTHS = {
    "statistics": {"label": 255, "population": 255, "place": 255, "period": 64, "spoken": 255},
    "sources": {"title": 500, "publisher": 255, "published": 32, "url": 500, "note": 255},
    "talking_points": {"title": 255},
    "events": {"title": 255, "place": 255},
    "people": {"name": 255, "role_title": 255, "honorific": 32, "phone": 40},
    "testimonies": {"title": 255, "salutation": 255, "speaker_role": 255},
    "fact_sheets": {"title": 255, "headline": 255},
}


def references() -> list[tuple[str, str, str]]:
    """(where, table, key) of each reference between entries; an empty key is no reference."""
    plan = {
        "people": [("organization", "organizations")],
        "vehicles": [("body", "bodies")],
        "events": [("body", "bodies"), ("vehicle", "vehicles")],
        "statistics": [("source", "sources"), ("same_as", "statistics")],
        "talking_points": [("owner", "people")],
        "testimonies": [
            ("event", "events"),
            ("vehicle", "vehicles"),
            ("speaker", "people"),
            ("contact", "people"),
        ],
        "fact_sheets": [
            ("key_figure", "statistics"),
            ("vehicle", "vehicles"),
            ("contact", "people"),
        ],
    }
    return [
        (f"{name}.{key}.{field}", target, entry[field])
        for name, fields in plan.items()
        for key, entry in content()[name].items()
        for field, target in fields
        if entry.get(field)
    ]


def test_there_is_as_much_as_the_demo_promises():
    assert {name: len(entries) for name, entries in content().items()} == {
        "organizations": 5,
        "people": 8,
        "issues": 3,
        "bodies": 4,
        "vehicles": 4,
        "events": 9,
        "sources": 12,
        "statistics": 34,
        "talking_points": 24,
        "testimonies": 10,
        "fact_sheets": 6,
    }


def test_one_testimony_and_one_fact_sheet_are_in_spanish():
    spanish = [document["key"] for document in documents() if document["language"] == "es"]
    assert spanish == ["hb-1147-espanol", "licencia-pagada"]


def test_all_references_between_entries_resolve():
    missing = [ref for ref in references() if ref[2] not in content()[ref[1]]]
    assert missing == []


def test_issues_of_points_and_documents_exist_and_each_issue_is_used():
    used = {issue for entry in [*points().values(), *documents()] for issue in entry["issues"]}
    assert used == set(content()["issues"])


def test_references_in_text_and_blocks_resolve():
    targets = {"statistic": "statistics", "source": "sources", "talking_point": "talking_points"}
    refs = [ref for _where, _entry, html in markups() for ref in Markup(html).refs]
    for kind in ("statistic", "talking_point"):
        refs += [(kind, block["ref"]) for _doc, block in blocks(kind)]
    refs += [("source", block["source"]) for _doc, block in blocks("chart")]
    assert [ref for ref in refs if ref[1] not in content()[targets[ref[0]]]] == []


def test_every_statistic_source_and_talking_point_is_used_somewhere():
    refs = {ref for _where, _entry, html in markups() for ref in Markup(html).refs}
    figures = {key for kind, key in refs if kind == "statistic"}
    figures |= {document["key_figure"] for document in content()["fact_sheets"].values()}
    assert figures == set(STATISTICS)
    placed = {block["ref"] for _doc, block in blocks("talking_point")}
    supporting = {key for message in messages() for key in message["points"]}
    assert placed | supporting == set(points())
    assert sources_of(list(refs)) == set(content()["sources"])


# Text ---------------------------------------------------------------------------------------------


def test_every_message_and_every_answer_has_a_source():
    claims = {key: point for key, point in points().items() if point["text"].strip()}
    bare = [key for key, point in claims.items() if not sources_of(Markup(point["text"]).refs)]
    assert bare == ["about-the-department"]
    assert claims["about-the-department"]["kind"] == "boilerplate"


def test_maps_name_what_there_is_and_one_message_is_hollow():
    proofs = set(STATISTICS) | set(content()["sources"])
    named = {key for message in messages() for key in message["proofs"]}
    assert named - proofs == set()
    assert [m["text"] for m in messages() if not m["points"] and not m["proofs"]] == [
        "A county program would pay for itself in fewer emergency visits."
    ]
    assert [key for key, point in points().items() if point.get("kind") == "question"] == [
        "leave-small-employers",
        "home-what-does-it-cost",
        "food-why-not-buses",
    ]


def test_blocks_have_known_names_and_exactly_their_fields():
    for document in documents():
        for block in document["body"]:
            assert (
                set(block) - {"rank", "use", "mode", "adapted", "series"}
                == BLOCK_KEYS[block["type"]]
            )


def test_rich_text_uses_only_what_its_field_allows():
    for where, _entry, html in markups():
        assert Markup(html).tags <= POINT_TAGS, where
    asks = [block["value"] for _doc, block in blocks("ask")]
    asks += [document["ask"] for document in content()["fact_sheets"].values()]
    assert {tag for html in asks for tag in Markup(html).tags} == ASK_TAGS - {"i", "a"}


def test_a_document_uses_figures_and_points_of_its_own_language():
    for where, entry, html in markups():
        language = entry.get("language", "en")
        for kind, ref in Markup(html).refs:
            if kind == "statistic":
                assert STATISTICS[ref].get("language", "en") == language, where
    for document, block in blocks("talking_point"):
        assert points()[block["ref"]].get("language", "en") == document["language"]


def test_texts_fit_their_fields():
    for name, limits in MAX_LENGTHS.items():
        for key, entry in content()[name].items():
            for field, limit in limits.items():
                assert len(entry[field]) <= limit, f"{name}.{key}.{field}"


def test_one_testimony_is_long_one_takes_two_minutes_and_the_rest_are_usual():
    counts = {key: words_to_say(entry) for key, entry in content()["testimonies"].items()}
    assert counts.pop("hb-1147-health-officer") >= 1_500
    two_minutes = counts.pop("sb-212-two-minutes")
    assert 230 <= two_minutes <= 260
    assert estimate(two_minutes) <= content()["events"]["senate-sb-212"]["speaking_limit_seconds"]
    assert {key: count for key, count in counts.items() if not 450 <= count <= 900} == {}


@pytest.mark.parametrize("key", content()["testimonies"])
def test_testimony_opens_with_name_and_bill_asks_once_and_closes_with_thanks(key):
    entry = content()["testimonies"][key]
    event = content()["events"][entry["event"]]
    opening, closing = entry["body"][0]["value"], entry["body"][-1]["value"]
    first_lines = " ".join(opening.split())[:400]
    assert content()["people"][entry["speaker"]]["name"] in first_lines
    assert content()["vehicles"][entry["vehicle"]]["identifier"] in first_lines
    assert entry["vehicle"] == event["vehicle"]
    assert [block["type"] for block in entry["body"]].count("ask") == 1
    assert re.search("Thank you|gracias", closing)
    if entry["language"] == "en":
        assert entry["salutation"] == content()["bodies"][event["body"]]["salutation"]


@pytest.mark.parametrize("key", content()["fact_sheets"])
def test_a_fact_sheet_has_one_chart_names_its_sources_and_fits_two_pages(key):
    entry = content()["fact_sheets"][key]
    words = sum(
        len(Markup(block.get("value") or points()[block["ref"]]["text"]).words())
        for block in entry["body"]
        if block["type"] != "chart"
    )
    assert [block["type"] for block in entry["body"]].count("chart") == 1
    assert set(entry["sources"]) == cited_sources(entry)
    assert 150 <= words <= 330
    assert content()["people"][entry["contact"]]["phone"]


CHOICES = [
    ("organizations", "kind", OrganizationKind),
    ("vehicles", "kind", VehicleKind),
    ("vehicles", "position", Stance),
    ("events", "kind", EventKind),
    ("events", "status", EventStatus),
    ("statistics", "unit", Unit),
    ("talking_points", "audience", Audience),
    ("testimonies", "position", Stance),
    ("testimonies", "document_kind", DocumentKind),
    ("testimonies", "language", Language),
    ("fact_sheets", "language", Language),
]


@pytest.mark.parametrize(("name", "field", "choices"), CHOICES)
def test_words_from_a_vocabulary_are_in_it(name, field, choices):
    strangers = [
        key for key, entry in content()[name].items() if entry[field] not in choices.values
    ]
    # One draft leaves its position open, so that the checks have something to say.
    open_on_purpose = ["hcd-0093-comment"] if (name, field) == ("testimonies", "position") else []
    assert strangers == open_on_purpose


def test_scales_are_those_of_the_library():
    scales = {entry.get("scale", "none") for entry in STATISTICS.values()}
    assert scales == {Scale.NONE, Scale.MILLION}


def test_charts_and_presentations_use_their_vocabularies():
    assert {block["kind"] for _doc, block in blocks("chart")} == set(ChartKind.values)
    events = content()["events"].values()
    assert {p["status"] for event in events for p in event["presentations"]} == set(
        PresentationStatus.values
    )


# Events and people --------------------------------------------------------------------------------


def test_materials_of_a_presentation_exist_and_testimony_is_the_speakers_own():
    for event in content()["events"].values():
        for presentation in event["presentations"]:
            for key in presentation["materials"]:
                if key in content()["testimonies"]:
                    testimony = content()["testimonies"][key]
                    assert testimony["speaker"] == presentation["speaker"]
                    assert testimony["event"] == event["key"]
                else:
                    assert key in content()["fact_sheets"]


def test_past_events_have_passed_and_delivered_words_are_published():
    for event in content()["events"].values():
        past = event["day_offset"] < 0
        assert (event["status"] == "passed") == past
        for presentation in event["presentations"]:
            allowed = {"delivered", "withdrawn"} if past else {"planned", "confirmed"}
            assert presentation["status"] in allowed
            if presentation["status"] == "delivered":
                every = {document["key"]: document["status"] for document in documents()}
                assert {every[key] for key in presentation["materials"]} == {"live"}


def test_a_fact_sheet_is_dated_before_the_event_it_is_given_out_at():
    for event in content()["events"].values():
        for presentation in event["presentations"]:
            for key in presentation["materials"]:
                sheet = content()["fact_sheets"].get(key)
                assert sheet is None or sheet["day_offset"] < event["day_offset"]


def test_events_name_a_time_zone_that_exists():
    for entry in [*content()["events"].values(), *content()["bodies"].values()]:
        assert ZoneInfo(entry["timezone"]).key == entry["timezone"]


def test_fictional_people_can_be_written_to_only_at_reserved_addresses():
    reserved = re.compile(r"\(555\) 555-01\d\d")
    for person in content()["people"].values():
        assert person["email"].endswith(".example")
        assert reserved.fullmatch(person["phone"])


def test_the_branding_says_that_the_department_is_fictional():
    branding = read("organization.toml")["branding"]
    home = read("organization.toml")["home"]
    assert "fictional" in branding["notice"]
    assert "does not exist" in home["introduction"]
    assert len(branding["notice"]) <= 500


def test_sources_were_looked_up_on_a_day_and_have_an_address():
    for entry in content()["sources"].values():
        assert isinstance(entry["retrieved_on"], date)
        assert entry["url"].startswith("https://")


def test_the_logo_is_a_small_square_png():
    data = (DEMO / "logo.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (600, 600)
    assert len(data) < 30_000
