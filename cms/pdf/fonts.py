"""The installation's font folder: made once from the font packages, shared by print and web.

`<data>/fonts/<digest>/print/*.ttf` feeds the PDF engine, `<data>/fonts/<digest>/web/*.woff2` and
`fonts.css` the browser. The digest names package versions and recipe, so an update makes a new folder.
"""

from __future__ import annotations

import fcntl
import functools
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from xml.sax.saxutils import escape

from django.conf import settings

from cms.pdf import font_recipe
from cms.pdf.font_recipe import FACES, SHARES

PACKAGES = ("fontpkg-public-sans", "fontpkg-source-serif-4", "fonttools", "brotli")
Progress = Callable[[int, int, str], None]


@functools.cache
def font_digest() -> str:
    """Names the font set: same digest, same files, byte for byte."""
    parts = [f"recipe={font_recipe.RECIPE_VERSION}", *(f"{p}={version(p)}" for p in PACKAGES)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def fonts_folder() -> Path:
    return Path(settings.ROSTRUM_DATA) / "fonts" / font_digest()


def fonts_ready() -> bool:
    return fonts_folder().is_dir()


def ensure_fonts(progress: Progress | None = None) -> Path:
    """The font folder, made first when it is missing (about half a minute on two cores)."""
    folder = fonts_folder()
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _locked(folder.parent / ".lock"):
        if not folder.is_dir():
            _make(folder, progress or (lambda done, total, name: None))
    return folder


def font_files() -> dict[str, Path]:
    """File name to path of each print font."""
    folder = ensure_fonts() / "print"
    return {f"{face.stem}.ttf": folder / f"{face.stem}.ttf" for face in FACES}


def web_folder() -> Path:
    return ensure_fonts() / "web"


def font_face_css(url: str = "{stem}.woff2", *, format_name: str = "woff2") -> str:
    """`@font-face` rules; `url` may hold `{stem}`."""
    rules = []
    for face in FACES:
        rules.append(
            "@font-face {\n"
            f'  font-family: "{face.family}";\n'
            f"  font-style: {'italic' if face.italic else 'normal'};\n"
            f"  font-weight: {face.weight};\n"
            "  font-display: swap;\n"
            f'  src: url("{url.format(stem=face.stem)}") format("{format_name}");\n'
            "}\n"
        )
    return "\n".join(rules)


def print_font_face_css() -> str:
    """Rules for HTML that is rendered without the engine's own font configuration."""
    return font_face_css("asset://font/{stem}.ttf", format_name="truetype")


def fontconfig_xml(cache_folder: Path) -> str:
    """A configuration naming only our fonts: the same pages on every host."""
    aliases = {"sans-serif": "Public Sans", "serif": "Source Serif 4", "monospace": "Public Sans"}
    rules = "".join(
        f"<alias><family>{generic}</family><prefer><family>{family}</family></prefer></alias>"
        for generic, family in aliases.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"<dir>{escape(str(ensure_fonts() / 'print'))}</dir>"
        f"<cachedir>{escape(str(cache_folder))}</cachedir>{rules}</fontconfig>\n"
    )


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _make(folder: Path, progress: Progress) -> None:
    """Build in a temporary folder beside the target and rename: never a half-made font set."""
    making = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
    try:
        _build_shares(making, progress)
        (making / "print").mkdir()
        (making / "web").mkdir()
        for face in FACES:
            (making / f"{face.stem}.ttf").rename(making / "print" / f"{face.stem}.ttf")
            (making / f"{face.stem}.woff2").rename(making / "web" / f"{face.stem}.woff2")
        (making / "web" / "fonts.css").write_text(font_face_css(), encoding="utf-8")
        making.chmod(0o755)
        making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _build_shares(folder: Path, progress: Progress) -> None:
    done: list[str] = []
    lock = Lock()

    def report(stem: str) -> None:
        with lock:
            done.append(stem)
            progress(len(done), len(FACES), stem)

    workers = min(len(SHARES), os.cpu_count() or 1)
    with ThreadPoolExecutor(workers) as pool:
        jobs = [pool.submit(_run_share, share, folder, report) for share in range(len(SHARES))]
        for job in jobs:
            job.result()


def _run_share(share: int, folder: Path, report: Callable[[str], None]) -> None:
    command = [sys.executable, "-m", "cms.pdf.font_recipe", str(share), str(folder)]
    environment = {"PYTHONPATH": str(settings.BASE_DIR), "PATH": os.defpath}
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(  # noqa: S603  our own interpreter and module
            command, stdout=subprocess.PIPE, stderr=errors, env=environment
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            report(json.loads(line)["done"])
        if process.wait() != 0:
            errors.seek(0)
            detail = errors.read().decode(errors="replace")[-2000:]
            raise RuntimeError(f"Making the fonts failed:\n{detail}")
