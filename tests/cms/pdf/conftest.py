"""Means shared by the PDF tests: a plain document, and a server that counts who calls it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cms.pdf import service

PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
    "</head><body>{body}</body></html>"
)


@pytest.fixture
def page() -> Callable[..., str]:
    def build(body: str, *, title: str = "A document", language: str = "en") -> str:
        return PAGE.format(body=body, title=title, language=language)

    return build


@pytest.fixture
def pdf(page) -> Callable[..., service.RenderResult]:
    """Print a body through the real engine."""

    def build(body: str, **values: str) -> service.RenderResult:
        return service.render_html(page(body, **values), language=values.get("language", "en"))

    return build


class Canary:
    """An HTTP server on this machine that should never hear from a PDF."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        canary = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                canary.paths.append(self.path)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    server = Canary()
    yield server
    server.close()
