"""A warm render through our engine against WeasyPrint alone on the same document.

Each has a process of its own and reports its own processor time. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from cms.benchmark.registry import Measure, Pair
from cms.charts import render_chart
from cms.pdf import assets, engine, service
from cms.pdf.bare import BareEngine, standalone_html

PARAGRAPH = (
    "<p>Heat is the weather that harms the most people and is noticed the least. Those who work "
    "outdoors, live alone or cannot cool their homes are hurt first"
    '<span class="footnote">Department of Health, annual report, table {number}.</span>. '
    "Shade, water and a place to rest cost little and can be ready before the next summer.</p>"
)
ROWS = [("2021", Decimal(18)), ("2022", Decimal(23)), ("2023", Decimal(31)), ("2024", Decimal(28))]


def document() -> str:
    """Four printed pages: headings, text with footnotes, a table and a chart."""
    chart = render_chart(
        kind="bar", title="Days above 95 °F", rows=ROWS, unit="days", alt="A rise."
    )
    table = "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in ROWS)
    sections = "".join(
        f"<h2>Part {part}</h2>"
        + "".join(PARAGRAPH.format(number=5 * part + number) for number in range(5))
        for part in range(1, 6)
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><title>Benchmark</title></head><body><main>'
        f"<h1>Heat and health</h1>{sections}<figure>{chart}</figure><table>{table}</table>"
        "</main></body></html>"
    )


@contextmanager
def opened() -> Iterator[Pair]:
    html = document()
    css = engine.stylesheet_manifest()
    used = assets.collect([*css.assets, *assets.urls_in_html(html)])
    with BareEngine(standalone_html(html, css, used)) as bare:
        yield Pair(lambda: service.render_html(html).cpu_seconds, bare.seconds)


MEASURE = Measure(
    name="pdf-render",
    title="PDF of four pages, warm engine",
    limit="HTML(string).write_pdf() of the same document",
    target=0.6,
    goal=0.4,
    open=opened,
)
