"""Messages between a web process and the render process: a length, JSON, then raw bytes.

Imported on both sides, so it knows neither Django nor WeasyPrint.
"""

from __future__ import annotations

import hashlib
import json
import socket
import struct
from typing import Any

HEADER = struct.Struct("!QQ")
# What travels with a job's socket: CPU seconds and wall seconds, so that the server can enforce
# them without reading the job itself.
TICKET = struct.Struct("!dd")
MAX_MESSAGE = 64 * 2**20
MAX_BODY = 512 * 2**20


class ProtocolError(Exception):
    """The other side sent something that is not a message."""


def send(connection: socket.socket, message: dict[str, Any], body: bytes = b"") -> None:
    """Write one message. The body's hash travels along, so a torn answer is noticed."""
    message = {**message, "body_sha256": hashlib.sha256(body).hexdigest()}
    encoded = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    connection.sendall(HEADER.pack(len(encoded), len(body)) + encoded + body)


def receive(connection: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """Read one message; None when the other side closed before sending one."""
    header = _read(connection, HEADER.size)
    if not header:
        return None
    if len(header) < HEADER.size:
        raise ProtocolError("The connection closed inside a header.")
    length, body_length = HEADER.unpack(header)
    if length > MAX_MESSAGE or body_length > MAX_BODY:
        raise ProtocolError("A message is larger than allowed.")
    encoded, body = _read(connection, length), _read(connection, body_length)
    if len(encoded) < length or len(body) < body_length:
        raise ProtocolError("The connection closed inside a message.")
    try:
        message = json.loads(encoded.decode("utf-8", "surrogatepass"))
    except ValueError as error:
        raise ProtocolError("A message is not JSON.") from error
    if message.pop("body_sha256", "") != hashlib.sha256(body).hexdigest():
        raise ProtocolError("A message arrived damaged.")
    return message, body


def _read(connection: socket.socket, size: int) -> bytes:
    buffer = bytearray()
    while len(buffer) < size:
        chunk = connection.recv(min(size - len(buffer), 1 << 20))
        if not chunk:
            break
        buffer += chunk
    return bytes(buffer)
