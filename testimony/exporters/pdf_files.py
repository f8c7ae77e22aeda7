"""Public documents as files in a folder, PDFs or their twins: one file each, whole or not at all."""

from __future__ import annotations

import enum
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.domain.visibility import is_public, public_pages
from cms.models import Issue, StoredPdf
from cms.pdf.errors import PdfError, PdfUnavailable
from cms.pdf.registry import registered_kinds
from cms.pdf.twins.registry import PDF
from testimony.domain.printing import PRINTED, make_pdf
from testimony.domain.twins import make_twin
from testimony.models import DocumentPage


class Status(enum.Enum):
    WRITTEN = "written"
    IDENTICAL = "identical"
    FAILED = "failed"


@dataclass(frozen=True)
class Target:
    """A page to export and the name of its file."""

    page_id: int
    name: str


@dataclass(frozen=True)
class Outcome:
    target: Target
    status: Status
    title: str = ""
    reason: str = ""


def kind_names() -> list[str]:
    """What `--kind` may be."""
    kinds = registered_kinds()
    return sorted(kinds[model].name for model in PRINTED if model in kinds)


def targets(
    *,
    kind: str = "",
    page_ids: Iterable[int] | None = None,
    issue: str = "",
    ending: str = PDF,
) -> list[Target]:
    """The public documents to write. Pages that were asked for by number are all in it, to be judged later."""
    tag = Issue.objects.get(slug=issue) if issue else None
    if page_ids is not None:
        wanted = list(dict.fromkeys(page_ids))
        slugs = dict(Page.objects.filter(pk__in=wanted).values_list("pk", "slug"))
        return _named(((pk, slugs.get(pk, "")) for pk in wanted), ending)
    found: list[tuple[int, str]] = []
    for model, printer in registered_kinds().items():
        if model in PRINTED and kind in {"", printer.name}:
            pages = public_pages(model.objects.all())
            if tag is not None:
                pages = pages.filter(issues=tag)
            found.extend(pages.order_by("pk").values_list("pk", "slug"))
    return _named(found, ending)


def _named(pages: Iterable[tuple[int, str]], ending: str = PDF) -> list[Target]:
    """Addresses are unique under one parent only, and some disks do not tell upper from lower case."""
    taken: set[str] = set()
    done = []
    for pk, slug in pages:
        name = slug if slug.lower() not in taken else f"{slug}-{pk}"
        taken.add(name.lower())
        done.append(Target(pk, f"{name}.{ending}"))
    return done


def check_folder(folder: Path) -> None:
    """Make the folder. Raises OSError when files cannot be written into it."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass


def export(wanted: Iterable[Target], folder: Path, *, jobs: int = 1) -> Iterator[Outcome]:
    """Write the files. Yields in the order of `wanted`; raises PdfUnavailable when nothing can be printed here."""
    if jobs == 1:
        yield from (export_one(target, folder) for target in wanted)
        return
    with ThreadPoolExecutor(jobs) as pool:
        work = [pool.submit(_in_thread, target, folder) for target in wanted]
        try:
            yield from (task.result() for task in work)
        finally:  # interrupted, or nothing can be printed: what has not begun need not begin
            pool.shutdown(wait=False, cancel_futures=True)


def _in_thread(target: Target, folder: Path) -> Outcome:
    try:
        return export_one(target, folder)
    finally:
        connection.close()  # each thread has a database connection of its own


def export_one(target: Target, folder: Path) -> Outcome:
    """Write one document; a failure is an outcome, so that the others go on."""
    page = _document(target.page_id)
    if page is None:
        return Outcome(target, Status.FAILED, reason=_("no public document has this number"))
    try:
        written = _write_file(page, folder / target.name)
    except PdfUnavailable:
        raise
    except (PdfError, OSError) as error:
        return Outcome(target, Status.FAILED, page.title, str(error))
    return Outcome(target, Status.WRITTEN if written else Status.IDENTICAL, page.title)


def _write_file(page: DocumentPage, path: Path) -> bool:
    ending = path.suffix.removeprefix(".")
    if ending == PDF:
        return write(make_pdf(page), path)
    twin = make_twin(page, ending, draft=False)
    return put(path, hashlib.sha256(twin.body).hexdigest(), [twin.body])


def _document(page_id: int):
    for model in PRINTED:
        page = model.objects.filter(pk=page_id).first()
        if page is not None and is_public(page):
            return page
    return None


def write(stored: StoredPdf, path: Path) -> bool:
    """Put the bytes at `path` unless they are there."""
    with stored.open() as source:
        return put(path, stored.sha256, source.chunks())


def put(path: Path, sha256: str, chunks: Iterable[bytes]) -> bool:
    """As `write`, of any file. A reader sees the old one or the new one, never half."""
    if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
        return False
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
        os.chmod(name, 0o644)  # mkstemp makes it private; a document is for everybody
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True
