"""Bytes of records on disk, named by their own hash.

A file is complete and on the disk itself before any row names it: written beside its place, synced,
renamed, and the folder synced. A crash in between leaves a file that no row names, never the opposite.
STORAGES["records"] has to be a folder, since object stores cannot promise that order.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.core.files.storage import storages

CHUNK = 2**20
READ_ONLY = 0o440


def path_for(sha256: str) -> str:
    """Where the bytes with this hash stand, relative to the storage."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}.pdf"


def store(data: bytes) -> tuple[str, str]:
    """Keep `data`; returns its path and its SHA-256 (hexadecimal). Storing it again changes nothing."""
    sha256 = hashlib.sha256(data).hexdigest()
    name = path_for(sha256)
    target = Path(storages["records"].path(name))
    if target.exists() and digest(name) == sha256:
        return name, sha256
    _make_folders(target.parent)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), READ_ONLY)
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)
    return name, sha256


def digest(name: str) -> str | None:
    """SHA-256 of the stored file, read again from disk; None when it cannot be read."""
    result = hashlib.sha256()
    try:
        with storages["records"].open(name, "rb") as file:
            while chunk := file.read(CHUNK):
                result.update(chunk)
    except OSError:
        return None
    return result.hexdigest()


def _make_folders(folder: Path) -> None:
    """Like mkdir -p, with every new folder's name synced into its parent."""
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    for parent in reversed(missing):
        parent.mkdir(exist_ok=True)
        _sync_folder(parent.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
