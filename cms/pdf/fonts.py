"""The installation's font folder: made once from the font packages, shared by print and web.

`<data>/fonts/<digest>/print/*.ttf` feeds the PDF engine, `<data>/fonts/<digest>/web/*.woff2` and
`fonts.css` the browser. The digest names package versions and recipe, so an update makes a new folder.
"""

from __future__ import annotations

import fcntl
import functools
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from threading import Lock
from xml.sax.saxutils import escape

from django.conf import settings

from cms.pdf import font_failures, font_recipe
from cms.pdf.font_faces import FACES, Face

PACKAGES = (
    "fontpkg-public-sans",
    "fontpkg-source-serif-4",
    "fontpkg-source-code-pro",
    "fontpkg-amiri",
    "fonttools",
    "brotli",
)
# Packages whose files are used as they are. Chinese: a serif and a sans, some 30,000 characters each.
READY_MADE = ("pylopdf-fonts-zh-cn",)
# The serif has the most kerning: started last, it would keep one core busy while the others idle.
SLOWEST_FIRST = sorted(FACES, key=lambda face: face.slug != "source-serif-4")
Progress = Callable[[int, int, str], None]


@functools.cache
def font_digest() -> str:
    """Names the font set: same digest, same files, byte for byte."""
    parts = [f"recipe={font_recipe.RECIPE_VERSION}", *(f"{p}={version(p)}" for p in PACKAGES)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@functools.cache
def ready_made() -> dict[str, str]:
    """Versions of the packages whose fonts are used as they are."""
    return {package: version(package) for package in READY_MADE}


def _ready_made_folders() -> list[Path]:
    names = (package.replace("-", "_") for package in READY_MADE)
    return [Path(str(files(name))) for name in names]


def fonts_folder() -> Path:
    return Path(settings.ROSTRUM_DATA) / "fonts" / font_digest()


def fonts_ready() -> bool:
    return fonts_folder().is_dir()


def ensure_fonts(progress: Progress | None = None) -> Path:
    """The font folder, made first when it is missing (about a quarter of a minute on two cores).

    Raises FontsFailed when that went wrong, now or a short while ago.
    """
    folder = fonts_folder()
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with locked(folder.parent / ".lock"):
        if not folder.is_dir():
            font_failures.check(folder)
            with font_failures.noted(folder):
                _make(folder, progress or (lambda done, total, name: None))
    return folder


def font_files() -> dict[str, Path]:
    """File name to path of each print font."""
    folder = ensure_fonts() / "print"
    return {f"{face.stem}.ttf": folder / f"{face.stem}.ttf" for face in FACES}


def web_folder() -> Path:
    return ensure_fonts() / "web"


def font_face_css(url: str = "{stem}.woff2", faces: Sequence[Face] = FACES) -> str:
    """`@font-face` rules for browsers; `url` may hold `{stem}`."""
    return "\n".join(_font_face(face, url.format(stem=face.stem)) for face in faces)


def _font_face(face: Face, url: str) -> str:
    only = ", ".join(f"U+{low:04X}-{high:04X}" for low, high in face.only)
    return (
        "@font-face {\n"
        f'  font-family: "{face.family}";\n'
        f"  font-style: {'italic' if face.italic else 'normal'};\n"
        f"  font-weight: {face.weight};\n"
        "  font-display: swap;\n"
        f'  src: url("{url}") format("woff2");\n'
        f"{f'  unicode-range: {only};' + chr(10) if only else ''}"
        "}\n"
    )


def fontconfig_xml(cache_folder: Path, more: Sequence[Path] = ()) -> str:
    """A configuration naming only our fonts: the same pages on every host. `more` are sets made since the start."""
    folders = [folder / "print" for folder in (ensure_fonts(), *more)]
    folders += _ready_made_folders()
    listed = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    aliases = {
        "sans-serif": "Public Sans",
        "serif": "Source Serif 4",
        "monospace": "Source Code Pro",
    }
    rules = "".join(
        f"<alias><family>{generic}</family><prefer><family>{family}</family></prefer></alias>"
        for generic, family in aliases.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"{listed}<cachedir>{escape(str(cache_folder))}</cachedir>{rules}</fontconfig>\n"
    )


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _make(folder: Path, progress: Progress) -> None:
    """Build in a temporary folder beside the target and rename: never a half-made font set."""
    making = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
    try:
        _build_all(making, progress)
        sort_files(making, FACES)
        (making / "web" / "fonts.css").write_text(font_face_css(), encoding="utf-8")
        making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def sort_files(folder: Path, faces: Sequence[Face]) -> None:
    """What the print engine reads and what browsers get, each in a folder of its own."""
    for name, ending in (("print", "ttf"), ("web", "woff2")):
        (folder / name).mkdir()
        for face in faces:
            file = f"{face.stem}.{ending}"
            (folder / file).rename(folder / name / file)
    folder.chmod(0o755)


def _build_all(folder: Path, progress: Progress) -> None:
    build_faces(SLOWEST_FIRST, folder, progress)


def build_faces(faces: Sequence[Face], folder: Path, progress: Progress) -> None:
    """Each style in a process of its own, as many at once as there are processors."""
    done: list[str] = []
    lock = Lock()

    def build(face: Face) -> None:
        _build(face.stem, folder)
        with lock:
            done.append(face.stem)
            progress(len(done), len(faces), face.stem)

    with ThreadPoolExecutor(_processors()) as pool:
        for finished in [pool.submit(build, face) for face in faces]:
            finished.result()


def _processors() -> int:
    """Those this process may use: a container may have fewer than its machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _build(stem: str, folder: Path) -> None:
    command = [sys.executable, "-m", "cms.pdf.font_recipe", stem, str(folder)]
    environment = {"PYTHONPATH": str(settings.BASE_DIR), "PATH": os.defpath}
    done = subprocess.run(  # noqa: S603  our own interpreter and module
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, check=False
    )
    if done.returncode:
        detail = done.stderr.decode(errors="replace")[-2000:]
        raise RuntimeError(f"Making the fonts failed:\n{detail}")
