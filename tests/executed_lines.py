"""Notes which lines of the project run; `pytest -p tests.executed_lines`, then `coverage combine` and `report`.

Coverage's own tracer is called for each line of every package and doubles the time of the suite. Here
the project notes itself instead, as it is compiled for the run; which lines count, what is left out and the
verdict stay with coverage (`[tool.coverage]` in pyproject.toml). Simple statements in a row share one note: those
behind one that raised count as run, since a note for each would take a sixth of the time of the suite.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from itertools import chain
from pathlib import Path
from types import CodeType, ModuleType

from coverage import Coverage, CoverageData

NOTES = "__executed_lines__"
ROOT = Path(__file__).resolve().parents[1]
PACKAGES: list[str] = Coverage(config_file=str(ROOT / "pyproject.toml")).get_option("run:source")

# By file: what ran, at the first line of each row; and the lines of the row that begins there.
executed: dict[str, bytearray] = {}
rows: dict[str, dict[int, list[int]]] = {}


def stays_first(statement: ast.stmt) -> bool:
    """A docstring and a `__future__` import mean something only where nothing stands before them."""
    if isinstance(statement, ast.ImportFrom):
        return statement.module == "__future__"
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def note(line: int) -> ast.stmt:
    (statement,) = ast.parse(f"{NOTES}[{line}] = 1").body
    for node in ast.walk(statement):
        if "lineno" in node._attributes:
            node.lineno = node.end_lineno = line
    return statement


def goes_on(statement: ast.stmt) -> bool:
    """What follows it runs too."""
    return isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Expr)


def with_notes(block: list[ast.stmt], rows: dict[int, list[int]], *before: int) -> list[ast.stmt]:
    """The statements of `block`, with a note before each row of them; first of all of the lines `before`."""
    first = next((n for n, found in enumerate(block) if not stays_first(found)), len(block))
    noted, waiting = block[:first], [*before, *(found.lineno for found in block[:first])]
    row: list[int] | None = None
    for statement in block[first:]:
        lines = [found.lineno for found in getattr(statement, "decorator_list", ())]
        lines += [*waiting, statement.lineno]
        waiting = []
        if row is None:
            noted.append(note(lines[-1]))
            row = rows.setdefault(lines[-1], [])
        row += lines
        noted.append(statement)
        row = row if goes_on(statement) else None
    if waiting:
        noted.append(note(waiting[-1]))
        rows.setdefault(waiting[-1], []).extend(waiting)
    return noted


def noting(tree: ast.Module, rows: dict[int, list[int]]) -> ast.Module:
    for node in list(ast.walk(tree)):
        before = [node.lineno] if isinstance(node, ast.ExceptHandler) else []
        before += [node.pattern.lineno] if isinstance(node, ast.match_case) else []
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block:
                setattr(node, name, with_notes(block, rows, *before))
    return tree


class NotingLoader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        """Compiled anew: what Python keeps beside the source notes nothing."""
        source = self.get_data(self.path)
        executed[self.path] = bytearray(source.count(b"\n") + 2)
        tree = noting(ast.parse(source), rows.setdefault(self.path, {}))
        return compile(tree, self.path, "exec", dont_inherit=True)

    def exec_module(self, module: ModuleType) -> None:
        code = self.get_code(module.__name__)
        module.__dict__[NOTES] = executed[self.path]
        exec(code, module.__dict__)


class NotingFinder(MetaPathFinder):
    def find_spec(self, fullname, path=None, target=None) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in PACKAGES:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = NotingLoader(fullname, spec.loader.path)
        return spec


def lines_of(path: str, ran: bytes) -> Iterator[int]:
    for line, noted in enumerate(ran):
        if noted:
            yield from rows[path][line]


def pytest_unconfigure() -> None:
    """Each process leaves a file of its own; a module that no test imports counts too."""
    data = CoverageData(str(ROOT / ".coverage"), suffix=str(os.getpid()))
    paths = chain.from_iterable((ROOT / package).rglob("*.py") for package in PACKAGES)
    noted = {str(path): executed.get(str(path), b"") for path in paths}
    data.add_lines({path: list(lines_of(path, ran)) for path, ran in noted.items()})
    data.touch_files(noted)
    data.write()


assert not {name for name in sys.modules if name.partition(".")[0] in PACKAGES}, "loaded too late"
sys.meta_path.insert(0, NotingFinder())
