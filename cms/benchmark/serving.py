"""A real server in a process of its own, whose processor time for each request can be read."""

from __future__ import annotations

import os
import signal
import socket
import time
from http.client import HTTPConnection
from types import TracebackType
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from cms.benchmark.database import HOST

REQUESTS = 40  # of one slice


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return


class Served:
    """The whole site as the settings of this moment have it, middleware and all."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        connections.close_all()  # a connection is not shared over a fork
        self.pid = os.fork()
        if self.pid == 0:
            self._serve()

    def _serve(self) -> None:
        try:
            server = WSGIServer(("127.0.0.1", self.port), _Quiet, bind_and_activate=False)
            server.socket.close()
            server.socket = self.listening
            server.server_name, server.server_port = HOST, self.port
            server.setup_environ()
            server.set_app(WSGIHandler())
            server.serve_forever()
        finally:
            os._exit(0)

    def fetch(self, path: str) -> bytes:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Host": HOST, "X-Forwarded-Proto": "https"})
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}.")
        return body

    def seconds(self, path: str) -> float:
        """Processor time of the server for one request."""
        before = self._clock()
        for _request in range(REQUESTS):
            self.fetch(path)
        return (self._clock() - before) / REQUESTS

    def _clock(self) -> float:
        return time.clock_gettime((~self.pid << 3) | 2)  # how Linux names the clock of a process

    def __enter__(self) -> Served:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.listening.close()
