"""The render process: limits, isolation of failures, restarts, the same bytes every time."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading

import pytest
from django.conf import settings

from cms.pdf import assets, client, engine, protocol
from cms.pdf.client import Job, Limits, RenderClient
from cms.pdf.errors import PdfRenderError, PdfTimeout, PdfTooLarge, PdfUnavailable

PLAIN = "<h1>Plain</h1><p>A short document.</p>"
HANGS = {
    "nested flex": '<div style="display:flex">' * 14 + "x" + "</div>" * 14,
    "nested columns": '<div style="columns:2">' * 5 + "x " * 5 + "</div>" * 5,
    "nested svg use": (
        '<svg width="9" height="9"><g id="a0"><rect width="1" height="1"/></g>'
        + "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 8))
        + "</svg>"
    ),
    "doubling variables": (
        "<style>p{--v0:xxxx;"
        + "".join(f"--v{n}:var(--v{n - 1}) var(--v{n - 1});" for n in range(1, 27))
        + "font-family:var(--v26)}</style><p>x</p>"
    ),
}
LIMITS = Limits(cpu=1, wall=20, memory=700)


@pytest.fixture
def job(page):
    def build(body: str, **values: object) -> Job:
        html = page(body)
        css = engine.stylesheet_manifest()
        manifest = assets.collect([*css.assets, *assets.urls_in_html(html)])
        return Job(html, "en", manifest, **values)

    return build


@pytest.fixture
def css():
    return engine.stylesheet_manifest()


@pytest.fixture(scope="module")
def own_client():
    """A client with a render process of its own."""
    made = RenderClient()
    yield made
    made.close()


@pytest.mark.parametrize("name", HANGS)
def test_a_document_that_hangs_is_stopped_and_the_next_is_untouched(name, job, css):
    before = client.client().render(job(PLAIN), css).pdf
    with pytest.raises(PdfTimeout, match="took too long"):
        client.client().render(job(HANGS[name]), css, LIMITS)
    assert client.client().render(job(PLAIN), css).pdf == before


def test_the_wall_clock_stops_what_uses_no_processor_time(job, css):
    with pytest.raises(PdfTimeout):
        client.client().render(job(HANGS["nested flex"]), css, Limits(cpu=60, wall=1, memory=700))


def test_a_document_that_needs_too_much_memory_is_told_so(job, css):
    table = '<table><tr><td colspan="1000000000">x</td></tr></table>'
    with pytest.raises(PdfTooLarge, match="more memory"):
        client.client().render(job(table), css, Limits(cpu=20, wall=30, memory=300))


def test_a_document_that_breaks_the_engine_is_an_answer_too(job, css):
    deep = "<div>" * 800 + "x" + "</div>" * 800
    with pytest.raises(PdfRenderError, match="could not be made into a PDF") as caught:
        client.client().render(job(f'<section id="block-deep">{deep}</section>'), css)
    assert "RecursionError" in caught.value.detail
    assert caught.value.block_id == "block-deep"


def test_two_render_processes_give_the_same_bytes(job, css, own_client):
    body = "<h1>Nguyễn</h1><p>One <b>bold</b> <i>word</i>.</p>" * 20
    first = client.client().render(job(body), css)
    client.client().render(job(PLAIN), css)
    second = own_client.render(job(body), css)
    assert own_client.pid() != client.client().pid()
    assert hashlib.sha256(first.pdf).hexdigest() == hashlib.sha256(second.pdf).hexdigest()


def test_a_killed_render_process_is_replaced(job, css, own_client):
    before = own_client.render(job(PLAIN), css).pdf
    killed = own_client.pid()
    os.kill(killed, signal.SIGKILL)
    assert own_client.render(job(PLAIN), css).pdf == before
    assert own_client.pid() != killed


def test_a_process_killed_under_a_job_makes_the_job_start_again(job, css, own_client, monkeypatch):
    expected = own_client.render(job(PLAIN), css).pdf
    killed = own_client.pid()
    real = client.Server.submit

    def submit(server, *args):
        if server.process.pid == killed:
            os.kill(killed, signal.SIGKILL)
            server.process.wait()
        return real(server, *args)

    monkeypatch.setattr(client.Server, "submit", submit)
    assert own_client.render(job(PLAIN), css).pdf == expected


def test_a_worn_process_is_replaced_between_jobs(job, css, own_client, monkeypatch):
    own_client.close()
    monkeypatch.setattr(client, "JOBS_PER_SERVER", 2)
    pids = []
    for _ in range(3):
        own_client.render(job(PLAIN), css)
        pids.append(own_client.pid())
    assert pids[0] == pids[1] != pids[2]


def test_changed_stylesheets_start_a_new_process(job, css, own_client, monkeypatch, tmp_path):
    plain = own_client.render(job(PLAIN), css)
    sheet = tmp_path / "print.css"
    sheet.write_text("@page { size: A5 } h1 { break-after: page }")
    real = assets.finders.find
    changed = {"rostrum/css/print.css": str(sheet)}
    monkeypatch.setattr(assets.finders, "find", lambda name: changed.get(name) or real(name))
    other = own_client.render(job(PLAIN), engine.stylesheet_manifest())
    assert (plain.pages, other.pages) == (1, 2)


def test_threads_share_one_process(job, css, own_client):
    own_client.render(job(PLAIN), css)
    results: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: results.append(own_client.render(job(PLAIN), css).pdf))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 6
    assert len(set(results)) == 1


def test_closing_ends_the_process_and_removes_its_folder(job, css, own_client):
    own_client.render(job(PLAIN), css)
    server = own_client._server
    own_client.close()
    assert server.process.returncode == 0
    assert not os.path.exists(server.folder)
    assert own_client.pid() is None


def test_an_engine_that_cannot_start_says_so_and_keeps_the_reason(
    css, monkeypatch, own_client, job
):
    own_client.close()
    monkeypatch.setattr(client.Server, "_environment", lambda self: {"PATH": os.defpath})
    with pytest.raises(PdfUnavailable, match="could not start") as caught:
        own_client.render(job(PLAIN), css)
    assert "No module named" in str(caught.value.__cause__)


def test_missing_system_libraries_are_named(css, monkeypatch, own_client, job):
    own_client.close()
    monkeypatch.setattr(engine, "missing_libraries", lambda: [engine.LIBRARIES[0]])
    with pytest.raises(PdfUnavailable, match=r"system libraries are missing \(Pango\)"):
        own_client.render(job(PLAIN), css)


WITHOUT_WEASYPRINT = """
import io, sys, django
django.setup()
from django.core.management import call_command
from cms.pdf import service
call_command("check", stdout=io.StringIO(), stderr=io.StringIO())
result = service.render_html("<html lang='en'><title>T</title><p>x</p></html>")
print(result.pages, "weasyprint" in sys.modules, "fontTools" in sys.modules)
"""


def test_web_processes_never_load_the_engine():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WITHOUT_WEASYPRINT],
        env={"PYTHONPATH": str(settings.BASE_DIR), "DJANGO_SETTINGS_MODULE": "cms.settings.test",
             "ROSTRUM_DATA": str(settings.ROSTRUM_DATA)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["1", "False", "False"]


def test_messages_survive_the_way_and_damage_is_noticed():
    left, right = socket.socketpair()
    with left, right:
        protocol.send(left, {"text": "tiền \ud800"}, b"body")
        assert protocol.receive(right) == ({"text": "tiền \ud800"}, b"body")
        left.sendall(protocol.HEADER.pack(2, 1) + b"{}" + b"x")
        with pytest.raises(protocol.ProtocolError, match="damaged"):
            protocol.receive(right)
        left.sendall(protocol.HEADER.pack(protocol.MAX_MESSAGE + 1, 0))
        with pytest.raises(protocol.ProtocolError, match="larger than allowed"):
            protocol.receive(right)
        left.sendall(protocol.HEADER.pack(1, 0) + b"{")
        with pytest.raises(protocol.ProtocolError, match="not JSON"):
            protocol.receive(right)


@pytest.mark.parametrize("sent", [b"\0\0\0", protocol.HEADER.pack(10, 0) + b"{"])
def test_a_line_that_drops_inside_a_message_is_noticed(sent):
    left, right = socket.socketpair()
    with right:
        with left:
            left.sendall(sent)
        with pytest.raises(protocol.ProtocolError, match="closed inside"):
            protocol.receive(right)


def test_a_closed_line_is_no_message():
    left, right = socket.socketpair()
    left.close()
    with right:
        assert protocol.receive(right) is None
