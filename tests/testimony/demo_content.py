"""Reads the demo's data files and computes their figures again, without Django."""

from __future__ import annotations

import csv
import tomllib
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from testimony.domain.reading_aloud import count_words

DEMO = Path(__file__).resolve().parents[2] / "testimony" / "demo"
TABLES = (
    "organizations",
    "people",
    "issues",
    "bodies",
    "vehicles",
    "events",
    "sources",
    "talking_points",
)
DOCUMENTS = ("testimonies", "fact_sheets")
RICH_BLOCKS = {"paragraph", "ask"}
SPOKEN_BLOCKS = RICH_BLOCKS | {"quote", "talking_point"}


def read(name: str) -> dict:
    return tomllib.loads((DEMO / name).read_text(encoding="utf-8"))


@cache
def content() -> dict[str, dict[str, dict]]:
    """Every table by name, its entries by key; a key used twice is an error."""
    tables = {name: _by_key(read(f"{name}.toml")[name]) for name in TABLES}
    files = sorted((DEMO / "statistics").glob("*.toml"))
    tables["statistics"] = _by_key(
        [entry for file in files for entry in read(f"statistics/{file.name}")["statistics"]]
    )
    for name in DOCUMENTS:
        files = sorted((DEMO / name).glob("*.toml"))
        tables[name] = _by_key([read(f"{name}/{file.name}") for file in files])
    return tables


def _by_key(entries: list[dict]) -> dict[str, dict]:
    keyed = {entry["key"]: entry for entry in entries}
    assert len(keyed) == len(entries), "a key is used twice"
    return keyed


def documents() -> list[dict]:
    return [document for name in DOCUMENTS for document in content()[name].values()]


def blocks(kind: str) -> list[tuple[dict, dict]]:
    return [(doc, block) for doc in documents() for block in doc["body"] if block["type"] == kind]


def messages() -> list[dict]:
    """The key messages of all message maps."""
    return [m for one in read("message_maps.toml")["message_maps"] for m in one["messages"]]


# Markup -------------------------------------------------------------------------------------------


class Markup(HTMLParser):
    """Tags, references by entity type, and the text with each statistic as it is said aloud."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.refs: list[tuple[str, str]] = []
        self.spoken: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag != "embed":
            return
        named = dict(attrs)
        assert set(named) == {"embedtype", "ref"}
        self.refs.append((named["embedtype"] or "", named["ref"] or ""))
        if named["embedtype"] == "statistic":
            self.spoken.append(content()["statistics"][named["ref"] or ""]["spoken"])

    def handle_data(self, data: str) -> None:
        self.spoken.append(data)

    def words(self) -> list[str]:
        return "".join(self.spoken).split()

    def said(self, language: str) -> int:
        return count_words("".join(self.spoken), language)


def markups() -> list[tuple[str, dict, str]]:
    """(where, entry with its language, HTML) of all rich text in the demo."""
    found = [(f"talking point {key}", entry, entry["text"]) for key, entry in points().items()]
    for document in documents():
        where = f"document {document['key']}"
        found += [
            (where, document, block["value"])
            for block in document["body"]
            if block["type"] in RICH_BLOCKS
        ]
        if "ask" in document:
            found.append((where, document, document["ask"]))
    return found


def points() -> dict[str, dict]:
    return content()["talking_points"]


def words_to_say(document: dict) -> int:
    count = count_words(document["salutation"], document["language"])
    for block in document["body"]:
        if block["type"] not in SPOKEN_BLOCKS:
            continue
        html = block.get("value") or block.get("text") or points()[block["ref"]]["text"]
        count += Markup(html).said(document["language"])
    return count


def cited_sources(document: dict) -> set[str]:
    """Sources a document cites in its text, through its statistics, or under its charts."""
    refs: list[tuple[str, str]] = [("statistic", document["key_figure"])]
    for block in document["body"]:
        if block["type"] in RICH_BLOCKS:
            refs += Markup(block["value"]).refs
        elif block["type"] == "talking_point":
            refs += Markup(points()[block["ref"]]["text"]).refs
        elif block["type"] == "statistic":
            refs.append(("statistic", block["ref"]))
        elif block["type"] == "chart":
            refs.append(("source", block["source"]))
    return sources_of(refs)


def sources_of(refs: list[tuple[str, str]]) -> set[str]:
    statistics = content()["statistics"]
    return {statistics[ref]["source"] if kind == "statistic" else ref for kind, ref in refs}


# Figures ------------------------------------------------------------------------------------------


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    with (DEMO / "data" / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def matching(check: dict, where: dict) -> list[dict[str, str]]:
    found = [row for row in table(check["file"]) if where.items() <= row.items()]
    assert found, f"no row of {check['file']} matches {where}"
    return found


def cell(check: dict, where: dict) -> Decimal:
    (row,) = matching(check, where)
    return Decimal(row[check["column"]])


def total(check: dict, where: dict, column: str) -> Decimal:
    return sum((Decimal(row[column]) for row in matching(check, where)), Decimal(0))


def compute(check: dict) -> Decimal:
    """The figure that a `check` describes, exact or rounded half up to the stated places."""
    where, column = check.get("where", {}), check["column"]
    match check.get("op", "value"):
        case "value":
            figure = cell(check, where)
        case "complement":
            figure = 100 - cell(check, where)
        case "difference":
            figure = cell(check, where) - cell(check, check["base"])
        case "sum":
            figure = total(check, where, column)
        case "share":
            figure = 100 * total(check, where, column) / total(check, where, check["of"])
        case "change":
            base = total(check, check["base"], column)
            figure = 100 * (total(check, where, column) - base) / base
        case other:
            raise AssertionError(f"unknown check: {other}")
    figure *= Decimal(check.get("times", "1"))
    if "round" in check:
        figure = figure.quantize(Decimal(1).scaleb(-check["round"]), rounding=ROUND_HALF_UP)
    return figure


def merged(check: dict, row: dict, **extra: str) -> dict:
    """A chart or table states its file once; each row adds what singles it out."""
    return {**check, **extra, "where": {**check.get("where", {}), **row["where"]}}
