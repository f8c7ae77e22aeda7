"""Fonts and pictures that several documents of a packet hold alike are kept once."""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from cms.pdf.packets.font_union import Misfit, unite

SHARED = (Name.Font, Name.XObject)
DEEPEST = 20
# Each file has entries of its own for these in the parent tree.
OWN = (Name.StructParent, Name.StructParents)


class Pool:
    """Objects by the hash of all they hold."""

    def __init__(self) -> None:
        self.known: dict[bytes, Object] = {}
        self.digests: dict[tuple[int, int], bytes] = {}
        self.done: set[tuple[int, int]] = set()
        self.fonts: dict[tuple[int, int], Object] = {}  # descriptors of embedded TrueType fonts

    def share(self, resources: Object | None) -> None:
        """Replace what `resources` has in common with documents before it."""
        if resources is None or (resources.is_indirect and resources.objgen in self.done):
            return
        if resources.is_indirect:
            self.done.add(resources.objgen)
        for category in SHARED:
            held = resources.get(category)
            if held is not None:
                self._replace(held, 0)
        for font in (resources.get(Name.Font) or {}).values():
            self._note(font)

    def _note(self, font: Object) -> None:
        for descendant in font.get(Name.DescendantFonts, []):
            descriptor = descendant.get(Name.FontDescriptor)
            if descriptor is not None and Name.FontFile2 in descriptor:
                self.fonts[descriptor.objgen] = descriptor

    def unite_fonts(self, pdf: Pdf) -> None:
        """Documents use different letters of the same few faces: one file for each face."""
        faces: dict[str, list[Object]] = defaultdict(list)
        for descriptor in self.fonts.values():
            faces[str(descriptor.FontName).rpartition("+")[2]].append(descriptor)
        for descriptors in faces.values():
            files = {one.FontFile2.objgen: one.FontFile2 for one in descriptors}
            if len(files) < 2:
                continue
            try:
                united = unite(file.read_bytes() for file in files.values())
            except Misfit:
                continue
            packed = Stream(pdf, zlib.compress(united, 9))
            packed.Filter, packed.Length1 = Name.FlateDecode, len(united)
            file = pdf.make_indirect(packed)
            for descriptor in descriptors:
                descriptor.FontFile2 = file

    def _replace(self, holder: Object, depth: int) -> None:
        """Swap the indirect members of a dictionary or an array for equal ones that are known."""
        members = range(len(holder)) if isinstance(holder, Array) else list(holder.keys())
        for member in members:
            value = holder[member]
            if not isinstance(value, Array | Dictionary | Stream) or depth > DEEPEST:
                continue
            if isinstance(value, Array) or not value.is_indirect:
                self._replace(value, depth + 1)
            elif not any(name in value for name in OWN):
                digest = self._digest(value, 0)
                known = self.known.setdefault(digest, value)
                if known.objgen != value.objgen:
                    holder[member] = known
                elif value.objgen not in self.done:
                    self.done.add(value.objgen)
                    self._replace(value, depth + 1)

    def _digest(self, value: Object, depth: int) -> bytes:
        if value.is_indirect and value.objgen in self.digests:
            return self.digests[value.objgen]
        digest = self._hash(value, depth)
        if value.is_indirect:
            self.digests[value.objgen] = digest
        return digest

    def _hash(self, value: Object, depth: int) -> bytes:
        if depth > DEEPEST:
            raise ValueError("The resources of a document are nested too deeply.")
        if not isinstance(value, Array | Dictionary | Stream):
            return value.unparse() if isinstance(value, Object) else repr(value).encode()
        mark = hashlib.sha256(type(value).__name__.encode())
        if isinstance(value, Array):
            members = [(b"", item) for item in value]
        else:
            members = [(key.encode(), item) for key, item in sorted(value.items())]
        if isinstance(value, Stream):
            mark.update(value.read_raw_bytes())
        for name, item in members:
            simple = not isinstance(item, Object)
            inner = repr(item).encode() if simple else self._digest(item, depth + 1)
            mark.update(b"%d:%b=%d:%b" % (len(name), name, len(inner), inner))
        return mark.digest()
