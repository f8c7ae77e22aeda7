"""Long documents are the worker's: what was asked for outlives the process that asked, and the worker that printed."""

from __future__ import annotations

import json
import os

import pytest
from django.core.management import call_command
from django.utils import translation

from cms.pdf import long_queue, progress, service, waiting
from cms.pdf.client import Rendered
from cms.pdf.errors import (
    PdfAssetMissing,
    PdfBusy,
    PdfMissingGlyph,
    PdfTextLost,
    PdfTimeout,
    PdfUnavailable,
    facts_of,
    recalled,
)
from cms.pdf.registry import PdfAttachment, PdfDocument

pytestmark = pytest.mark.django_db
NOTE = '<span class="footnote">n</span>'


@pytest.fixture
def tasks(monkeypatch, settings, tmp_path) -> list[str]:
    """Keys that were given to a worker, which does nothing until it is told to."""
    settings.ROSTRUM_DATA = tmp_path
    settings.ROSTRUM_PDF_PATIENCE_SECONDS = 20
    begun: list[str] = []
    monkeypatch.setattr(long_queue, "is_durable", lambda: True)
    monkeypatch.setattr(type(long_queue.print_long), "enqueue", lambda task, key: begun.append(key))
    monkeypatch.setattr(service, "_marked_html", lambda document: document.title)
    monkeypatch.setattr(service, "_render", rendered)
    return begun


def rendered(prepared: service.Prepared) -> Rendered:
    return Rendered(f"%PDF {len(prepared.job.attachments)}".encode(), 1, (), 0.0)


def long_document() -> PdfDocument:
    data = PdfAttachment("data.json", b"{\xff}", "application/json", "What it says")
    html = f"<p>“a”{NOTE * 301}</p>"
    return PdfDocument("k", "t.html", {}, html, "en", "t.pdf", attachments=(data,))


def ask() -> None:
    with pytest.raises(waiting.InTheMaking):
        waiting.obtain(long_document())


def work(tasks: list[str]) -> None:
    long_queue.print_long.call(tasks.pop())


def orders(tmp_path) -> list[str]:
    return sorted(path.suffix for path in (tmp_path / "long-prints").iterdir())


def test_whoever_asks_for_a_long_document_gets_what_the_worker_printed(tasks, tmp_path):
    for _asker in range(3):
        ask()
    assert (len(tasks), orders(tmp_path)) == (1, [".order"])
    work(tasks)
    with waiting.obtain(long_document()).open() as file:
        assert file.read() == b"%PDF 1"
    assert (tasks, orders(tmp_path)) == ([], [])


@pytest.mark.django_db(transaction=True)
def test_a_short_one_is_not_given_to_the_worker(tasks):
    assert waiting.obtain(PdfDocument("k", "t.html", {}, "<p>x</p>", "en", "t.pdf")).pages == 1
    assert tasks == []


def test_what_a_worker_left_behind_is_begun_again(tasks, tmp_path, capsys):
    ask()
    tasks.clear()  # the worker was killed
    ask()
    assert tasks == []  # it may still be at it
    (path,) = (tmp_path / "long-prints").iterdir()
    os.utime(path, (0, 0))
    ask()
    assert tasks == [path.stem]
    os.utime(path, (0, 0))
    half, writing = (path.with_name(f".writing-{name}") for name in ("half", "now"))
    half.touch()
    os.utime(half, (0, 0))
    writing.touch()
    call_command("print_jobs")
    assert (half.exists(), writing.exists()) == (False, True)
    assert "0 print jobs and 1 long documents taken up again" in capsys.readouterr().out
    assert tasks == [path.stem] * 2


def test_why_it_failed_is_told_to_who_asks_next_and_it_is_tried_again_later(
    tasks, tmp_path, monkeypatch
):
    def fail(prepared):
        raise PdfTimeout(block_id="block-a")

    ask()
    monkeypatch.setattr(service, "_render", fail)
    monkeypatch.setattr(service, "locate_fault", lambda *args, **kwargs: "block-b")
    work(tasks)
    with pytest.raises(PdfTimeout, match=r"took too long and was stopped\. One block") as failure:
        waiting.obtain(long_document())
    assert (failure.value.block_id, tasks) == ("block-b", [])
    # Whoever asks next hears it in their own words.
    with translation.override("es"), pytest.raises(PdfTimeout, match="demasiado y se detuvo"):
        waiting.obtain(long_document())
    (path,) = (tmp_path / "long-prints").iterdir()
    os.utime(path, (0, 0))
    ask()
    assert len(tasks) == 1


def test_the_page_that_the_worker_is_at_is_told(tasks, tmp_path, monkeypatch):
    seen: list[int] = []

    def printing(prepared):
        progress.printed(6)
        with pytest.raises(waiting.InTheMaking) as wait:
            waiting.obtain(long_document())
        seen.append(wait.value.page)
        return rendered(prepared)

    ask()
    monkeypatch.setattr(service, "_render", printing)
    work(tasks)
    assert (seen, orders(tmp_path)) == ([7], [])


@pytest.mark.parametrize("error", [
    PdfTextLost(words="Ada", block_id="block-a"), PdfMissingGlyph(words="\u4e00"), PdfTimeout("Own words"),
    PdfAssetMissing("asset://static/x"), PdfUnavailable("No library"),
])  # fmt: skip
def test_a_failure_is_remembered_as_facts(error):
    again = recalled(json.loads(json.dumps(facts_of(error))))
    assert (str(again), vars(again)) == (str(error), vars(error))


def test_a_busy_engine_is_asked_again(tasks, tmp_path, monkeypatch):
    def busy(prepared):
        raise PdfBusy

    ask()
    monkeypatch.setattr(service, "_render", busy)
    key = tasks[0]
    work(tasks)
    assert (tasks, orders(tmp_path)) == ([key], [".order"])


@pytest.mark.parametrize("text", ["", "{", '{"html": "of another version"}'])
def test_an_order_that_cannot_be_read_does_not_wait_for_ever(tasks, tmp_path, text):
    ask()
    (path,) = (tmp_path / "long-prints").iterdir()
    path.write_text(text)
    work(tasks)
    assert orders(tmp_path) == [".failed"]


def test_a_full_disk_leaves_no_half_of_a_draft(tasks, tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError):
        waiting.obtain(long_document())
    assert orders(tmp_path) == []


def test_a_worker_of_another_version_does_not_print_for_ever(tasks, tmp_path, monkeypatch):
    ask()
    monkeypatch.setattr("cms.pdf.store.content_key", lambda parts: "f" * 64)
    work(tasks)
    assert orders(tmp_path) == [".failed"]
