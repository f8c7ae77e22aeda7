"""Which messages a document shows in its own language, found by reading templates and modules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.translation import templatize

ROOT = Path(settings.BASE_DIR)
TEMPLATES = (
    "templates/cms/print/*.html",
    "templates/events/corrections.html",
    "templates/events/includes/outcome.html",
    "templates/events/record_facts.html",
    "templates/events/record_page.html",
    "templates/testimony/*.html",
    "templates/testimony/blocks/*.html",
    "templates/testimony/parts/*.html",
    "templates/testimony/print/*.html",
)
# Printed for staff, in the language of the site.
STAFF = {"templates/testimony/print/message_map.html"}
# Module: the definitions in it that write into documents; None for all of them.
MODULES: dict[str, set[str] | None] = {
    "cms/charts/bars.py": None,
    "cms/charts/render.py": None,
    "cms/qr.py": None,
    "events/domain/capacities.py": None,
    "events/domain/corrections.py": None,
    "events/domain/limits.py": None,
    "events/enums.py": {"EventKind", "Outcome", "RecordKind", "Stance", "VehicleKind"},
    "events/models/body.py": {"salutation_line"},
    "testimony/domain/adapting.py": {"_ending"},
    "testimony/domain/citations.py": None,
    "testimony/domain/comments.py": None,
    "testimony/domain/csl_items.py": {"document_version"},
    "testimony/domain/cuts.py": None,
    "testimony/domain/new_testimony.py": {"_title"},
    "testimony/domain/openings.py": None,
    "testimony/domain/speaking_time.py": {"label", "limit_label"},
    "testimony/enums.py": {"AdaptationKind", "DocumentKind"},
    "testimony/formats.py": None,
    "testimony/views/documents.py": {"pdf_view"},
}
FUNCTIONS = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy"}
CALL = re.compile(
    r"(?<![\w.])(?P<name>_|gettext|ngettext|pgettext)\((?P<arguments>u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
    r"(?:,\s*u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"))?)"
)


@dataclass(frozen=True, order=True)
class Message:
    """What a catalogue looks up."""

    id: str
    plural: str = ""
    context: str = ""


def document_messages() -> set[Message]:
    files = {path for pattern in TEMPLATES for path in ROOT.glob(pattern)}
    files -= {ROOT / name for name in STAFF}
    found = {message for path in files for message in of_template(path)}
    return found | {
        message for name, wanted in MODULES.items() for message in of_module(ROOT / name, wanted)
    }


def month_messages() -> set[Message]:
    """For languages that Django has no catalogue of."""
    return {Message(str(name._args[0])) for name in MONTHS.values()}


def of_template(path: Path) -> Iterator[Message]:
    """As makemessages reads a template: turned into calls, which stand among what was masked."""
    for call in CALL.finditer(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        yield _message(call["name"], ast.literal_eval(f"({call['arguments']},)"))


def of_module(path: Path, wanted: set[str] | None) -> Iterator[Message]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in _definitions(tree, wanted):
        for call in ast.walk(node):
            name = (
                call.func.id
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
                else ""
            )
            if name in FUNCTIONS:
                yield _message(name, [a.value for a in call.args if isinstance(a, ast.Constant)])


def _definitions(tree: ast.Module, wanted: set[str] | None) -> Iterator[ast.AST]:
    if wanted is None:
        yield tree
        return
    named = [node for node in ast.walk(tree) if getattr(node, "name", None) in wanted]
    assert {node.name for node in named} == wanted, f"renamed since: {wanted}"
    yield from named


def _message(function: str, arguments: list[str] | tuple[str, ...]) -> Message:
    if function.startswith("pgettext"):
        return Message(arguments[1], context=arguments[0])
    if function == "ngettext":
        return Message(arguments[0], plural=arguments[1])
    return Message(arguments[0])
