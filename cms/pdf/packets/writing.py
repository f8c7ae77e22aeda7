"""Writes a finished file small: what is alike stands together.

A packet has thousands of tags, links and jumps of a hundred bytes each. pikepdf packs them by the hundred in the order
in which they are met; sorted by kind and packed by the five hundred they take half as much. Streams are left as they
are. The same objects make the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from pikepdf import Name, Object, Pdf, Stream

PACKED = 500  # objects in a stream: readers unpack all of it for one of them
STRONGEST = 9
HEADER = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
# Strings come first: what looks like a reference in one is none.
_REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|\b(\d+) 0 R\b", re.DOTALL)
_KIND = re.compile(rb"/(?:S|Subtype|Type) /(\w+)")


@dataclass(frozen=True)
class _Body:
    """One object as it is written, with the numbers it had: the references in it are renumbered last."""

    number: int
    text: bytes  # of a stream, its dictionary
    data: bytes | None = None

    @property
    def kind(self) -> tuple[bool, list[bytes]]:
        return self.data is None, _KIND.findall(self.text)


def written(pdf: Pdf) -> bytes:
    """The bytes of a file that pikepdf put together. It must not be encrypted."""
    root, about = pdf.Root.objgen[0], pdf.trailer.get(Name.Info)
    starts = [root] if about is None else [root, about.objgen[0]]
    bodies = sorted(_reachable(pdf, starts), key=lambda body: body.kind)
    numbers = {body.number: place for place, body in enumerate(bodies, start=1)}
    file = _File()
    packed = [body for body in bodies if body.data is None]
    for body in bodies:
        if body.data is not None:
            file.add(numbers[body.number], _renumbered(body.text, numbers), body.data)
    for start in range(0, len(packed), PACKED):
        some = packed[start : start + PACKED]
        stream = len(bodies) + 1 + start // PACKED
        texts = [(numbers[body.number], _renumbered(body.text, numbers)) for body in some]
        file.pack(stream, texts)
    return file.ended([numbers[start] for start in starts])


def _reachable(pdf: Pdf, starts: Iterable[int]) -> list[_Body]:
    """Everything that hangs together with `starts`; what was replaced by something alike is left behind."""
    found: list[_Body] = []
    waiting = list(starts)
    known = set(waiting)
    for number in waiting:
        body = _body(number, pdf.get_object(number, 0))
        found.append(body)
        for match in _REFERENCE.finditer(body.text):
            if match[1] is not None and (other := int(match[1])) not in known:
                known.add(other)
                waiting.append(other)
    return found


def _body(number: int, item: Object) -> _Body:
    if not isinstance(item, Stream):
        return _Body(number, item.unparse(resolved=True))
    data = item.read_raw_bytes()
    named = {key: value for key, value in item.stream_dict.items() if key != "/Length"}
    told = b" ".join(b"%b %b" % (_name(key), _value(value)) for key, value in named.items())
    return _Body(number, b"<< %b /Length %d >>" % (told, len(data)), data)


def _name(key: str) -> bytes:
    return Name(key).unparse()


def _value(value: Object) -> bytes:
    """Numbers come as numbers of Python."""
    if isinstance(value, Object):
        return value.unparse()
    return str(value).lower().encode("ascii")


def _renumbered(text: bytes, numbers: dict[int, int]) -> bytes:
    def renumber(match: re.Match[bytes]) -> bytes:
        return match[0] if match[1] is None else b"%d 0 R" % numbers[int(match[1])]

    return _REFERENCE.sub(renumber, text)


class _File:
    """A file in the making, and where each object stands in it."""

    def __init__(self) -> None:
        self.parts: list[bytes] = [HEADER]
        self.length = len(HEADER)
        self.places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}

    def add(self, number: int, dictionary: bytes, data: bytes) -> None:
        self.places[number] = (1, self.length, 0)
        part = b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, dictionary, data)
        self.parts.append(part)
        self.length += len(part)

    def pack(self, number: int, texts: list[tuple[int, bytes]]) -> None:
        """Several objects in one stream."""
        directory, offset = [], 0
        for place, (one, text) in enumerate(texts):
            self.places[one] = (2, number, place)
            directory.append(b"%d %d" % (one, offset))
            offset += len(text) + 1
        head = b" ".join(directory) + b"\n"
        data = zlib.compress(head + b"\n".join(text for _one, text in texts), STRONGEST)
        told = (len(texts), len(head), len(data))
        self.add(
            number,
            b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>" % told,
            data,
        )

    def ended(self, starts: list[int]) -> bytes:
        """With the list of places and the end."""
        number, start = len(self.places), self.length
        self.places[number] = (1, start, 0)
        rows = [self.places[one] for one in range(number + 1)]
        data = zlib.compress(_predicted(rows), STRONGEST)
        names = (b"/Root", b"/Info")
        named = b" ".join(b"%b %d 0 R" % pair for pair in zip(names, starts, strict=False))
        mark = hashlib.sha256(b"".join(self.parts)).hexdigest()[:32].encode()
        dictionary = (
            b"<< /Type /XRef /Size %d /W [ 1 4 2 ] %b /ID [ <%b> <%b> ] /Filter /FlateDecode "
            b"/DecodeParms << /Columns 7 /Predictor 12 >> /Length %d >>"
        ) % (number + 1, named, mark, mark, len(data))
        self.add(number, dictionary, data)
        return b"".join([*self.parts, b"startxref\n%d\n%%%%EOF\n" % start])


def _predicted(rows: list[tuple[int, int, int]]) -> bytes:
    """Each row as what it differs from the one above, which packs better."""
    lines, before = [], bytes(7)
    for kind, place, index in rows:
        row = b"%c%b%b" % (kind, place.to_bytes(4, "big"), index.to_bytes(2, "big"))
        lines.append(b"\x02" + bytes((a - b) & 0xFF for a, b in zip(row, before, strict=True)))
        before = row
    return b"".join(lines)
