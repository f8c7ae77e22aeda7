"""Three documents of the kinds we print, for measuring: a fact sheet, a testimony of six pages, a report of forty."""

from __future__ import annotations

from decimal import Decimal

from cms.charts import render_chart
from cms.pdf import chapters
from cms.qr import qr_svg

ROWS = [("2021", Decimal(18)), ("2022", Decimal(23)), ("2023", Decimal(31)), ("2024", Decimal(28))]
WORDS = (
    "Heat is the weather that harms the most people and is noticed the least. Those who work outdoors, "
    "live alone or cannot cool their homes are hurt first{note}. Shade, water and a place to rest cost "
    "little and can be ready before the next summer."
)
NOTE = (
    '<span class="footnote">Department of Health, annual report, '
    '<a href="https://example.org/{number}">table {number}</a>.</span>'
)


def page(title: str, body: str, *, kind: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title></head>'
        f'<body class="sheet sheet--{kind}"><h1>{title}</h1><div class="words">{body}</div></body></html>'
    )


def paragraphs(count: int, *, first: int = 0, notes: bool = True) -> str:
    return "".join(
        f"<p>{WORDS.format(note=NOTE.format(number=first + n) if notes and not n % 2 else '')}</p>"
        for n in range(count)
    )


def chart(title: str) -> str:
    drawn = render_chart(kind="bar", title=title, rows=ROWS, unit="days", alt="A rise.")
    return f'<figure class="chart"><figcaption>{title}</figcaption>{drawn}</figure>'


def table(rows: int) -> str:
    body = "".join(
        f'<tr><th scope="row">County {n}</th><td>{n * 17 % 90}</td><td>{n * 31 % 90}</td></tr>'
        for n in range(rows)
    )
    head = '<tr><th scope="col">Where</th><th scope="col">2023</th><th scope="col">2024</th></tr>'
    return f'<table class="data"><caption>Days</caption><thead>{head}</thead><tbody>{body}</tbody></table>'


def fact_sheet() -> str:
    charts = "".join(chart(f"Days above 95 °F, {place}") for place in ("here", "there", "both"))
    code = qr_svg("https://example.org/archive/heat/")
    return page("Heat and health", paragraphs(2) + charts + table(6) + code, kind="fact-sheet")


def testimony() -> str:
    body = paragraphs(14) + chart("Days above 95 °F") + paragraphs(14, first=50) + table(8)
    return page("Testimony on heat and health", body + paragraphs(12, first=90), kind="testimony")


def report_in_chapters(*, edited: int = 0, words: str = "") -> str:
    """Six chapters with the marks that templates leave; `words` stand in the edited one."""
    parts = []
    for number in range(1, 7):
        heading = f'<div class="block block--heading"><h2>Chapter {number}</h2></div>'
        new = f"<p>{words}</p>" if number == edited else ""
        text = paragraphs(52, first=100 * number, notes=number % 2 == 0)
        parts.append(f"{heading}{new}{text}{chart('Days above 95 °F')}{table(12)}")
    body = f"{chapters.BEGIN}{''.join(parts)}{chapters.END}"
    whole = page("A report on heat and health", body, kind="testimony")
    folio = '<div class="folio"><span class="page-number"></span></div>'
    whole = whole.replace("<h1>", f"{folio}{chapters.SHEET}<h1>")
    return whole.replace('<div class="words">', f'{chapters.CONTENTS}<div class="words">')


def report() -> str:
    parts = [
        f"<h2>Part {part}</h2>{paragraphs(14, first=100 * part, notes=part % 3 == 0)}"
        f"{chart('Days above 95 °F')}{table(12)}"
        for part in range(1, 19)
    ]
    return page("A report on heat and health", "".join(parts), kind="testimony")
