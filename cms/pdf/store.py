"""Rendered files by the hash of their input: bytes on disk, one row each, one render each.

Writing is safe against crashes (write, fsync, rename, then the row) and against two requests for
the same document (one lock for each key; the second finds what the first made).
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils import timezone

from cms.models import StoredPdf
from cms.pdf.client import Rendered

PRINT_JOBS = "print-jobs"  # the folder of zips in the storage
USE_NOTED = dt.timedelta(days=1)  # a file that is asked for often is not written down each time


def content_key(parts: dict[str, Any]) -> str:
    """SHA-256 over a canonical form of everything that decides the bytes."""
    canonical = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def storage() -> Storage:
    return storages["pdf"]


def find(key: str) -> StoredPdf | None:
    """The stored file of a key; None when the row or its bytes are missing."""
    stored = StoredPdf.objects.filter(key=key).first()
    if stored is None or not intact(stored):
        return None
    return stored


def get_or_render(
    key: str, labels: dict[str, str], render: Callable[[], Rendered], *, family: str = ""
) -> tuple[StoredPdf, bool]:
    """The stored file of `key` and whether it was rendered now.

    Call it outside a transaction where possible: the render takes a second, and an open
    transaction would keep other writers waiting that long.
    """
    stored = find(key)
    if stored is None:
        with single_flight(key, family):
            stored = find(key)
            if stored is None:
                return save(key, labels, render()), True
    return _relabel(stored, labels), False


def known(key: str, labels: dict[str, str]) -> StoredPdf | None:
    """The stored file of `key`, under its present labels; None when it must be rendered."""
    stored = find(key)
    return None if stored is None else _relabel(stored, labels)


def save(key: str, labels: dict[str, str], rendered: Rendered) -> StoredPdf:
    """Store bytes, then their row. A row whose file was lost is brought up to date."""
    digest = hashlib.sha256(rendered.pdf).hexdigest()
    values = {
        **_fitting(labels),
        "sha256": digest,
        "size": len(rendered.pdf),
        "pages": rendered.pages,
        "path": write(digest, rendered.pdf),
        "warnings": list(rendered.warnings),
        "report": {
            "layout": [list(page) for page in rendered.layout],
            "pictures": list(rendered.pictures),
            "missing": list(rendered.missing),
        },
        "used_at": timezone.now(),
    }
    stored, _created = StoredPdf.objects.update_or_create(key=key, defaults=values)
    return stored


def write(digest: str, data: bytes) -> str:
    """Put bytes under their own hash; the returned name never changes its content."""
    name = f"{digest[:2]}/{digest[2:4]}/{digest}.pdf"
    target = storage()
    try:
        path = Path(target.path(name))
    except NotImplementedError:  # object storage: writes are whole or not at all there
        if not target.exists(name):
            target.save(name, ContentFile(data))
        return name
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        os.chmod(temporary, settings.FILE_UPLOAD_PERMISSIONS or 0o640)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return name


@contextmanager
def single_flight(key: str, family: str = "") -> Iterator[None]:
    """One render of a key at a time, over all threads and processes of this data folder.

    Keys share locks. Who holds one may only wait for one of another `family`: a document for its chapters.
    """
    folder = Path(settings.ROSTRUM_DATA) / "locks" / "pdf"
    folder.mkdir(parents=True, exist_ok=True)
    # A fixed set of lock files: nothing to clean up, and removing a lock file is a race.
    with (folder / f"{family}{key[:3]}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def intact(stored: StoredPdf) -> bool:
    """Cheap enough for each request: the file is there and has its length."""
    try:
        return storage().size(stored.path) == stored.size
    except OSError:
        return False


def _relabel(stored: StoredPdf, labels: dict[str, str]) -> StoredPdf:
    """Title and file name are no part of the key: a renamed page keeps its rendered bytes. Notes the use as well."""
    wanted: dict[str, Any] = dict(_fitting(labels))
    now = timezone.now()
    if now - stored.used_at > USE_NOTED:
        wanted["used_at"] = now
    changed = [name for name, value in wanted.items() if getattr(stored, name) != value]
    if changed:
        for name in changed:
            setattr(stored, name, wanted[name])
        stored.save(update_fields=changed)
    return stored


def _fitting(labels: dict[str, str]) -> dict[str, str]:
    """Labels cut to the length of their columns."""
    lengths = {f.name: getattr(f, "max_length", None) for f in StoredPdf._meta.get_fields()}
    return {name: value[: lengths[name]] for name, value in labels.items()}


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
