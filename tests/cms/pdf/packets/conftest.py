"""Parts of packets, rendered once for the whole run."""

from __future__ import annotations

import pytest

from cms.pdf import service
from cms.pdf.packets.parts import PART_URL, Front, Part

PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
    "</head><body>{body}</body></html>"
)
TABLE = (
    "<table><caption>Samples</caption><thead><tr><th scope=col>Year</th><th scope=col>Taps</th></tr></thead>"
    "<tbody><tr><th scope=row>2023</th><td>{number}</td></tr></tbody></table>"
)
CHAPTER = (
    '<h1 id="top">Report {number}</h1><p>To <a href="#end">the end</a> of report {number}.</p>'
    f"<h2>Figures</h2>{TABLE}"
    '<p style="break-before: page" id="end">The end of {number}'
    '<span class="footnote">A note to {number}.</span></p>'
)


def printed(title: str, body: str, language: str = "en") -> tuple[bytes, int]:
    done = service.render_html(PAGE.format(title=title, body=body, language=language))
    return done.pdf, done.pages


@pytest.fixture(scope="session")
def parts() -> list[Part]:
    """Two English documents of two pages and a Spanish one of one."""
    made = [
        Part(*printed(f"Report {number}", CHAPTER.format(number=number)), f"Report {number}")
        for number in (1, 2)
    ]
    spanish = printed("Informe", "<h1>Informe</h1><p>Hola.</p>", "es")
    return [*made, Part(*spanish, "Informe", language="es")]


@pytest.fixture(scope="session")
def front() -> Front:
    links = "".join(f'<p><a href="{PART_URL}{n}">Part {n}</a></p>' for n in (1, 2, 3))
    return Front(*printed("Packet", f"<h1>Packet</h1>{links}"), "Contents")
