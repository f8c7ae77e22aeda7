"""Long documents get more time and keep nobody waiting."""

from __future__ import annotations

import threading

import pytest
from django.test import RequestFactory

from cms.pdf import caps, service, waiting
from cms.pdf.client import Limits, Rendered
from cms.pdf.errors import PdfTimeout
from cms.pdf.registry import PdfDocument
from cms.views.pdf import in_the_making

NOTE = '<span class="footnote">n</span>'
FLEX = '<div style="display:flex">'
SIZES = {
    "nothing": ("<p>x</p>", []),
    "notes at the cap": (NOTE * 300, []),
    "notes above it": (NOTE * 301, ["notes"]),
    "other classes with notes": ('<b class="small footnote">n</b>' * 301, ["notes"]),
    "other words": ("<p>class=footnote</p>" * 301, []),
    "rows at the cap": ("<tr><td>1</td></tr>" * 1500, []),
    "rows above it": ("<tr><td>1</td></tr>" * 1501, ["rows"]),
    "bytes at the cap": ("x" * 300_000, []),
    "bytes above it": ("x" * 300_001, ["bytes"]),
    "three levels": (FLEX * 3 + "</div>" * 3, []),
    "four levels": (FLEX * 4 + "</div>" * 4, ["levels"]),
    "four beside each other": ((FLEX + "<br>x</div>") * 9, []),
    "grids and columns count too": (
        '<p style="display:grid"><b style="columns:2"><i style="display: inline-flex">'
        '<u style="column-count:2">x</u></i></b></p>',
        ["levels"],
    ),
    "unclosed": (FLEX * 5, ["levels"]),
}


@pytest.mark.parametrize("name", SIZES)
def test_documents_above_a_cap_are_long(name):
    html, reasons = SIZES[name]
    assert caps.reasons(html) == reasons
    usual = Limits.from_settings()
    factor = caps.LONG_FACTOR if reasons else 1
    assert caps.limits_for(html) == Limits(usual.cpu * factor, usual.wall * factor, usual.memory)


def test_a_long_document_is_rendered_under_the_long_limits(page, monkeypatch):
    class Client:
        def render(self, job, css, limits) -> Rendered:
            given.append(limits.cpu)
            return Rendered(b"", 1, (), 0.0)

    given: list[float] = []
    monkeypatch.setattr(service, "client", Client)
    for notes in (1, 301):
        service.render_html(page(NOTE * notes))
    assert given == [15, 120]


class SlowEngine:
    """Renders when it is told to, and counts."""

    def __init__(self) -> None:
        self.go, self.begun = threading.Event(), threading.Event()
        self.count = 0

    def __call__(self, prepared) -> Rendered:
        self.count += 1
        self.begun.set()
        assert self.go.wait(20)
        return Rendered(b"%PDF-1.7 x", 1, (), 0.0)


@pytest.fixture
def slow(monkeypatch, settings, tmp_path):
    settings.ROSTRUM_PDF_PATIENCE_SECONDS = 0.05
    settings.ROSTRUM_DATA = tmp_path
    engine = SlowEngine()
    monkeypatch.setattr(service, "_render", engine)
    monkeypatch.setattr(service, "_marked_html", lambda document: document.title)
    yield engine
    engine.go.set()


def document(title: str = "<p>x</p>") -> PdfDocument:
    return PdfDocument("k", "t.html", {}, title, "en", "t.pdf")


@pytest.mark.django_db(transaction=True)
def test_a_request_is_told_that_a_file_is_being_made_and_finds_it_later(slow):
    for _ in range(3):
        with pytest.raises(waiting.InTheMaking):
            waiting.obtain(document())
    assert slow.begun.wait(5)
    slow.go.set()
    for begun in list(waiting._line._under_way.values()):
        begun.result(timeout=10)
    assert waiting.obtain(document()).size == 10
    assert slow.count == 1


@pytest.mark.django_db(transaction=True)
def test_no_more_than_so_many_wait_at_a_time(slow, monkeypatch):
    monkeypatch.setattr(waiting, "MOST_WAITING", 1)
    for title in ("<p>x</p>", "<p>y</p>"):
        with pytest.raises(waiting.InTheMaking):
            waiting.obtain(document(title))
    (begun,) = waiting._line._under_way.values()
    slow.go.set()
    begun.result(timeout=10)
    assert slow.count == 1


@pytest.mark.django_db(transaction=True)
def test_a_long_document_takes_a_line_of_its_own(slow, settings):
    settings.ROSTRUM_PDF_PATIENCE_SECONDS = 20
    with pytest.raises(waiting.InTheMaking):
        waiting.obtain(document("<p>x</p>" + NOTE * 301))
    assert slow.begun.wait(5)
    slow.go.set()
    assert waiting.obtain(document()).pages == 1
    assert waiting.LONG_THREADS == 1


@pytest.mark.django_db(transaction=True)
def test_a_failure_in_the_background_reaches_who_asks_next(slow, monkeypatch, settings):
    def fail(prepared):
        raise PdfTimeout(block_id="block-a")

    settings.ROSTRUM_PDF_PATIENCE_SECONDS = 20
    monkeypatch.setattr(service, "_render", fail)
    with pytest.raises(PdfTimeout, match="took too long"):
        waiting.obtain(document(), find_fault=False)
    assert waiting._line._under_way == {}


def test_the_waiting_page_asks_again_by_itself_and_is_not_kept(rf: RequestFactory):
    response = in_the_making(rf.get("/archive/x/pdf/"), waiting.InTheMaking())
    assert (response.status_code, response["Retry-After"]) == (202, "3")
    assert response["Cache-Control"] == "no-store"
    assert '<meta http-equiv="refresh" content="3">' in response.content.decode()
    assert "<script" not in response.content.decode()
