"""Bad lines are named with their number and reason; the others come in."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError

from cms.models import Issue, Person
from events.models import Body, Event
from testimony.importers import testimony as importer
from testimony.importers.lines import MAX_LINE
from testimony.models import TestimonyPage as Statement  # a name in Test… is collected
from tests.testimony.import_lines import line, run, summary, write

pytestmark = pytest.mark.django_db
LATIN_1 = json.dumps(line(id="latin", title="Café"), ensure_ascii=False).encode("latin-1")
LONG = "x" * 256

REJECTED = [
    (
        '{"id": "broken", ',
        "not JSON: Expecting property name enclosed in double quotes at column 17",
    ),
    ("[1, 2]", "not a JSON object"),
    ("[" * 100_000, "not JSON that can be read"),
    (LATIN_1, "not UTF-8: byte 0xe9 at position 64"),
    (line(id=None), "missing id"),
    (line(id=7), "id is not text"),
    (line(id=LONG), "id is too long: 256 characters, at most 255"),
    (line(title=None), "missing title"),
    (line(title=" "), "empty title"),
    (line(title=LONG), "title is too long: 256 characters, at most 255"),
    (line(title="A\0B"), "title holds a NUL character"),
    (line(title="\ud800") | {"issues": []}, "title holds half of a character (a lone surrogate)"),
    (line(date=None), "missing date"),
    (line(date="2021-02-30"), "bad date “2021-02-30”: write 2024-03-31"),
    (line(date="4 March"), "bad date “4 March”: write 2024-03-31"),
    (line(text=None), "missing text"),
    (line(text="\n"), "empty text"),
    (line(text="***"), "text has no words"),
    (line(speaker=None), "missing speaker"),
    (line(speaker={"role": "Chair"}), "missing speaker"),
    (line(speaker="Ada"), "speaker is not an object"),
    (
        line(speaker={"name": "A", "role": LONG}),
        "speaker's role is too long: 256 characters, at most 255",
    ),
    (line(doc_type=None), "missing doc_type"),
    (line(doc_type="poem"), "unknown document type “poem”"),
    (line(event={"type": "party"}), "unknown event type “party”"),
    (line(issues=["tobacco", "gardens", "ponds"]), "unknown issue “gardens”, “ponds”"),
    (line(issues="tobacco"), "issues is not a list of names"),
    (line(source={"document_url": "ftp://x"}), "bad source address “ftp://x”"),
    (
        line(committee=LONG[:200], subcommittee=LONG[:50]),
        "name of the committee and subcommittee is too long",
    ),
    (line(licence={"id": "x" * 65}), "licence is too long: 65 characters, at most 64"),
]


def as_line(item) -> bytes | str:
    return json.dumps(item) if isinstance(item, dict) else item


def key_of(item) -> str:
    value = item.get("id") if isinstance(item, dict) else ""
    text = value if isinstance(value, str) else ""
    return text if len(text) <= 60 else f"{text[:59]}…"


def test_each_bad_line_is_listed_and_the_good_ones_come_in(tmp_path) -> None:
    first, last = line(id="first"), line(id="last")
    lines = [first, *(as_line(item) for item, _reason in REJECTED), last]
    output, error = run("import_testimony", write(tmp_path / "mixed.jsonl", *lines))
    total = len(lines)
    report = summary(output)
    assert report[:2] == [
        "created  updated  unchanged  rejected",
        f"2        0        0          {len(REJECTED)}",
    ]
    width = max(len(key_of(item)) for item, _reason in REJECTED)
    assert report[2:] == [
        f"line  {'id'.ljust(width)}  why it was rejected",
        *(
            f"{number:<4}  {key_of(item).ljust(width)}  {reason}"
            for number, (item, reason) in enumerate(REJECTED, start=2)
        ),
    ]
    assert error == f"{len(REJECTED)} of {total} lines were rejected; the others are in."
    keys = Statement.objects.order_by("pk").values_list("source_key", flat=True)
    assert list(keys) == ["first", "last"]


def test_a_second_line_with_the_same_id_names_the_first(tmp_path) -> None:
    output, _error = run("import_testimony", write(tmp_path / "f", line(), "", line(title="Again")))
    assert summary(output)[-1] == "3     county-2021-03-04-okafor  duplicate id, already on line 1"
    assert Statement.objects.get().title == "Ada Okafor: Clean Air Near Schools"


def test_a_line_of_ten_megabytes_is_refused_and_the_next_one_is_read(tmp_path) -> None:
    path = write(tmp_path / "f", line(text="word " * (2 * 2**20)), line(id="next"))
    assert path.stat().st_size > 5 * MAX_LINE
    output, _error = run("import_testimony", path)
    assert summary(output)[1:] == [
        "1        0        0          1",
        "line  id  why it was rejected",
        "1         longer than 2 MB",
    ]


def test_a_file_in_another_encoding_is_refused_line_by_line(tmp_path) -> None:
    path = tmp_path / "f"
    path.write_bytes(f"{json.dumps(line())}\n".encode("utf-16"))
    output, _error = run("import_testimony", path)
    assert summary(output)[3] == "1         not UTF-8: byte 0xff at position 1"


def test_the_mark_that_windows_writes_before_utf_8_is_no_fault(tmp_path) -> None:
    path = tmp_path / "f"
    path.write_bytes(f"{json.dumps(line())}\r\n".encode("utf-8-sig"))
    assert run("import_testimony", path)[1] == ""


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_file_says_so(tmp_path, content) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_bytes(content)
    assert run("import_testimony", path) == ("", f"{path} is empty.")


def test_a_missing_file_and_a_folder_say_so(tmp_path) -> None:
    missing = tmp_path / "none.jsonl"
    assert run("import_testimony", missing)[1] == f"There is no file {missing}."
    assert run("import_testimony", tmp_path)[1] == f"{tmp_path} cannot be read: Is a directory."


def test_a_line_that_fails_half_way_leaves_nothing_behind(tmp_path, monkeypatch) -> None:
    def fail(*args, **kwargs) -> None:
        raise IntegrityError

    path = write(tmp_path / "f", line(issues=["brand-new"]), line(id="next", issues=[]))
    monkeypatch.setattr(importer, "log", fail)
    output, _error = run("import_testimony", path, "--create-issues")
    reason = "something of the same name was saved at the same moment; import again"
    assert summary(output)[-2:] == [
        f"1     county-2021-03-04-okafor  {reason}",
        f"2     next                      {reason}",
    ]
    assert [model.objects.count() for model in (Statement, Event, Body, Person)] == [0, 0, 0, 0]
    assert not Issue.objects.filter(slug="brand-new").exists()
    monkeypatch.undo()
    assert run("import_testimony", path, "--create-issues")[1] == ""


@pytest.mark.parametrize(
    ("slug", "reason"),
    [
        ("Not A Slug", "“Not A Slug” cannot be the name of an issue"),
        ("air-and-water", "“air-and-water” is an issue already, under another short name"),
    ],
)
def test_an_issue_that_cannot_be_made_rejects_its_line(tmp_path, slug, reason) -> None:
    Issue.objects.create(name="Air and water", slug="air")
    path = write(tmp_path / "f", line(issues=[slug]))
    output, _error = run("import_testimony", path, "--create-issues")
    assert summary(output)[-1] == f"1     county-2021-03-04-okafor  {reason}"
