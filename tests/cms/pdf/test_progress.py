"""Whoever waits for a long document is told at which page it is."""

from __future__ import annotations

import logging
import socket
from types import SimpleNamespace

from django.test import RequestFactory

from cms.pdf import by_chapter, client, job, progress, protocol, waiting
from cms.pdf.chapters import Chapter, Chapters
from cms.views.pdf import in_the_making


def test_each_chapter_that_is_done_is_told(monkeypatch):
    told: list[int] = []
    cut = Chapters(tuple(Chapter(f"C{n}", "<p>x</p>") for n in range(4)), "<html></head>")
    piece = SimpleNamespace(pages=7, warnings=[], report={}, title="C")

    def stored(html, title, *, is_first=False):
        return SimpleNamespace(**{**vars(piece), "pages": 1 if is_first else 7})

    monkeypatch.setattr(by_chapter, "_bound", lambda *parts: b"pdf")
    with progress.told_to(told.append):
        done = by_chapter.rendered(cut, "en", stored)

    assert told == [7, 14, 21]
    assert (done.pdf, done.pages) == (b"pdf", 22)


def test_the_engine_tells_its_pages_and_none_twice(monkeypatch):
    near, far = socket.socketpair()
    monkeypatch.setattr(job, "TELL_EVERY", 0)
    engine = logging.getLogger("weasyprint.progress")
    told: list[int] = []
    with near, far:
        with job.told_pages(far):
            for page in (1, 2, 3, 2, 4):  # laid out again from the second on
                engine.info("Step 5 - Creating layout - Page %d", page)
            engine.info("Step 6 - Creating PDF")
        engine.info("Step 5 - Creating layout - Page %d", 9)
        protocol.send(far, {"ok": True})
        with progress.told_to(told.append), progress.after(20):
            answer = client._awaited(near)

    assert (told, answer and answer[0]) == ([21, 22, 23], {"ok": True})


def test_nobody_has_to_listen():
    progress.printed(3)


def test_the_page_that_is_being_made_is_the_one_after_those_done():
    line = waiting._Line()
    before = line.page("k")
    line._note("k", 6)

    assert (before, line.page("k")) == (0, 7)


def test_the_page_that_waits_says_so(rf: RequestFactory):
    known = in_the_making(rf.get("/x/pdf/"), waiting.InTheMaking(7)).content.decode()
    unknown = in_the_making(rf.get("/x/pdf/"), waiting.InTheMaking()).content.decode()

    assert ("Making page 7 …" in known, "Making page" in unknown) == (True, False)
