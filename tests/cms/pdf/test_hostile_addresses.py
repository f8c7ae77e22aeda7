"""Over sixty ways to name an address: no socket, no file, no attachment."""

from __future__ import annotations

import json
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings

from cms.pdf import client, engine, font_sets, text
from tests.cms.pdf.conftest import Canary
from tests.cms.pdf.vectors import REFUSED_WHOLE, VECTORS

SECRET = "CANARY-IN-A-FILE"


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """Every document printed once in a process that reports what it opens, beside a server that counts."""
    folder = tmp_path_factory.mktemp("observer")
    secret = folder / "secret.css"
    secret.write_text(f"p::after {{ content: '{SECRET}' }} /* {SECRET} */")
    server = Canary()
    values = {"http": server.url, "host": server.url.removeprefix("http:"), "file": secret}
    documents = {
        name: f"<h1>Still here</h1>{body.format(**values)}<p>End</p>"
        for name, body in {**VECTORS, **REFUSED_WHOLE}.items()
    }
    css = engine.stylesheet_manifest()
    listed = [(a.url, a.content_type, a.sha256, a.path) for a in css.assets.values()]
    config = {"stylesheets": engine.stylesheet_roots(), "assets": listed}
    surroundings = SimpleNamespace(folder=str(folder), font_folders=font_sets.ready_folders())
    done = subprocess.run(
        [sys.executable, "-m", "tests.cms.pdf.observer"],
        input=json.dumps({"config": config, "documents": documents}),
        env=client.Server._environment(surroundings),
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    yield SimpleNamespace(server=server, answers=json.loads(done.stdout), secret=str(secret))
    server.close()


def test_there_are_more_than_sixty_ways(watched):
    assert len(watched.answers) == len(VECTORS) + len(REFUSED_WHOLE)
    assert len(watched.answers) > 60


@pytest.mark.parametrize("name", VECTORS)
def test_nothing_is_opened_asked_or_attached(name, watched):
    answer = watched.answers[name]
    assert (answer["error"], answer["events"]) == ("", [])
    pdf = bytes.fromhex(answer["pdf"])
    printed = text.extract_text(pdf)
    assert "Still here" in printed
    assert SECRET not in printed
    assert [mark for mark in (SECRET.encode(), b"/EmbeddedFile", b"/Filespec") if mark in pdf] == []


@pytest.mark.parametrize("name", REFUSED_WHOLE)
def test_these_are_refused_as_a_whole_and_open_nothing_either(name, watched):
    answer = watched.answers[name]
    assert (answer["error"] != "", answer["events"], answer["pdf"]) == (True, [], "")


def test_the_server_never_heard_of_any(watched):
    assert watched.server.paths == []
