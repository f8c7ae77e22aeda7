"""Every figure of the demo is computed again from the table it cites."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from testimony.domain.spoken import say_figure
from tests.testimony.demo_content import (
    DEMO,
    blocks,
    compute,
    content,
    markups,
    merged,
    read,
    table,
)

STATISTICS = content()["statistics"]


@pytest.mark.parametrize("key", STATISTICS)
def test_each_statistic_is_what_its_table_says(key):
    entry = STATISTICS[key]
    value = Decimal(entry["value"])
    assert value == compute(entry["check"])
    assert -value.as_tuple().exponent == entry["decimals"]
    assert entry["check"]["file"] == content()["sources"][entry["source"]]["file"]


@pytest.mark.parametrize("row", read("changes.toml")["figures"], ids=lambda row: row["key"])
def test_a_later_figure_is_what_the_same_table_says_of_a_later_year(row):
    entry = STATISTICS[row["key"]]
    earlier, later = entry["check"], row["check"]
    assert Decimal(row["value"]) == compute(later)
    assert {**later, "where": {**later["where"], "year": earlier["where"]["year"]}} == earlier
    assert int(later["where"]["year"]) > int(earlier["where"]["year"])
    assert row["period"].split()[-1] == later["where"]["year"]
    assert row["spoken"] == say_figure(
        Decimal(row["value"]), entry["unit"], entry["decimals"], "none", "en"
    )


def test_what_is_called_highest_or_lowest_is_so():
    pick = {"highest": max, "lowest": min}
    claimed = [entry for entry in STATISTICS.values() if "extreme" in entry["check"]]
    assert len(claimed) == 8
    for entry in claimed:
        check = entry["check"]
        column = [Decimal(row[check["column"]]) for row in table(check["file"])]
        assert Decimal(entry["value"]) == pick[check["extreme"]](column)


def test_a_figure_in_another_language_is_the_same_figure():
    for entry in STATISTICS.values():
        if "same_as" in entry:
            original = STATISTICS[entry["same_as"]]
            same = ("value", "unit", "decimals", "source", "check")
            assert entry.get("scale") == original.get("scale")
            assert {name: entry[name] for name in same} == {name: original[name] for name in same}


ZEROS = {None: "1", "thousand": "0.001", "million": "0.000001", "billion": "0.000000001"}
SCALE_WORDS = r"(?:million|thousand|billion|mil|millón|millones)\b"


@pytest.mark.parametrize("key", STATISTICS)
def test_each_statistic_is_said_as_it_is_printed(key):
    entry = STATISTICS[key]
    said = say_figure(
        Decimal(entry["value"]),
        entry["unit"],
        entry["decimals"],
        entry.get("scale", "none"),
        entry.get("language", "en"),
    )
    assert entry["spoken"].replace(",", "") == said


def test_zeros_that_are_left_out_are_the_scale_and_no_label_or_sentence_says_it_again():
    for key, entry in STATISTICS.items():
        if entry["unit"] not in {"percent", "dollars", "dollars_per_hour"}:
            assert entry["check"].get("times", "1") == ZEROS[entry.get("scale")], key
        assert not re.match(SCALE_WORDS, entry["label"]), key
    embed = re.compile(r'<embed embedtype="statistic" ref="[^"]+"/>\s*' + SCALE_WORDS)
    assert [where for where, _entry, html in markups() if embed.search(html)] == []


@pytest.mark.parametrize(
    ("document", "block"), blocks("chart"), ids=[doc["key"] for doc, _block in blocks("chart")]
)
def test_each_chart_row_is_what_its_table_says_and_is_told_in_words(document, block):
    assert block["check"]["file"] == content()["sources"][block["source"]]["file"]
    for row in block["rows"]:
        columns = [block["check"]["column"], *block["check"].get("more", ())]
        figures = [row["value"], *row.get("more", ())]
        assert len(columns) == len(figures) == len(block.get("series") or [""])
        for column, figure in zip(columns, figures, strict=True):
            value = Decimal(figure)
            assert value == compute(merged(block["check"], row, column=column))
            assert f"{value:,}" in block["alt"]


@pytest.mark.parametrize(
    ("document", "block"), blocks("table"), ids=[doc["key"] for doc, _block in blocks("table")]
)
def test_each_number_of_a_table_is_what_its_file_says(document, block):
    for row in block["rows"]:
        assert len(row["cells"]) == len(block["columns"])
        for cell, column in zip(row["cells"], block["columns"], strict=True):
            if column["type"] == "number":
                check = merged(block["check"], row, column=column["column"])
                assert Decimal(cell) == compute(check)


def test_figures_stand_in_prose_by_reference_only():
    """Besides thresholds of a definition, nobody types a percentage or a count of millions."""
    typed = re.compile(r"\d[\d.,]*\s?(?:%|percent|por ciento|million|millones)")
    found = {match for _where, _entry, html in markups() for match in typed.findall(html)}
    assert found == {"30 percent"}


def test_the_shares_of_ten_counties_bear_out_the_title_that_says_one_in_four():
    rows = table("housing_cost_burden_ten_counties_2022.csv")
    assert len(rows) == 10
    assert min(Decimal(row["pct_housing_cost_burdened"]) for row in rows) > 25


def test_the_federal_minimum_wage_stood_still_from_2010_to_2020():
    rows = table("federal_minimum_wage_2010_2020.csv")
    assert {row["year"] for row in rows} == {str(year) for year in range(2010, 2021)}
    assert {row["dollars_an_hour"] for row in rows} == {"7.25"}


def test_each_data_file_is_cited_small_and_described():
    files = {path.name: path.stat().st_size for path in (DEMO / "data").glob("*.csv")}
    cited = {entry["file"] for entry in content()["sources"].values()} - {""}
    described = (DEMO / "data" / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"\| `([\w.]+)` \| (\d+) \|", described))
    assert cited == set(files)
    assert {name: str(len(table(name))) for name in files} == rows
    assert max(files.values()) < 12_000
