"""Printing in figures: each kind of document, the fork, the check of its words, what is stored, memory and size."""

from __future__ import annotations

import io
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files.images import ImageFile
from django.test.utils import override_settings

from cms.benchmark import pdf_documents
from cms.benchmark.chromium import PRINTS, TICKS, Apart, Chromium, chromium
from cms.benchmark.harness import cpu_slice
from cms.benchmark.registry import Measure, Pair
from cms.benchmark.warm_engine import WarmEngine
from cms.models import CreditedImage, StoredPdf
from cms.pdf import assets, engine, service, store
from cms.pdf.bare import BareEngine, standalone_html
from cms.pdf.client import client

BARE = "HTML(string).write_pdf() of the same document with web fonts"
MEMORY_MB = 120
MEMORY_AFTER = 100
PHOTO_KB = 300
PHOTO_FILTER = (
    "max-1000x900|bgcolor-ffffff|format-jpeg|jpegquality-75"  # as the documents print them
)
LABELS = {"kind": "benchmark", "title": "B", "filename": "b.pdf", "language": "en"}


def standalone(html: str) -> str:
    css = engine.stylesheet_manifest()
    return standalone_html(html, css, assets.collect([*css.assets, *assets.urls_in_html(html)]))


def render_seconds(html: str) -> float:
    return service.render_html(html).cpu_seconds


@contextmanager
def opened_kind(html: Callable[[], str]) -> Iterator[Pair]:
    whole = html()
    with BareEngine(standalone(whole)) as bare:
        yield Pair(partial(render_seconds, whole), bare.seconds)


@contextmanager
def opened_fork() -> Iterator[Pair]:
    """By the clock: the fork's own time is what is asked for."""
    html = pdf_documents.testimony()

    def forked() -> float:
        before = time.perf_counter()
        service.render_html(html)
        return time.perf_counter() - before

    with WarmEngine(html) as warm:
        yield Pair(forked, warm.clock_seconds)


@contextmanager
def opened_words() -> Iterator[Pair]:
    with WarmEngine(pdf_documents.testimony()) as warm:
        yield Pair(warm.cpu_seconds, partial(warm.cpu_seconds, watched=False))


@contextmanager
def opened_chromium(html: str, apart: Apart = Apart.PROFILE) -> Iterator[Pair]:
    """From the HTML to the file on both sides, all processes counted, by the same clock."""
    program = chromium()
    assert program is not None
    service.render_html(html)  # starts the render process
    with Chromium(program, standalone(html), apart) as browser:
        yield Pair(partial(all_seconds, html), browser.seconds)


def all_seconds(html: str) -> float:
    """CPU seconds of one file: of this process, of the one that forks, and of its children."""
    before = _cpu_of_all()
    for _print in range(PRINTS):
        service.render_html(html)
    return (_cpu_of_all() - before) / PRINTS


def _cpu_of_all() -> float:
    fields = Path(f"/proc/{client().pid()}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + sum(map(int, fields[11:15])) / TICKS


def stored_sheet() -> tuple[StoredPdf, str]:
    html = pdf_documents.fact_sheet()
    key = "b" * 64
    rendered = client().render(*_job(html))
    return store.save(key, LABELS, rendered), html


def _job(html: str):
    prepared = service._prepare(html, "en", service.RenderOptions())
    return prepared.job, prepared.css


@contextmanager
def own_files() -> Iterator[Path]:
    """Files of the measure in a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix="rostrum-files-") as folder:
        storages = {
            **settings.STORAGES,
            "pdf": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": f"{folder}/pdf"},
            },
        }
        with override_settings(MEDIA_ROOT=f"{folder}/media", STORAGES=storages):
            yield Path(folder)


@contextmanager
def opened_stored() -> Iterator[Pair]:
    with own_files():
        stored, html = stored_sheet()

        def read() -> bytes:
            found = store.known(stored.key, LABELS)
            assert found is not None
            with found.open() as file:
                return file.read()

        yield Pair(cpu_slice(read), partial(render_seconds, html))


@contextmanager
def opened_memory() -> Iterator[Pair]:
    """The render process that forks, after a hundred documents; every document has a child of its own."""
    html = pdf_documents.fact_sheet()
    for _ in range(MEMORY_AFTER):
        service.render_html(html)

    def megabytes() -> float:
        status = Path(f"/proc/{client().pid()}/status").read_text()
        kilobytes = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(kilobytes.split()[1]) / 1024

    yield Pair(megabytes, lambda: float(MEMORY_MB))


@contextmanager
def opened_photographs() -> Iterator[Pair]:
    with own_files():
        html = with_photographs()
        yield Pair(lambda: len(service.render_html(html).pdf) / 1000, lambda: float(PHOTO_KB))


def with_photographs() -> str:
    """A fact sheet with all that one may hold: charts, a code, a table, two photographs."""
    pictures = "".join(
        f'<figure class="picture"><img alt="A clinic" src="asset://rendition/{pk}"></figure>'
        for pk in map(rendition, (1, 2))
    )
    return pdf_documents.fact_sheet().replace("</body>", f"{pictures}</body>")


def rendition(seed: int) -> int:
    return photograph(seed).get_rendition(PHOTO_FILTER).pk


def photograph(seed: int, *, height: int = 2250) -> CreditedImage:
    """3000 pixels across of shapes, light and grain."""
    from PIL import Image, ImageFilter

    chance = random.Random(seed)  # noqa: S311 (a picture, no secret)
    small = Image.new("RGB", (48, 36))
    small.putdata([tuple(chance.randrange(256) for _ in range(3)) for _ in range(48 * 36)])
    picture = small.resize((3000, height), Image.Resampling.BICUBIC)
    grain = Image.effect_noise(picture.size, 18).convert("RGB")
    done = Image.blend(picture, grain, 0.15).filter(ImageFilter.GaussianBlur(1))
    out = io.BytesIO()
    done.save(out, "JPEG", quality=92)
    file = ImageFile(io.BytesIO(out.getvalue()), name=f"benchmark-{seed}.jpg")
    return CreditedImage.objects.create(
        title=f"Benchmark {seed}", description="A clinic", file=file
    )


def _kind(name: str, title: str, html: Callable[[], str], target: float, goal: float, **more):
    opened = partial(opened_kind, html)
    return Measure(f"pdf-{name}", title, BARE, target, goal, opened, **more)


_SHEET, _TESTIMONY = pdf_documents.fact_sheet, pdf_documents.testimony
MEASURES: tuple[Measure, ...] = (
    _kind("fact-sheet", "Fact sheet with three charts", _SHEET, 0.35, 0.25),
    _kind("testimony", "Testimony of six pages, 20 notes", _TESTIMONY, 0.5, 0.35),
    _kind("report", "Report of forty pages", pdf_documents.report, 0.9, 0.8, most_rounds=5),
    Measure(
        "pdf-fork",
        "A process of its own for a testimony",
        "the same engine without the fork, by the clock",
        target=1.2,
        goal=1.1,
        open=opened_fork,
        unit="ms by the clock",
    ),
    Measure(
        "pdf-words",
        "Testimony with every word checked",
        "the same engine without the check",
        target=1.05,
        goal=1.02,
        open=opened_words,
    ),
    Measure(
        "pdf-stored",
        "A stored fact sheet found and read",
        "rendering it",
        target=0.01,
        goal=0.004,
        open=opened_stored,
    ),
    Measure(
        "pdf-memory",
        f"Memory of the render process after {MEMORY_AFTER} documents",
        f"{MEMORY_MB} MB",
        target=1,
        goal=0.8,
        open=opened_memory,
        most_rounds=1,
        unit="MB",
    ),
    Measure(
        "pdf-photographs",
        "Fact sheet with two photographs of 3000 pixels",
        f"{PHOTO_KB} kB",
        target=1,
        goal=0.8,
        open=opened_photographs,
        most_rounds=1,
        unit="kB",
    ),
)
