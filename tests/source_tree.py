"""Reads the project's own source for the architecture tests: modules, their imports, their functions."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("cms", "events", "testimony")  # low to high
REASONS = ("upward", "lazy", "cycle", "apps")
REASON = re.compile(rf"#\s*(?:{'|'.join(REASONS)}): \S")


@dataclass(frozen=True)
class Import:
    """One imported module of ours or of others."""

    target: str
    line: int
    inline: bool = False  # inside a function: runs later than the module
    typing: bool = False  # under `if TYPE_CHECKING`: never runs
    reason: bool = False  # carries a comment of the closed list


@dataclass(frozen=True)
class Module:
    name: str
    path: Path
    source: str

    @property
    def tree(self) -> ast.Module:
        return parse(self.source)

    @property
    def package(self) -> str:
        return self.name.split(".")[0]

    @property
    def room(self) -> str:
        """What stands directly below the package: `cms.pdf.store` is in the room `pdf`."""
        return [*self.name.split("."), ""][1]

    @property
    def imports(self) -> list[Import]:
        return list(read_imports(self.source))

    @property
    def where(self) -> str:
        return self.path.relative_to(ROOT).as_posix()


@functools.cache
def parse(source: str) -> ast.Module:
    return ast.parse(source)


@functools.cache
def modules(*, migrations: bool = False) -> tuple[Module, ...]:
    found = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if ("migrations" in parts) is not migrations:
                continue
            name = ".".join(parts).removesuffix(".__init__")
            found.append(Module(name, path, path.read_text()))
    return tuple(found)


def read_imports(source: str) -> Iterator[Import]:
    lines = source.splitlines()
    yield from _walk(parse(source), lines, inline=False, typing=False)


def _walk(node: ast.AST, lines: list[str], *, inline: bool, typing: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            reason = has_reason(lines, child)
            for target in _targets(child):
                yield Import(target, child.lineno, inline, typing, reason)
            continue
        function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        checking = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        yield from _walk(child, lines, inline=inline or function, typing=typing or checking)


def _targets(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    # `from cms.pdf import store` names a module, `from cms.models import Issue` a member.
    return sorted({_module_of(base, alias.name) for alias in node.names})


def _module_of(base: str, member: str) -> str:
    folder = ROOT.joinpath(*base.split("."))
    is_module = (folder / f"{member}.py").exists() or (folder / member / "__init__.py").exists()
    return f"{base}.{member}" if base.split(".")[0] in PACKAGES and is_module else base


def has_reason(lines: list[str], node: ast.stmt) -> bool:
    """The comment stands on the import's own lines, or above it and the imports it belongs to."""
    if any(REASON.search(line) for line in lines[node.lineno - 1 : node.end_lineno]):
        return True
    above = node.lineno - 2
    while above >= 0 and lines[above].lstrip().startswith(("from ", "import ")):
        above -= 1
    while above >= 0 and lines[above].lstrip().startswith("#"):
        if REASON.search(lines[above]):
            return True
        above -= 1
    return False


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def cycles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules that import one another (strongly connected, Tarjan), sorted."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for target in sorted(graph[name]):
            if target not in index:
                visit(target)
                low[name] = min(low[name], low[target])
            elif target in stack:
                low[name] = min(low[name], index[target])
        if low[name] == index[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1:
                found.append(sorted(group))

    for name in sorted(graph):
        if name not in index:
            visit(name)
    return sorted(found)
