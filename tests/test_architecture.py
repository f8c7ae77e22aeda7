"""The shape of the code, proved on every run: direction, layers, cycles, sizes, forbidden habits.

A failure names file and line. A new top-level module of a package needs a place in `LAYERS`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import source_tree
from tests.source_tree import PACKAGES, ROOT, Import, Module, modules

# Low to high. A room (what stands directly below a package) imports lower rooms, and rooms of its own
# layer that import none of that layer.
LAYERS = (
    {
        "aggregates",
        "block_examples",
        "csl",
        "directions",
        "enums",
        "formats",
        "logo_input",
        "logos",
        "metadata",
        "permissions",
        "qr",
        "rich_text",
        "triggers",
        "panels",
        "themes",
        "validators",
        "widgets",
        "zones",
    },
    {"blocks", "models"},
    {"domain", "richtext"},
    {
        *(
            "actions",
            "api",
            "archive",
            "archive_sources",
            "charts",
            "checks",
            "choosers",
            "columns",
        ),
        *("calendar", "context_processors", "exporters", "filters", "forms", "importers"),
        "dialogs",
        "log_formatters",
        *("image_operations", "middleware", "pdf", "repeats", "richtext_editor", "searchbackend"),
        "url_finders",
        "wellformed",
    },
    {"admin_urls", "dashboard", "page_viewsets", "reports", "templatetags", "views", "viewsets"},
    {"apps", "demo", "benchmark", "management", "seed", "signal_handlers", "urls", "wagtail_hooks"},
    {"wsgi"},
)
OUTSIDE_LAYERS = {"", "settings"}  # settings are read before any layer exists

# Costly at import, or private to one moment: always imported where they are used.
LATE_PACKAGES = {"PIL", "fontTools", "pypdf", "pypdfium2", "pysqlite3", "weasyprint"}
NEVER_AT_TOP = {"PIL", "weasyprint"}

MAY_MARK_SAFE = {
    "cms/qr.py": "draws with segno, which escapes the title and takes no other text",
    "events/domain/frozen.py": "shows what resolve.py rendered, frozen in a row that cannot be changed",
    "testimony/domain/message_house.py": "joins what the rich-text whitelist and format_html rendered",
    "testimony/domain/podium.py": "divides what resolve.py rendered; what it adds, Beautiful Soup escapes",
    "testimony/domain/resolve.py": "joins what our templates and the rich-text whitelist rendered",
}
TOP_LEVEL = {
    *("manage.py", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"),
    *("cms", "events", "testimony", "templates", "tests", "bin", "docs", "requirements"),
}
FILE_LINES, TEST_FILE_LINES, FUNCTION_LINES, HOOK_LINES = 400, 400, 40, 120
SOURCES = ("*.py", "*.html", "*.css", "*.js", "*.svg")


def layer_of(room: str) -> int:
    return next(number for number, rooms in enumerate(LAYERS) if room in rooms)


def package_of(target: str) -> str:
    return target.split(".")[0]


def room_of(target: str) -> str:
    return [*target.split("."), ""][1]


def ours(module: Module) -> list[Import]:
    return [found for found in module.imports if package_of(found.target) in PACKAGES]


def counts_for_layers(module: Module, found: Import) -> bool:
    """Imports between rooms of one package that happen when the module is loaded."""
    inside = package_of(found.target) == module.package and room_of(found.target) != module.room
    excused = found.typing or (found.inline and found.reason)
    return inside and not excused and room_of(found.target) not in OUTSIDE_LAYERS


def test_the_list_of_modules_is_not_empty():
    assert {module.package for module in modules()} == set(PACKAGES)


def test_lower_packages_never_import_upper_ones():
    wrong = [
        f"{module.where}:{found.line} imports {found.target}"
        for module in (*modules(), *modules(migrations=True))
        for found in ours(module)
        if PACKAGES.index(package_of(found.target)) > PACKAGES.index(module.package)
    ]

    assert wrong == []


def test_lower_packages_never_name_upper_ones_in_strings():
    """`"testimony.TestimonyPage"` in `cms` would be an import in disguise."""
    wrong = []
    for module in (*modules(), *modules(migrations=True)):
        upper = PACKAGES[PACKAGES.index(module.package) + 1 :]
        if module.where == "cms/urls.py" or module.where.startswith("cms/settings/") or not upper:
            continue
        dotted = re.compile(rf"({'|'.join(upper)})\.\w[\w.]*")
        wrong += [
            f"{module.where}:{node.lineno} names {node.value}"
            for node in source_tree.strings(module.tree)
            if dotted.fullmatch(node.value)
        ]

    assert wrong == []


def test_templates_of_lower_packages_never_use_those_of_upper_ones():
    wrong = []
    for package in PACKAGES[:-1]:
        upper = "|".join(PACKAGES[PACKAGES.index(package) + 1 :])
        use = re.compile(rf"""{{%\s*(?:include|extends)\s+["'](?:{upper})/""")
        for path in (ROOT / "templates" / package).rglob("*.html"):
            if use.search(path.read_text()):
                wrong.append(path.relative_to(ROOT).as_posix())

    assert wrong == []


def test_every_module_has_a_layer():
    rooms = {module.room for module in modules()} - OUTSIDE_LAYERS

    assert sorted(rooms - set().union(*LAYERS)) == []


def test_no_module_stands_in_two_layers():
    assert sum(len(layer) for layer in LAYERS) == len(set().union(*LAYERS))


def test_layers_are_kept():
    used = {
        (module.package, module.room, room_of(found.target))
        for module in modules()
        if module.room not in OUTSIDE_LAYERS
        for found in ours(module)
        if counts_for_layers(module, found)
    }
    not_leaves = {
        (package, room) for package, room, target in used if layer_of(target) == layer_of(room)
    }
    wrong = [
        f"{package}.{room} imports {package}.{target}"
        for package, room, target in sorted(used)
        if layer_of(target) > layer_of(room)
        or (layer_of(target) == layer_of(room) and (package, target) in not_leaves)
    ]

    assert wrong == []


def test_inline_imports_give_a_reason_of_the_closed_list():
    """`# upward: …`, `# lazy: …`, `# cycle: …` or `# apps: …` on the line or right above it."""
    wrong = [
        f"{module.where}:{found.line} imports {found.target}"
        for module in modules()
        if module.room != "apps"  # AppConfig.ready() imports inline by Django's own rule
        for found in module.imports
        if found.inline and not found.reason and package_of(found.target) not in LATE_PACKAGES
    ]

    assert wrong == []


def test_modules_do_not_import_one_another_in_a_circle():
    names = {module.name for module in modules()}
    graph = {
        module.name: {
            found.target
            for found in ours(module)
            if found.target in names and not found.inline and not found.typing
        }
        for module in modules()
    }

    assert source_tree.cycles(graph) == []


def test_costly_packages_are_never_imported_at_the_top():
    wrong = [
        f"{module.where}:{found.line} imports {found.target}"
        for module in modules()
        for found in module.imports
        if package_of(found.target) in NEVER_AT_TOP and not found.inline and not found.typing
    ]

    assert wrong == []


def test_importing_everything_does_not_load_the_pdf_engine():
    names = [module.name for module in modules() if module.room != "settings"]
    names = [name for name in names if not name.endswith((".__main__", "wsgi"))]
    code = (
        "import importlib, sys, django; django.setup();"
        f"[importlib.import_module(name) for name in {names}];"
        "print(sorted({'weasyprint', 'pypdf'} & set(sys.modules)))"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    command = [sys.executable, "-W", "ignore", "-c", code]
    finished = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert (finished.stdout, finished.stderr) == ("[]\n", "")


def test_files_are_short():
    folders = [(ROOT / name, FILE_LINES) for name in (*PACKAGES, "templates", "bin")]
    folders.append((ROOT / "tests", TEST_FILE_LINES))
    wrong = []
    for folder, limit in folders:
        patterns = ("*",) if folder.name == "bin" else SOURCES
        for path in [path for pattern in patterns for path in folder.rglob(pattern)]:
            if path.is_file() and path.parent.name != "migrations" and path.suffix != ".pyc":
                lines = len(path.read_text().splitlines())
                wrong += [f"{path.relative_to(ROOT)}: {lines} lines"] * (lines > limit)

    assert sorted(wrong) == []


def test_hooks_only_wire():
    wrong = [
        f"{module.where}: {len(module.source.splitlines())} lines"
        for module in modules()
        if module.room == "wagtail_hooks" and len(module.source.splitlines()) > HOOK_LINES
    ]

    assert wrong == []


def test_functions_are_short():
    wrong = [
        f"{module.where}:{function.lineno} {function.name}: {length} lines"
        for module in modules()
        for function in source_tree.functions(module.tree)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    ]

    assert wrong == []


def test_star_imports_only_build_settings():
    wrong = [
        module.where
        for module in modules()
        if re.search(r"^from \S+ import \*", module.source, re.MULTILINE)
        and not module.where.startswith("cms/settings/")
    ]

    assert wrong == []


def test_strings_are_marked_safe_only_where_a_reason_is_on_record():
    found = {
        module.where
        for module in modules()
        if re.search(r"\b(?:mark_safe|SafeString|SafeText)\(", module.source)
    }

    assert found == set(MAY_MARK_SAFE)


def test_templates_hold_no_inline_script_or_style():
    """The public policy would block them; `application/json` data and print templates may stay."""
    inline = re.compile(
        r"<script(?![^>]*\b(?:src=|application/(?:ld\+)?json))|\son\w+=\"|\sstyle=\""
    )
    wrong = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in (ROOT / "templates").rglob("*.html")
        if "print" not in path.parts
        for found in inline.finditer(path.read_text())
    ]

    assert wrong == []


def test_the_top_level_holds_nothing_else():
    command = ["git", "ls-files", "-z"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("asks git which files belong to the project, and this is no clone")
    found = {name.split("/")[0] for name in listing.stdout.split("\0") if name}

    assert {name for name in found if not name.startswith(".")} - TOP_LEVEL == set()


def test_locks_name_no_index():
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        lines = path.read_text().splitlines()
        assert [line for line in lines if "://" in line or "index" in line] == [], path.name
        pinned = [line for line in lines if line and not line.startswith(("#", " "))]
        assert [line for line in pinned if "==" not in line or not line.endswith("\\")] == []


# The readers above are only worth something when they see what they claim to see.


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import cms.enums", [Import("cms.enums", 1)]),
        ("from cms import enums", [Import("cms.enums", 1)]),
        ("from cms.models import Issue", [Import("cms.models", 1)]),
        ("def f():\n    import PIL", [Import("PIL", 2, inline=True)]),
        ("f = lambda: __import__", []),
        ("if TYPE_CHECKING:\n    import PIL", [Import("PIL", 2, typing=True)]),
        (
            "def f():\n    import PIL  # lazy: slow",
            [Import("PIL", 2, inline=True, reason=True)],
        ),
        (
            "def f():\n    # cycle: a needs b\n    # and b needs a\n    import a\n    import b",
            [
                Import("a", 4, inline=True, reason=True),
                Import("b", 5, inline=True, reason=True),
            ],
        ),
        ("def f():\n    import a  # because", [Import("a", 2, inline=True)]),
        ("class A:\n    def f(self):\n        import a", [Import("a", 3, inline=True)]),
    ],
)
def test_imports_are_read(source, expected):
    assert list(source_tree.read_imports(source)) == expected


def test_circles_are_found():
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}, "e": {"f"}, "f": {"e"}}

    assert source_tree.cycles(graph) == [["a", "b", "c"], ["e", "f"]]
    assert source_tree.cycles({"a": {"b"}, "b": set()}) == []


def test_modules_know_their_room():
    path = Path(ROOT / "cms/pdf/store.py")

    assert Module("cms.pdf.store", path, "").room == "pdf"
    assert Module("cms", path, "").room == ""
