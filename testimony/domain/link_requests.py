"""One request to the public internet, and never to anything else.

Editors type these addresses, so each is treated as hostile: the name is looked up once, every address it has must be
public, and the connection goes to the very address that was looked at. A name that answers differently the
second time gains nothing, nor does a redirect: each is followed by hand, with the same look.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException
from threading import Timer
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, SSLError

from testimony.models import LinkReason

MAX_REDIRECTS = 5
READ_SECONDS, TOTAL_SECONDS = 10, 30
MAX_HEADER_URL = 2000
PORTS = {"http": 80, "https": 443}
HEAD_IS_NO_ANSWER = {400, 401, 403, 404, 405, 406, 410, 429, 500, 501, 502, 503}
# Networks that carry an address of the older kind inside: what is inside decides.
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")
# All that may stand in an address; what is percent-encoded already stays so.
ADDRESS_SIGNS = "/%:@!$&'()*+,;=~[]"
MAX_ADDRESSES = 4

Resolver = Callable[[str, int], list[str]]


@dataclass(frozen=True)
class Answer:
    """How the address answered: a status, or the reason why there is none."""

    status: int | None = None
    reason: LinkReason | None = None


class Refused(Exception):
    """No request was made, or none led anywhere."""

    def __init__(self, reason: LinkReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def resolve(host: str, port: int) -> list[str]:
    """Every address of `host`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether `address` is one of the public internet, whichever way it is written."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None and not is_public(str(inner)):
            return False
        if ip.scope_id or ip.is_site_local or ip in LOCAL_NAT64:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def ask(
    url: str, *, resolver: Resolver = resolve, public: Callable[[str], bool] = is_public
) -> Answer:
    """HEAD, then GET where a site does not answer HEAD. Bodies are never read."""
    until = time.monotonic() + TOTAL_SECONDS
    try:
        answer = _follow("HEAD", url, resolver, public, until)
        if answer.status in HEAD_IS_NO_ANSWER:
            answer = _follow("GET", url, resolver, public, until)
    except Refused as refused:
        return Answer(reason=refused.reason)
    return answer


def _follow(
    method: str, url: str, resolver: Resolver, public: Callable[[str], bool], until: float
) -> Answer:
    for _hop in range(MAX_REDIRECTS + 1):
        status, location = _request(method, url, resolver, public, until)
        if status not in {301, 302, 303, 307, 308} or not location:
            return Answer(status=status)
        try:
            url = urljoin(url, location[:MAX_HEADER_URL])
        except ValueError as error:
            raise Refused(LinkReason.MALFORMED) from error
    raise Refused(LinkReason.REDIRECTS)


def _request(
    method: str, url: str, resolver: Resolver, public: Callable[[str], bool], until: float
) -> tuple[int, str]:
    scheme, host, port, target = _parts(url)
    addresses = _public_addresses(host, port, resolver, public)
    written = f"[{host}]" if ":" in host else host
    named = written if port == PORTS[scheme] else f"{written}:{port}"
    for address in addresses[:-1]:
        try:
            connection = partial(_connection, scheme, host, address, port)
            return _exchange(connection, method, target, named, until)
        except Refused as refused:
            if not isinstance(refused.__cause__, (NewConnectionError, ConnectTimeoutError)):
                raise
    connection = partial(_connection, scheme, host, addresses[-1], port)
    return _exchange(connection, method, target, named, until)


def _exchange(
    connect: Callable[[float], HTTPConnection], method: str, target: str, named: str, until: float
) -> tuple[int, str]:
    """Status and where it leads, asked of one address."""
    left = until - time.monotonic()
    if left <= 0:
        raise Refused(LinkReason.NO_ANSWER)
    headers = {"Host": named, "User-Agent": _agent(), "Accept-Encoding": "identity"}
    connection = connect(min(READ_SECONDS, left))
    # A timeout counts from byte to byte; a site that sends one now and then would hold us for hours.
    guard = Timer(left, _hang_up, [connection])
    guard.start()
    try:
        connection.request(method, target, headers=headers, preload_content=False)
        response = connection.getresponse()
        if time.monotonic() >= until:  # what was cut off looks like an answer
            raise Refused(LinkReason.NO_ANSWER)
        return response.status, _sent(response.headers.get("Location", ""))
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        raise Refused(_reason(error, late=time.monotonic() >= until)) from error
    finally:
        guard.cancel()
        connection.close()


def _sent(location: str) -> str:
    """Header lines are read as Latin-1; addresses in other letters are mostly sent as UTF-8."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _agent() -> str:
    return f"Rostrum link check (+{settings.ROSTRUM_BASE_URL})"


def _connection(scheme: str, host: str, address: str, port: int, seconds: float) -> HTTPConnection:
    """A connection to `address` that proves to be `host`, where there is a certificate to prove it."""
    if scheme == "http":
        return HTTPConnection(address, port, timeout=seconds)
    return HTTPSConnection(
        address,
        port,
        timeout=seconds,
        server_hostname=host,
        assert_hostname=host,
        ssl_context=ssl.create_default_context(),
    )


def _hang_up(connection: HTTPConnection) -> None:
    with suppress(OSError, AttributeError):  # closed already, or never opened
        connection.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]


def _parts(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and what is asked for; other letters in the form of the network."""
    try:
        parts = urlsplit(url.strip())
        scheme = parts.scheme.lower()
        port = parts.port or PORTS.get(scheme, 0)
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii")
        target = quote(parts.path or "/", safe=ADDRESS_SIGNS)
        target += f"?{quote(parts.query, safe=ADDRESS_SIGNS + '?')}" if parts.query else ""
    except (ValueError, UnicodeError) as error:
        raise Refused(LinkReason.MALFORMED) from error
    if scheme not in PORTS or not host or parts.username or parts.password:
        raise Refused(LinkReason.MALFORMED)
    return scheme, host, port, target


def _public_addresses(
    host: str, port: int, resolver: Resolver, public: Callable[[str], bool]
) -> list[str]:
    """The addresses to try in turn. One that is not public among several is reason enough to stop."""
    try:
        addresses = resolver(host, port)
    except (OSError, UnicodeError) as error:
        raise Refused(LinkReason.NO_ADDRESS) from error
    if not addresses:
        raise Refused(LinkReason.NO_ADDRESS)
    if not all(public(address) for address in addresses):
        raise Refused(LinkReason.NOT_PUBLIC)
    return addresses[:MAX_ADDRESSES]


def _reason(error: Exception, *, late: bool) -> LinkReason:
    if isinstance(error, (SSLError, ssl.SSLError)) and not late:
        return LinkReason.CERTIFICATE
    slow = isinstance(error, (ConnectTimeoutError, TimeoutError))
    if late or (slow and not isinstance(error, NewConnectionError)):
        return LinkReason.NO_ANSWER
    return LinkReason.NO_CONNECTION
