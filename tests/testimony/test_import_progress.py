"""What long commands show while they run."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management.base import OutputWrapper

from cms.management.console import table, track


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (20, [f"Doing: {tenth * 10} % ({tenth * 2} of 20)" for tenth in range(1, 11)]),
        (3, ["Doing: 30 % (1 of 3)", "Doing: 60 % (2 of 3)", "Doing: 100 % (3 of 3)"]),
        (0, []),
    ],
)
def test_a_file_gets_a_line_for_every_tenth(total: int, expected: list[str]) -> None:
    out = StringIO()
    items = list(track(range(total), total=total, label="Doing", stdout=OutputWrapper(out)))
    assert (items, out.getvalue().splitlines()) == (list(range(total)), expected)


def test_a_terminal_gets_a_bar_and_no_lines(capsys, monkeypatch) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    out = Terminal()
    items = list(track("abc", total=3, label="[Doing]", stdout=OutputWrapper(out)))
    assert (items, out.getvalue()) == (["a", "b", "c"], "")
    bar = capsys.readouterr().out
    assert ("[Doing]" in bar, "3/3" in bar) == (True, True)


def test_long_cells_are_folded_on_a_terminal_and_left_whole_in_a_file(monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    wide, narrow = StringIO(), Terminal()
    for out in (wide, narrow):
        table(["line", "why"], [["1", "[b]long[/b] reason here"]], stdout=OutputWrapper(out))
    assert wide.getvalue() == "line  why\n1     [b]long[/b] reason here\n"
    assert narrow.getvalue() == "line  why\n1     [b]long[/b]\n      reason here\n"
