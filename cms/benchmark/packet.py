"""Packets put together from parts, against rendering the whole, a fixed cost a page, and a naive merge.

The parts are rendered once; what is measured is putting them together, page numbers and all.
"""

from __future__ import annotations

import base64
import functools
import io
import random
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cms.benchmark.harness import cpu_slice
from cms.benchmark.pdf_render import document
from cms.benchmark.registry import Measure, Pair
from cms.pdf import assets, engine, service
from cms.pdf.bare import BareEngine, standalone_html
from cms.pdf.packets.parts import Part

DOCUMENTS = 14
SECTIONS = 2  # the benchmark's document twice over: seven or eight pages
FEW, MANY = 100, 300
MS_A_PAGE = 8.0


@functools.lru_cache(maxsize=1)
def sources() -> tuple[str, ...]:
    """Documents that differ in their words, as those of a hearing do."""
    body = document()
    start, end = body.index("<h1>"), body.index("</main>")
    words = body[start:end]
    again = words.replace("<h1>Heat and health</h1>", "<h2>Once more</h2>")
    whole = body[:end] + again * (SECTIONS - 1) + body[end:]
    return tuple(
        whole.replace("Heat and health", f"Heat and health {number}").replace(
            "Shade, water", f"Shade {number}, water"
        )
        for number in range(1, DOCUMENTS + 1)
    )


@functools.lru_cache(maxsize=1)
def rendered() -> tuple[Part, ...]:
    parts = []
    for number, html in enumerate(sources(), start=1):
        done = service.render_html(html)
        parts.append(Part(done.pdf, done.pages, f"Document {number}"))
    return tuple(parts)


def packet_of(pages: int) -> list[Part]:
    """At least so many pages, the documents over and over."""
    parts: list[Part] = []
    while sum(part.pages for part in parts) < pages:
        parts.append(rendered()[len(parts) % DOCUMENTS])
    return parts


@functools.lru_cache(maxsize=1)
def letterhead() -> str:
    """A logo as printed documents bear it: a picture of 128 × 128 dots, which hardly compresses."""
    noise = random.Random(1)  # noqa: S311 (dots, no secret)
    side = 128
    rows = b"".join(b"\0" + noise.randbytes(3 * side) for _row in range(side))
    header = struct.pack(">LLBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))
        for name, data in chunks
    )
    return f'<p><img alt="Logo" src="data:image/png;base64,{base64.b64encode(png).decode()}"></p>'


def on_letterhead(count: int) -> list[Part]:
    """The same documents as above, with the logo of the house."""
    parts = []
    for number, html in enumerate(sources()[:count], start=1):
        done = service.render_html(html.replace("<main>", f"<main>{letterhead()}", 1))
        parts.append(Part(done.pdf, done.pages, f"Document {number}"))
    return parts


def put_together(parts: list[Part]) -> bytes:
    # lazy: loads pikepdf, which costs a tenth of a second
    from cms.pdf.packets.assembly import assemble

    return assemble(parts, title="Packet", language="en").pdf


@contextmanager
def against_one_run() -> Iterator[Pair]:
    """The same documents in one go, as somebody without parts would print them."""
    parts = packet_of(FEW)
    whole = sources()[0]
    end = whole.index("</main>")
    start = whole.index("<main>") + len("<main>")
    # All parts of the packet as sections of one document: its pages are as many.
    pieces = [sources()[number % DOCUMENTS] for number in range(len(parts))]
    inner = "".join(one[one.index("<main>") + 6 : one.index("</main>")] for one in pieces)
    html = whole[:start] + inner.replace("<h1>", '<h1 style="break-before: page">') + whole[end:]
    css = engine.stylesheet_manifest()
    used = assets.collect([*css.assets, *assets.urls_in_html(html)])
    with BareEngine(standalone_html(html, css, used)) as bare:
        yield Pair(cpu_slice(lambda: put_together(parts)), bare.seconds)


@contextmanager
def a_page() -> Iterator[Pair]:
    """Seconds a page of a long packet, against a fixed number of them."""
    parts = packet_of(MANY)
    pages = sum(part.pages for part in parts)

    def measured() -> float:
        before = time.process_time()
        put_together(parts)
        return (time.process_time() - before) / pages

    yield Pair(measured, lambda: MS_A_PAGE / 1000)


@contextmanager
def against_naive() -> Iterator[Pair]:
    """Size instead of time: pages copied one after another, which loses the tags besides."""
    parts = on_letterhead(DOCUMENTS)
    ours, theirs = len(put_together(parts)) / 1000, naive_size(parts) / 1000
    yield Pair(_always(ours), _always(theirs))


def naive_size(parts: list[Part]) -> int:
    import pikepdf  # lazy: costs a tenth of a second

    with pikepdf.new() as made:
        for part in parts:
            with pikepdf.open(io.BytesIO(part.pdf)) as source:
                for page in source.pages:
                    made.pages.append(page)
        out = io.BytesIO()
        made.save(out)
        return len(out.getvalue())


def _always(number: float) -> Callable[[], float]:
    return lambda: number


MEASURES = (
    Measure(
        name="packet-time",
        title="Packet of 100 pages put together",
        limit="HTML(string).write_pdf() of all its documents in one run",
        target=1 / 15,
        goal=1 / 25,
        open=against_one_run,
        most_rounds=5,
    ),
    Measure(
        name="packet-page",
        title="Packet of 300 pages, a page",
        limit=f"{MS_A_PAGE:g} ms",
        target=1,
        goal=0.5,
        open=a_page,
        most_rounds=5,
    ),
    Measure(
        name="packet-size",
        title="Packet of 100 pages on letterhead, bytes",
        limit="its pages copied one after another (without tags)",
        target=0.35,
        goal=0.3,
        open=against_naive,
        most_rounds=1,
        unit="kB",
    ),
)
