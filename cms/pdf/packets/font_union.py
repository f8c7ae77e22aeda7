"""Subsets of one face, cut for different documents, as one font file.

The engine keeps the numbers of glyphs when it cuts a face, so the glyphs of several subsets fit into one file as they
are. What does not fit (another version of the face, another format) is left as it is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

TABLE = struct.Struct(">4sLLL")
KEPT = (
    b"cvt ",
    b"fpgm",
    b"prep",
    b"gasp",
)  # the same in every subset, or the files are not of one face
NEEDED = (b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp")
CHECKSUM_GOAL = 0xB1B0AFBA


class Misfit(Exception):
    """These files cannot be one."""


class Subset:
    """The tables of a TrueType file, and its glyphs by number."""

    def __init__(self, data: bytes) -> None:
        self.tables = _tables(data)
        if any(name not in self.tables for name in NEEDED):
            raise Misfit
        head, hhea, maxp = (self.tables[name] for name in (b"head", b"hhea", b"maxp"))
        self.count = struct.unpack_from(">H", maxp, 4)[0]
        self.units = struct.unpack_from(">H", head, 18)[0]
        self.offsets = self._offsets(struct.unpack_from(">h", head, 50)[0])
        self.full_metrics = struct.unpack_from(">H", hhea, 34)[0]
        if self.full_metrics < 1:
            raise Misfit

    def _offsets(self, is_long: int) -> tuple[int, ...]:
        form = f">{self.count + 1}{'L' if is_long else 'H'}"
        found = struct.unpack_from(form, self.tables[b"loca"])
        return found if is_long else tuple(2 * offset for offset in found)

    def glyph(self, number: int) -> bytes:
        if number >= self.count:
            return b""
        return self.tables[b"glyf"][self.offsets[number] : self.offsets[number + 1]]

    def metric(self, number: int) -> bytes:
        """Advance and left side bearing, four bytes."""
        if number >= self.count:
            return b"\0\0\0\0"
        hmtx, full = self.tables[b"hmtx"], self.full_metrics
        if number < full:
            return hmtx[4 * number : 4 * number + 4]
        bearing = 4 * full + 2 * (number - full)
        return hmtx[4 * full - 4 : 4 * full - 2] + hmtx[bearing : bearing + 2]


def unite(files: Iterable[bytes]) -> bytes:
    """One file with the glyphs of all. Raises Misfit."""
    try:
        subsets = [Subset(data) for data in files]
    except struct.error as error:
        raise Misfit from error
    largest = max(subsets, key=lambda one: one.count)
    for other in subsets:
        kept = [other.tables.get(name) == largest.tables.get(name) for name in KEPT]
        if other.units != largest.units or not all(kept):
            raise Misfit
    glyphs, metrics = _glyphs(subsets, largest.count)
    return _written(largest, subsets, glyphs, metrics)


def _glyphs(subsets: list[Subset], count: int) -> tuple[list[bytes], list[bytes]]:
    """Of each number the one drawing that there is; an empty one where no subset has it."""
    glyphs, metrics = [b""] * count, [b"\0\0\0\0"] * count
    for subset in subsets:
        for number in range(subset.count):
            drawn = subset.glyph(number)
            if drawn and not glyphs[number]:
                glyphs[number], metrics[number] = drawn, subset.metric(number)
            elif drawn and (drawn, subset.metric(number)) != (glyphs[number], metrics[number]):
                raise Misfit
            elif not glyphs[number] and metrics[number] == b"\0\0\0\0":
                metrics[number] = subset.metric(number)
    return glyphs, metrics


def _written(
    base: Subset, subsets: list[Subset], glyphs: list[bytes], metrics: list[bytes]
) -> bytes:
    padded = [drawn + b"\0" * (-len(drawn) % 4) for drawn in glyphs]
    offsets = [0]
    for drawn in padded:
        offsets.append(offsets[-1] + len(drawn))
    head, hhea = bytearray(base.tables[b"head"]), bytearray(base.tables[b"hhea"])
    struct.pack_into(">L", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)
    struct.pack_into(">H", hhea, 34, len(glyphs))
    tables = {name: base.tables[name] for name in KEPT if name in base.tables}
    tables |= {
        b"glyf": b"".join(padded),
        b"head": bytes(head),
        b"hhea": bytes(hhea),
        b"hmtx": b"".join(metrics),
        b"loca": struct.pack(f">{len(offsets)}L", *offsets),
        b"maxp": _largest_limits([one.tables[b"maxp"] for one in subsets], len(glyphs)),
    }
    return _file(tables)


def _largest_limits(tables: list[bytes], count: int) -> bytes:
    """Of each limit the highest that a subset states."""
    form = f">{(len(tables[0]) - 4) // 2}H"
    highest = [
        max(column)
        for column in zip(*(struct.unpack_from(form, t, 4) for t in tables), strict=True)
    ]
    highest[0] = count
    return tables[0][:4] + struct.pack(form, *highest)


def _tables(data: bytes) -> dict[bytes, bytes]:
    if data[:4] not in (b"\0\1\0\0", b"true"):
        raise Misfit
    found = {}
    for index in range(struct.unpack_from(">H", data, 4)[0]):
        name, _sum, offset, length = TABLE.unpack_from(data, 12 + TABLE.size * index)
        found[name] = data[offset : offset + length]
    return found


def _file(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(
        ">4sHHHH", b"\0\1\0\0", count, 16 * power, power.bit_length() - 1, 16 * (count - power)
    )
    offset = len(header) + TABLE.size * count
    directory, body = b"", b""
    places = {}
    for name, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        places[name] = offset + len(body)
        directory += TABLE.pack(name, _checksum(padded), places[name], len(data))
        body += padded
    whole = bytearray(header + directory + body)
    adjustment = (CHECKSUM_GOAL - _checksum(bytes(whole))) & 0xFFFFFFFF
    struct.pack_into(">L", whole, places[b"head"] + 8, adjustment)
    return bytes(whole)


def _checksum(data: bytes) -> int:
    return sum(struct.unpack(f">{len(data) // 4}L", data)) & 0xFFFFFFFF
