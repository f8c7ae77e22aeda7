"""What long commands show: a bar on a terminal, a line for every tenth elsewhere, and tables."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from django.core.management.base import CommandError, OutputWrapper
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich import progress
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cms.models import User

T = TypeVar("T")
UNBROKEN = 10_000  # columns, where nobody's window has to fit


def track(items: Iterable[T], *, total: int, label: str, stdout: OutputWrapper) -> Iterator[T]:
    """`items` as they are, showing how far the caller has come."""
    if stdout.isatty():
        yield from _bar(items, total, label)
    else:
        yield from _tenths(items, total, label, stdout)


def _bar(items: Iterable[T], total: int, label: str) -> Iterator[T]:
    columns = [
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeRemainingColumn(),
    ]
    with progress.Progress(*columns, console=Console(), transient=True) as bar:
        yield from bar.track(items, total=total, description=label)


def _tenths(items: Iterable[T], total: int, label: str, stdout: OutputWrapper) -> Iterator[T]:
    told = 0
    for done, item in enumerate(items, start=1):
        yield item
        tenths = done * 10 // total if total else 0
        if tenths > told:
            told = tenths
            stdout.write(f"{label}: {tenths * 10} % ({done} of {total})")
            stdout.flush()


def table(headings: list[str], rows: Iterable[list[str]], *, stdout: OutputWrapper) -> None:
    """Rows in columns. Long cells are folded on a terminal and left whole in a file."""
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="")
    for heading in headings:
        grid.add_column(Text(heading), overflow="fold")
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    width = shutil.get_terminal_size().columns if stdout.isatty() else UNBROKEN
    text = io.StringIO()
    Console(file=text, width=width, color_system=None).print(grid)
    stdout.write("\n".join(line.rstrip() for line in text.getvalue().splitlines()))


def report_import(
    headings: list[str],
    counts: list[int],
    rejected: list[list[str]],
    *,
    name: str,
    total: int,
    dry_run: bool,
    stdout: OutputWrapper,
) -> None:
    """Counts, then every rejected line (its number, its `name`, why). Fails when there is one, so that a script
    notices."""
    table(headings, [[str(count) for count in counts]], stdout=stdout)
    if dry_run:
        stdout.write(_("This was a dry run: nothing was written."))
    if not rejected:
        return
    stdout.write("")
    table([_("line"), name, _("why it was rejected")], rejected, stdout=stdout)
    message = ngettext(
        "%(rejected)d of %(total)d lines was rejected; the others are in.",
        "%(rejected)d of %(total)d lines were rejected; the others are in.",
        len(rejected),
    )
    if dry_run:
        message = _("%(rejected)d of %(total)d lines would be rejected.")
    raise CommandError(message % {"rejected": len(rejected), "total": total})


def unreadable(file: Path, error: OSError) -> CommandError:
    """In words, for whoever named the file."""
    if isinstance(error, FileNotFoundError):
        return CommandError(_("There is no file %(file)s.") % {"file": file})
    message = _("%(file)s cannot be read: %(reason)s.")
    return CommandError(message % {"file": file, "reason": error.strerror})


def user_named(name: str | None) -> User | None:
    """None for no name. Raises CommandError for one that nobody has."""
    if name is None:
        return None
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(_("There is no user named %(name)s.") % {"name": name})
    return user
