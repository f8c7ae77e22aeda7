"""Notes which lines of the project run; `pytest -p tests.executed_lines`, then `coverage combine` and `report`.

Coverage's own tracer is called for each line of every package and doubles the time of the suite. Here
each statement of the project notes itself instead, as it is compiled for the run; which lines count,
what is left out and the verdict stay with coverage (`[tool.coverage]` in pyproject.toml).
"""

from __future__ import annotations

import ast
import os
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from itertools import chain
from pathlib import Path
from types import CodeType, ModuleType

from coverage import Coverage, CoverageData

NOTES = "__executed_lines__"
ROOT = Path(__file__).resolve().parents[1]
PACKAGES: list[str] = Coverage(config_file=str(ROOT / "pyproject.toml")).get_option("run:source")

executed: dict[str, bytearray] = {}


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


def with_notes(block: list[ast.stmt], *before: int) -> list[ast.stmt]:
    """The statements of `block`, each behind a note of its line; first of all the lines `before`."""
    first = next((n for n, found in enumerate(block) if not stays_first(found)), len(block))
    noted, waiting = block[:first], [*before, *(found.lineno for found in block[:first])]
    for statement in block[first:]:
        decorators = [found.lineno for found in getattr(statement, "decorator_list", ())]
        noted += [note(line) for line in (*waiting, *decorators, statement.lineno)]
        noted.append(statement)
        waiting = []
    return noted + [note(line) for line in waiting]


def noting(tree: ast.Module) -> ast.Module:
    for node in list(ast.walk(tree)):
        before = [node.lineno] if isinstance(node, ast.ExceptHandler) else []
        before += [node.pattern.lineno] if isinstance(node, ast.match_case) else []
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block:
                setattr(node, name, with_notes(block, *before))
    return tree


class NotingLoader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        """Compiled anew: what Python keeps beside the source notes nothing."""
        source = self.get_data(self.path)
        executed[self.path] = bytearray(source.count(b"\n") + 2)
        return compile(noting(ast.parse(source)), self.path, "exec", dont_inherit=True)

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


def pytest_unconfigure() -> None:
    """Each process leaves a file of its own; a module that no test imports counts too."""
    data = CoverageData(str(ROOT / ".coverage"), suffix=str(os.getpid()))
    paths = chain.from_iterable((ROOT / package).rglob("*.py") for package in PACKAGES)
    noted = {str(path): executed.get(str(path), b"") for path in paths}
    data.add_lines(
        {path: [line for line, ran in enumerate(lines) if ran] for path, lines in noted.items()}
    )
    data.touch_files(noted)
    data.write()


assert not {name for name in sys.modules if name.partition(".")[0] in PACKAGES}, "loaded too late"
sys.meta_path.insert(0, NotingFinder())
