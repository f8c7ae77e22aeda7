"""Requests go to the public internet only: to the address that was looked at, redirects included."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3.connection import HTTPConnection

from testimony.domain import link_requests
from testimony.domain.link_requests import Answer, ask, is_public
from testimony.models import LinkReason

LOCAL = "127.0.0.1"
DROPS = 200  # of the slow answer: ten seconds


class Site(BaseHTTPRequestHandler):
    """Answers by path, and notes what it was asked."""

    def do_GET(self) -> None:
        self.server.asked.append((self.command, self.path, self.headers["Host"]))
        self.server.agents.add(self.headers["User-Agent"])
        path = self.path
        if path == "/slow":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for drop in range(DROPS):
                time.sleep(0.05)
                self.wfile.write(b"X-Drop: 1\r\n")
                self.server.drops = drop + 1
            return
        if path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", path[4:])
        elif path == "/utf-8":
            self.send_response(302)
            self.send_header("Location", "/pública".encode().decode("latin-1"))
        elif path == "/get-only":
            self.send_response(405 if self.command == "HEAD" else 200)
        elif path.strip("/").isdigit():
            self.send_response(int(path.strip("/")))
        else:
            self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *args) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    site = ThreadingHTTPServer((LOCAL, 0), Site)
    site.daemon_threads = True
    thread = threading.Thread(
        target=site.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    yield site
    site.shutdown()
    site.server_close()
    thread.join()


class Names:
    """A resolver that knows what it is told, and notes what it was asked."""

    def __init__(self, **hosts: list[str]) -> None:
        self.hosts = {name.replace("_", "."): found for name, found in hosts.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if host not in self.hosts:
            raise socket.gaierror("no such name")
        found = self.hosts[host]
        return [found.pop(0)] if len(found) > 1 else list(found)


@pytest.fixture
def site(server):
    """Asks the local server as if it were public, under the name source.example."""
    server.asked, server.agents, server.drops = [], set(), 0

    def asking(path: str, names: Names | None = None, public=lambda address: address == LOCAL):
        url = (
            path if path.startswith("http") else f"http://source.example:{server.server_port}{path}"
        )
        resolver = names or Names(source_example=[LOCAL])
        return ask(url, resolver=resolver, public=public)

    asking.server = server
    return asking


def test_a_page_is_asked_for_by_its_name_at_its_address(site, settings):
    settings.ROSTRUM_BASE_URL = "https://testimony.example.org"
    assert site("/page?a=1") == Answer(status=200)

    host = f"source.example:{site.server.server_port}"
    assert site.server.asked == [("HEAD", "/page?a=1", host)]
    assert site.server.agents == {"Rostrum link check (+https://testimony.example.org)"}


@pytest.mark.parametrize("status", [404, 410, 403, 500, 204])
def test_the_status_is_reported(site, status):
    assert site(f"/{status}") == Answer(status=status)


def test_a_site_without_head_is_asked_again(site):
    assert site("/get-only") == Answer(status=200)
    assert [entry[0] for entry in site.server.asked] == ["HEAD", "GET"]


def test_redirects_are_followed_and_each_is_looked_at(site):
    names = Names(source_example=[LOCAL], other_example=[LOCAL])
    there = f"http://other.example:{site.server.server_port}/page"
    assert site(f"/to?{there}", names) == Answer(status=200)
    assert names.asked == ["source.example", "other.example"]
    assert site("/to?/page") == Answer(status=200)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/wiki/Salud_pública", "/wiki/Salud_p%C3%BAblica"),
        ("/a b?q=salud pública&r=50%25", "/a%20b?q=salud%20p%C3%BAblica&r=50%25"),
        ("/p%C3%BAblica", "/p%C3%BAblica"),
    ],
)
def test_other_letters_are_asked_for_as_the_network_writes_them(site, written, sent):
    assert site(written) == Answer(status=200)
    assert [entry[1] for entry in site.server.asked] == [sent]


def test_other_letters_in_a_redirect_and_in_a_name_are_followed(site):
    names = Names(source_example=[LOCAL], **{"xn--salud-pblica-skb_example": [LOCAL]})
    port = site.server.server_port
    assert site("/utf-8", names) == Answer(status=200)
    assert [entry[1] for entry in site.server.asked] == ["/utf-8", "/p%C3%BAblica"]
    assert site(f"http://salud-pública.example:{port}/page", names) == Answer(status=200)
    assert names.asked[-1] == "xn--salud-pblica-skb.example"


def test_the_next_address_is_tried_where_one_does_not_answer(site):
    def both(host: str, port: int) -> list[str]:
        return ["127.0.0.2", LOCAL]

    assert site("/page", both, public=lambda address: True) == Answer(status=200)
    assert len(site.server.asked) == 1


def test_an_address_for_a_name_stands_in_brackets(site, monkeypatch):
    def connect(scheme: str, host: str, address: str, port: int, seconds: float):
        return HTTPConnection(LOCAL, site.server.server_port, timeout=seconds)

    monkeypatch.setattr(link_requests, "_connection", connect)
    for url in ("http://[2606:4700::1]/page", "http://[2606:4700::1]:8080/page"):
        assert ask(url, resolver=lambda host, port: [host]) == Answer(status=200)
    assert [entry[2] for entry in site.server.asked] == ["[2606:4700::1]", "[2606:4700::1]:8080"]


def test_five_redirects_are_enough(site):
    assert site("/to?" * 5 + "/page") == Answer(status=200)
    assert site("/to?" * 6 + "/page") == Answer(reason=LinkReason.REDIRECTS)


@pytest.mark.parametrize("inner", ["10.0.0.1", "169.254.169.254", "::1"])
def test_a_redirect_to_the_inside_is_refused(site, inner):
    names = Names(source_example=[LOCAL], inside_example=[inner])
    assert site("/to?http://inside.example/secret", names) == Answer(reason=LinkReason.NOT_PUBLIC)
    assert [entry[1] for entry in site.server.asked] == ["/to?http://inside.example/secret"]


def test_a_name_is_looked_up_once_for_a_request(site):
    """An answer that changes between the look and the connection would lead inside."""
    names = Names(source_example=[LOCAL, "10.0.0.1"])
    assert site("/page", names) == Answer(status=200)
    assert names.asked == ["source.example"]


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["10.1.2.3"], ["93.184.215.14", "192.168.0.1"], ["::ffff:10.0.0.1"]],
)
def test_no_connection_is_made_to_what_is_not_public(monkeypatch, addresses):
    monkeypatch.setattr(link_requests, "_connection", lambda *args: pytest.fail("connected"))
    answer = ask("http://source.example/", resolver=lambda host, port: addresses)
    assert answer == Answer(reason=LinkReason.NOT_PUBLIC)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://source.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http://[::1",
        "http://source.example:99999/",
        "http://user:word@source.example/",
        "http://" + "a" * 70 + ".example/",
        "",
    ],
)
def test_what_is_no_web_address_is_not_asked(url):
    answer = ask(url, resolver=lambda host, port: pytest.fail("looked up"))
    assert answer == Answer(reason=LinkReason.MALFORMED)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://[::1]/", "http://0x7f000001/", "http://2130706433/"]
)
def test_addresses_of_this_machine_are_refused_however_written(url):
    assert ask(url).reason in {LinkReason.NOT_PUBLIC, LinkReason.NO_ADDRESS}


def test_a_name_that_is_unknown_and_a_port_that_is_closed_are_told_apart(site):
    with socket.socket() as unused:
        unused.bind((LOCAL, 0))
        closed = f"http://source.example:{unused.getsockname()[1]}/"
        assert site(closed) == Answer(reason=LinkReason.NO_CONNECTION)
    assert site("http://nowhere.example/") == Answer(reason=LinkReason.NO_ADDRESS)


def test_a_site_that_drips_is_left(site, monkeypatch):
    monkeypatch.setattr(link_requests, "TOTAL_SECONDS", 0.3)
    assert site("/slow") == Answer(reason=LinkReason.NO_ANSWER)
    assert 0 < site.server.drops < DROPS


def test_a_site_without_a_certificate_is_not_trusted(site):
    secure = f"https://source.example:{site.server.server_port}/"
    assert site(secure) == Answer(reason=LinkReason.CERTIFICATE)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "198.18.0.1", "192.0.2.1", "224.0.0.1", "255.255.255.255", "240.0.0.1"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1"),
        *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "2002:7f00:1::"),
        *("64:ff9b::10.0.0.1", "64:ff9b:1::1", "2001:db8::1", "2001:0:5ef5:79fb::1", "words", ""),
    ],
)
def test_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700:4700::1111"])
def test_public(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_older_address_inside_a_newer_one_is_judged_as_itself(address):
    for written in (f"::ffff:{address}", f"64:ff9b::{address}"):
        assert not is_public(written) or is_public(str(address))
