"""Fonts that are made when somebody first wants them: the pairs beside the one that is there from the start.

Making a set takes about half a minute of two processors, so it is done beside the requests: whoever asks for a
set that is not ready is told so, and the making begins.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import shutil
import tempfile
import threading
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from cms.pdf import font_failures, font_recipe, fonts
from cms.pdf.font_faces import SETS, FontSet
from cms.pdf.font_failures import FontsFailed

logger = logging.getLogger(__name__)

_started: set[str] = set()
_guard = threading.Lock()


@functools.cache
def set_digest(slug: str) -> str:
    """Names the files of a set: same digest, same files, byte for byte."""
    packages = ("fonttools", "brotli", *SETS[slug].packages)
    parts = [f"recipe={font_recipe.RECIPE_VERSION}", *(f"{p}={version(p)}" for p in packages)]
    parts += [repr(face) for face in SETS[slug].faces]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def digests() -> dict[str, str]:
    """Of every set, made or not: part of the key of each PDF."""
    return {slug: set_digest(slug) for slug in sorted(SETS)}


def set_folder(slug: str) -> Path:
    return Path(settings.ROSTRUM_DATA) / "fonts" / f"{slug}-{set_digest(slug)}"


def is_ready(slug: str) -> bool:
    """True for a set whose files are there, and for whatever needs no set."""
    return slug not in SETS or set_folder(slug).is_dir()


def ready_folders() -> tuple[Path, ...]:
    """Folders of all sets that are there, in a fixed order."""
    return tuple(set_folder(slug) for slug in sorted(SETS) if is_ready(slug))


def ensure(slug: str, progress: fonts.Progress | None = None) -> Path:
    """The folder of a set, made first when it is missing. Takes its time: not for a request.

    Raises FontsFailed when that went wrong, now or a short while ago.
    """
    folder = set_folder(slug)
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with fonts.locked(folder.parent / f".lock-{slug}"):
            if not folder.is_dir():
                font_failures.check(folder)
                with font_failures.noted(folder):
                    _make(SETS[slug], folder, progress or (lambda done, total, name: None))
    return folder


def _make(font_set: FontSet, folder: Path, progress: fonts.Progress) -> None:
    making = Path(tempfile.mkdtemp(prefix=f".making-{font_set.slug}-", dir=folder.parent))
    try:
        fonts.build_faces(font_set.faces, making, progress)
        fonts.sort_files(making, font_set.faces)
        making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def begin(slug: str) -> bool:
    """Have a set made beside the requests, once in this process; False when it is there already, or failed just now."""
    if is_ready(slug) or failure(slug):
        return False
    with _guard:
        if slug not in _started:
            _started.add(slug)
            threading.Thread(target=_run, args=(slug,), name=f"fonts-{slug}", daemon=True).start()
    return True


def _run(slug: str) -> None:
    try:
        ensure(slug)
    except FontsFailed:
        logger.warning("The fonts %s wait for their next try", slug)
    finally:
        with _guard:
            _started.discard(slug)


def failure(slug: str) -> FontsFailed | None:
    """Why a set is not there and is not being made either, to be shown."""
    folder = set_folder(slug)
    return FontsFailed(folder) if font_failures.pause(folder) else None


def progress_of(slug: str) -> tuple[int, int]:
    """Styles that are done, of how many; by the files, since another process may be making them."""
    total = len(SETS[slug].faces)
    if is_ready(slug):
        return total, total
    parent = set_folder(slug).parent
    making = [len(list(folder.glob("*.woff2"))) for folder in parent.glob(f".making-{slug}-*")]
    return max(making, default=0), total


def file_of(slug: str, digest: str, name: str) -> Path | None:
    """The web font `name` of a set that is there; None for anything else."""
    if slug not in SETS or digest != set_digest(slug):
        return None
    if name not in {f"{face.stem}.woff2" for face in SETS[slug].faces}:
        return None
    path = set_folder(slug) / "web" / name
    return path if path.is_file() else None
