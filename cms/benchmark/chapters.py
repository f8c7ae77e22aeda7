"""One edited chapter of six against the whole report rendered anew: what writing a long report costs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from cms.benchmark.pdf_documents import report_in_chapters
from cms.benchmark.pdf_figures import own_files, render_seconds
from cms.benchmark.registry import Measure, Pair
from cms.pdf import chapters, service
from cms.pdf.client import Rendered

EDITED = 3


@contextmanager
def opened() -> Iterator[Pair]:
    """Both in processor time: of the render process for what it prints, and of this one for binding."""
    texts = count(1)
    spent: list[float] = []
    render = service._render

    def noting(prepared: service.Prepared) -> Rendered:
        done = render(prepared)
        spent.append(done.cpu_seconds)
        return done

    def edited() -> float:
        html = report_in_chapters(edited=EDITED, words=f"Sentence {next(texts)} is new.")
        spent.clear()
        before = time.process_time()
        service._render = noting
        try:
            cut = chapters.split(html)
            assert cut is not None
            prepared = service._prepare(
                chapters.plain(html), "en", service.RenderOptions(), cut=True
            )
            service._render_chapters(prepared, cut)
        finally:
            service._render = render
        return time.process_time() - before + sum(spent)

    with own_files():
        yield Pair(edited, lambda: render_seconds(chapters.plain(report_in_chapters())))


MEASURE = Measure(
    name="pdf-chapter",
    title="One edited chapter of six, in a report of forty pages",
    limit="rendering the whole report",
    target=0.35,
    goal=0.25,
    open=opened,
    most_rounds=5,
)
