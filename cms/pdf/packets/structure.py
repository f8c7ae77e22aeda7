"""The tags of many files as one structure tree.

Numbers and names that are unique in a file only (keys of the parent tree, ids of elements) are moved out of each
other's way; what an element holds, and the pages it stands on, come along by themselves.
"""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from cms.pdf.packets import trees


class Structure:
    """Grows by one /Part for each document."""

    def __init__(self, pdf: Pdf, language: str) -> None:
        self.pdf = pdf
        self.language = language
        self.next_key = 0
        self.parents: list[tuple[int, Object]] = []
        self.ids: dict[bytes, Object] = {}
        self.roles = Dictionary()
        self.classes = Dictionary()
        self.kids = Array()
        self.document = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, K=self.kids)
        )

    def add(
        self,
        source: Pdf,
        pages: list[Page],
        *,
        title: str,
        language: str,
        prefix: bytes,
        deeper: int = 0,
    ) -> None:
        """Take over the tags of `source`, whose pages were copied as `pages` before. Headings go `deeper` levels down.

        In this order only: elements then point at the copies, since both went through one table of copies.
        """
        root = trees.copied(self.pdf, source, source.Root.StructTreeRoot)
        offset = self.next_key
        for key, value in trees.entries(root.get(Name.ParentTree), "/Nums"):
            self._own(offset + int(key), value)
        _shift(pages, offset)
        part = self._part(root, title, language)
        self._rename(part, prefix, deeper)
        self.kids.append(part)
        for name, ours in ((Name.RoleMap, self.roles), (Name.ClassMap, self.classes)):
            for key, value in (root.get(name) or {}).items():
                ours[key] = value

    def add_blank(self, page: Page) -> None:
        """A page without content still leads to its tags, of which there are none."""
        page.obj.StructParents = self.next_key
        self._own(self.next_key, Array())

    def _own(self, key: int, value: Object) -> None:
        self.parents.append((key, value))
        self.next_key = max(self.next_key, key + 1)

    def _part(self, root: Object, title: str, language: str) -> Object:
        """The document of a file becomes a part of the packet."""
        kids = root.get(Name.K)
        tops = list(kids) if isinstance(kids, Array) else [kids] if kids is not None else []
        if len(tops) == 1 and tops[0].get(Name.S) == Name.Document:
            part = tops[0]
            part.S = Name.Part
        else:
            part = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part))
            part.K = Array(tops)
            for top in tops:
                top.P = part
        part.P = self.document
        part.T = String(title)
        if language != self.language:
            part.Lang = String(language)
        return part

    def _rename(self, top: Object, prefix: bytes, deeper: int) -> None:
        """Ids of elements, and the table cells that name them, made unique in the packet."""
        below = {f"/H{n}": Name(f"/H{min(n + deeper, 6)}") for n in range(1, 7)}
        waiting = [top]
        while waiting:
            element = waiting.pop()
            if deeper:
                element.S = below.get(str(element.S), element.S)
            found = element.get(Name.ID)
            if found is not None:
                name = prefix + bytes(found)
                element.ID = String(name.decode("latin-1"))
                self.ids[name] = element
            attributes = element.get(Name.A)
            if attributes is not None:
                _rename_headers(attributes, prefix)
            kids = element.get(Name.K)
            if kids is None:
                continue
            for kid in kids if isinstance(kids, Array) else (kids,):
                if isinstance(kid, Dictionary) and Name.S in kid:
                    waiting.append(kid)

    def finish(self) -> Object:
        """The tree's root, for the catalogue."""
        root = self.pdf.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array([self.document]),
                ParentTree=trees.number_tree(self.pdf, self.parents),
                ParentTreeNextKey=self.next_key,
            )
        )
        self.document.P = root
        for name, found in ((Name.RoleMap, self.roles), (Name.ClassMap, self.classes)):
            if len(found):
                root[name] = found
        if self.ids:
            root.IDTree = trees.name_tree(self.pdf, self.ids)
        return root


def _shift(pages: list[Page], offset: int) -> None:
    """The numbers by which pages, links and drawings find their entry in the parent tree."""
    drawings: set[tuple[int, int]] = set()
    for page in pages:
        _add(page.obj, Name.StructParents, offset)
        for annotation in page.obj.get(Name.Annots, []):
            _add(annotation, Name.StructParent, offset)
        objects = page.obj.get(Name.Resources, Dictionary()).get(Name.XObject)
        for drawing in objects.values() if objects is not None else ():
            if drawing.objgen not in drawings:
                drawings.add(drawing.objgen)
                _add(drawing, Name.StructParents, offset)
                _add(drawing, Name.StructParent, offset)


def _add(holder: Object, name: Name, offset: int) -> None:
    value = holder.get(name)
    if value is not None:
        holder[name] = int(value) + offset


def _rename_headers(attributes: Object, prefix: bytes) -> None:
    for one in attributes if isinstance(attributes, Array) else (attributes,):
        headers = one.get(Name.Headers) if isinstance(one, Dictionary) else None
        if headers is not None:
            one.Headers = Array([String((prefix + bytes(h)).decode("latin-1")) for h in headers])
