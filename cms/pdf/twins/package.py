"""The zip around the parts of a Word document: the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows
_IMAGES = {"jpg": "image/jpeg", "png": "image/png"}
_PACKED = frozenset({"jpg", "png"})  # smaller already than a zip makes them


@dataclass
class Relations:
    """What one part names elsewhere, each once."""

    found: dict[tuple[str, str, bool], str] = field(default_factory=dict)

    def add(self, kind: str, target: str, *, is_outside: bool = False) -> str:
        key = (kind, target, is_outside)
        return self.found.setdefault(key, f"rId{len(self.found) + 1}")

    def xml(self) -> bytes:
        rows = []
        for (kind, target, is_outside), key in self.found.items():
            mode = ' TargetMode="External"' if is_outside else ""
            row = f"<Relationship Id={quoteattr(key)} Type={quoteattr(kind)} Target={quoteattr(target)}{mode}/>"
            rows.append(row)
        body = "".join(rows)
        return (
            f'{_XML}<Relationships xmlns="{PACKAGE}/relationships">{body}</Relationships>'.encode()
        )


@dataclass
class Package:
    """Parts by their names; those in `word/` carry their kind, for the list of contents."""

    parts: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, body: bytes, kind: str = "") -> None:
        self.parts[name] = body
        if kind:
            self.kinds[name] = kind

    def add_word(self, name: str, body: bytes, kind: str, relations: Relations | None) -> None:
        self.add(f"word/{name}.xml", body, f"{_WORD}.{kind}+xml")
        if relations is not None and relations.found:
            self.add(f"word/_rels/{name}.xml.rels", relations.xml())

    def zipped(self) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            # The list of contents first: some readers look at nothing else to know what it is.
            for name, body in {"[Content_Types].xml": self._contents(), **self.parts}.items():
                entry = zipfile.ZipInfo(name, _LONG_AGO)
                packed = name.rpartition(".")[2] in _PACKED
                entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                entry.create_system = 3  # whatever system makes it
                archive.writestr(entry, body)
        return held.getvalue()

    def _contents(self) -> bytes:
        usual = {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
        }
        usual |= _IMAGES
        rows = [
            f'<Default Extension="{ending}" ContentType="{kind}"/>'
            for ending, kind in usual.items()
        ]
        rows += [
            f'<Override PartName="/{name}" ContentType="{kind}"/>'
            for name, kind in self.kinds.items()
        ]
        return f'{_XML}<Types xmlns="{PACKAGE}/content-types">{"".join(rows)}</Types>'.encode()
