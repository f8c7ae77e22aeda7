"""Endless and greedy documents cost their own job only.

By default each is stopped after a fraction of a second. `PDF_HOSTILE_SECONDS=15` runs them at the real limit of
processor time (six minutes in all).
"""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from cms.pdf import assets, client, engine
from cms.pdf.client import Job, Limits, RenderClient
from cms.pdf.errors import PdfRenderError, PdfTooLarge
from tests.cms.pdf.conftest import PAGE
from tests.cms.pdf.hangs import MEASURED, OURS

SECONDS = float(os.environ.get("PDF_HOSTILE_SECONDS", "0.2"))
LIMITS = Limits(cpu=SECONDS, wall=SECONDS * (2 if SECONDS >= 1 else 1), memory=700)
# After the limit: for the report, and on a busy machine for everything else that runs.
BUSY = os.getloadavg()[0] > (os.cpu_count() or 1)
SLACK = 1 if SECONDS >= 1 and not BUSY else 4
PLAIN = "<h1>Plain</h1><p>A short document.</p>"


@pytest.fixture(scope="module")
def css():
    return engine.stylesheet_manifest()


@pytest.fixture(scope="module")
def job(css):
    def build(body: str) -> Job:
        html = PAGE.format(body=body, title="A document", language="en")
        return Job(html, "en", assets.collect(css.assets))

    return build


@pytest.fixture(scope="module")
def plain(job, css) -> bytes:
    """The short document, printed before any of the others."""
    return client.client().render(job(PLAIN), css).pdf


def test_there_are_thirteen_measured_ones_and_ten_of_ours():
    assert (len(MEASURED), len(OURS)) == (13, 10)


@pytest.mark.parametrize("name", [*MEASURED, *OURS])
def test_it_is_stopped_and_the_next_document_is_untouched(name, job, css, plain):
    hostile = job({**MEASURED, **OURS}[name]())
    begun = time.monotonic()
    with pytest.raises(PdfRenderError):
        client.client().render(hostile, css, LIMITS)
    assert time.monotonic() - begun < LIMITS.wall + SLACK
    assert client.client().render(job(PLAIN), css).pdf == plain


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture(scope="module")
def own_client():
    made = RenderClient()
    yield made
    made.close()


SLOW = "<table>" + "<tr><td>1</td></tr>" * 500 + "</table>"


def wait_for_quiet(pid: int) -> None:
    """Until the child of an earlier document is gone too."""
    until = time.monotonic() + 30
    while children_of(pid) and time.monotonic() < until:
        time.sleep(0.005)


def killing_the_child(server_pid: int, times: int) -> threading.Thread:
    """Kills the render that is under way, as an administrator or the system's memory guard would."""

    wait_for_quiet(server_pid)

    def run() -> None:
        killed: set[int] = set()
        until = time.monotonic() + 30
        while len(killed) < times and time.monotonic() < until:
            for child in set(children_of(server_pid)) - killed:
                os.kill(child, signal.SIGKILL)
                killed.add(child)
            time.sleep(0.005)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_render_that_is_killed_is_done_again(job, css, own_client):
    expected = own_client.render(job(SLOW), css).pdf
    killer = killing_the_child(own_client.pid(), times=1)
    assert own_client.render(job(SLOW), css).pdf == expected
    killer.join()


def test_a_render_that_is_killed_each_time_is_given_up(job, css, own_client):
    own_client.render(job(PLAIN), css)
    killer = killing_the_child(own_client.pid(), times=2)
    with pytest.raises(PdfTooLarge):
        own_client.render(job(SLOW), css)
    killer.join()


def test_a_render_process_that_is_killed_in_the_middle_loses_no_document(job, css, own_client):
    expected = own_client.render(job(SLOW), css).pdf
    server = own_client.pid()
    wait_for_quiet(server)

    def kill() -> None:
        until = time.monotonic() + 30
        while not children_of(server) and time.monotonic() < until:
            time.sleep(0.005)
        os.kill(server, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    assert own_client.render(job(SLOW), css).pdf == expected
    assert own_client.pid() != server
    thread.join()
