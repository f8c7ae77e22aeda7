"""Ways through a packet: bookmarks, jumps, the links of its contents, page labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext as _
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from cms.pdf.packets import trees
from cms.pdf.packets.parts import PART_URL, Placement


class Navigation:
    """Collects the bookmarks and jumps of one document after another."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.destinations: dict[bytes, Object] = {}
        self.entries: list[tuple[str, Object]] = []  # group, bookmark

    def add(
        self, source: Pdf, pages: list[Page], *, title: str, prefix: bytes, group: str = ""
    ) -> None:
        """Take over the jumps of `source`, and its bookmarks under one of its own."""
        self._take_destinations(source, pages, prefix)
        entry = self._bookmark(title, pages[0])
        outlines = source.Root.get(Name.Outlines)
        if outlines is not None and Name.First in outlines:
            copy = trees.copied(self.pdf, source, outlines)
            _adopt(entry, copy.First, copy.Last)
            _prefix_bookmarks(copy.First, prefix)
        self.entries.append((group, entry))

    def go_on(self, source: Pdf, pages: list[Page], *, prefix: bytes) -> None:
        """Take over the jumps of `source`; its bookmarks stand below those of the document before, as its chapters."""
        self._take_destinations(source, pages, prefix)
        outlines = source.Root.get(Name.Outlines)
        if outlines is None or Name.First not in outlines:
            return
        copy = trees.copied(self.pdf, source, outlines)
        _prefix_bookmarks(copy.First, prefix)
        marks = list(_chain(copy.First))
        for mark in marks:
            for name in (Name.Prev, Name.Next):
                if name in mark:
                    del mark[name]
            if self.entries and len(marks):
                _append(self.entries[-1][1], mark)
        if not self.entries:
            self.entries += [("", mark) for mark in marks]

    def link_across(
        self, pages: Sequence[Page], address: str, prefix: Callable[[int], bytes]
    ) -> None:
        """Turn links to `address` with the number of a chapter and a name in it into jumps."""
        for page in pages:
            for annotation in page.obj.get(Name.Annots, []):
                action = annotation.get(Name.A)
                target = str(action.get(Name.URI, "")) if action is not None else ""
                if not target.startswith(address):
                    continue
                number, _slash, name = unquote(target.removeprefix(address)).partition("/")
                place = prefix(int(number)) + name.encode()
                if place not in self.destinations:
                    raise ValueError(
                        f"A link leads to {name} in chapter {number}, which is not there."
                    )
                del annotation[Name.A]
                annotation.Dest = _named(b"", String(place.decode("latin-1")))
                if str(annotation.Contents) == target:
                    annotation.Contents = String(name)

    def add_page(self, page: Page, *, title: str, group: str = "") -> None:
        """A bookmark without any below it."""
        self.entries.append((group, self._bookmark(title, page)))

    def _bookmark(self, title: str, page: Page) -> Object:
        return self.pdf.make_indirect(Dictionary(Title=String(title), Dest=top_of(page)))

    def _take_destinations(self, source: Pdf, pages: list[Page], prefix: bytes) -> None:
        names = source.Root.get(Name.Names)
        tree = names.get(Name.Dests) if names is not None else None
        if tree is not None:
            for name, target in trees.entries(trees.copied(self.pdf, source, tree), "/Names"):
                self.destinations[prefix + bytes(name)] = target
        for page in pages:
            for annotation in page.obj.get(Name.Annots, []):
                _prefix_jump(annotation, prefix)

    def link_contents(
        self, front: list[Page], placements: Sequence[Placement], first_pages: Sequence[Page]
    ) -> None:
        """Turn the links of the front matter to parts into jumps."""
        for page in front:
            for annotation in page.obj.get(Name.Annots, []):
                action = annotation.get(Name.A)
                address = str(action.get(Name.URI, "")) if action is not None else ""
                digits = address.removeprefix(PART_URL)
                if digits == address or not digits.isdecimal():
                    continue
                number = int(digits)
                if not 1 <= number <= len(placements):
                    raise ValueError(f"The front links to part {number}, which is not there.")
                self.destinations[b"part-%d" % number] = top_of(first_pages[number - 1])
                _link(annotation, number, placements[number - 1])

    def finish(self) -> None:
        """Hang everything into the catalogue."""
        root = self.pdf.Root
        if self.destinations:
            root.Names = Dictionary(Dests=trees.name_tree(self.pdf, self.destinations))
        tops: list[Object] = []
        before = ""
        for group, entry in self.entries:
            if group and group == before:
                _append(tops[-1], entry)
            elif group:
                top = self.pdf.make_indirect(Dictionary(Title=String(group), Dest=entry.Dest))
                _adopt(top, entry, entry)
                tops.append(top)
            else:
                tops.append(entry)
            before = group
        outlines = self.pdf.make_indirect(Dictionary(Type=Name.Outlines))
        for one in tops:
            _append(outlines, one)
        outlines.Count = len(tops)
        root.Outlines = outlines
        root.PageMode = Name.UseOutlines


def top_of(page: Page) -> Array:
    """A jump to the upper left corner of a page, at the reader's own zoom."""
    box = [float(side) for side in page.trimbox]
    return Array([page.obj, Name.XYZ, box[0], box[3], 0])


def _link(annotation: Object, number: int, placement: Placement) -> None:
    """A jump described in words instead of the address that stood for it."""
    if Name.A in annotation:
        del annotation[Name.A]
    annotation.Dest = String(f"part-{number}")
    words = _("%(title)s, page %(page)d")
    annotation.Contents = String(words % {"title": placement.part.title, "page": placement.first})


def page_labels(front_pages: int) -> Dictionary:
    """What readers show as page numbers: the same as is printed."""
    labels: Any = Array()  # the types of pikepdf know no plain numbers in it
    if front_pages:
        labels.extend([0, Dictionary(S=Name.r)])
    labels.extend([front_pages, Dictionary(S=Name.D)])
    return Dictionary(Nums=labels)


def _prefix_jump(holder: Object, prefix: bytes) -> None:
    """A jump by name, written in one of two ways."""
    target = holder.get(Name.Dest)
    if isinstance(target, String):
        holder.Dest = _named(prefix, target)
    action = holder.get(Name.A)
    if action is not None and action.get(Name.S) == Name.GoTo:
        named = action.get(Name.D)
        if isinstance(named, String):
            action.D = _named(prefix, named)


def _named(prefix: bytes, name: Object) -> String:
    data = prefix + bytes(name)
    return String(data.decode("ascii")) if data.isascii() else String(data)  # type: ignore[arg-type]


def _chain(first: Object) -> Iterator[Object]:
    entry: Object | None = first
    while entry is not None:
        following = entry.get(Name.Next)
        yield entry
        entry = following


def open_bookmarks(parent: Object) -> int:
    """Shows the bookmarks of the first two levels: a document and its chapters. Returns how many are shown."""
    tops = list(_chain(parent.First)) if Name.First in parent else []
    shown = 0
    for top in tops:
        below = list(_chain(top.First)) if Name.First in top else []
        if below:
            top.Count = len(below)
        for one in below:
            if Name.First in one:
                one.Count = -len(list(_chain(one.First)))
        shown += 1 + len(below)
    parent.Count = shown
    return shown


def _prefix_bookmarks(first: Object, prefix: bytes) -> None:
    waiting: list[Object] = [first]
    while waiting:
        entry = waiting.pop()
        _prefix_jump(entry, prefix)
        waiting += [entry[name] for name in (Name.First, Name.Next) if name in entry]


def _adopt(parent: Object, first: Object, last: Object) -> None:
    """Make a chain of bookmarks the children of `parent`, folded."""
    parent.First, parent.Last = first, last
    count = 0
    entry: Object | None = first
    while entry is not None:
        entry.Parent = parent
        count += 1
        entry = entry.get(Name.Next)
    parent.Count = -count


def _append(parent: Object, entry: Object) -> None:
    entry.Parent = parent
    if Name.First in parent:
        parent.Last.Next, entry.Prev = entry, parent.Last
    else:
        parent.First = entry
    parent.Last = entry
    parent.Count = int(parent.get(Name.Count, 0)) - 1
