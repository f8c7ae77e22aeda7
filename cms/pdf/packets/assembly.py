"""Puts a packet together. Parts are merged, never rendered again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

import pikepdf
from django.utils import translation
from pikepdf import Array, Dictionary, Name, Page, Pdf

from cms.pdf.packets import catalogue, trees
from cms.pdf.packets.navigation import Navigation, page_labels
from cms.pdf.packets.parts import Assembled, Front, Part, Plan, UnusablePart
from cms.pdf.packets.sharing import Pool
from cms.pdf.packets.stamps import Stamps
from cms.pdf.packets.structure import Structure
from cms.pdf.packets.writing import written

# Raise it whenever the merge changes what a packet holds: stored ones are then made anew.
REVISION = 2
LETTER = (0, 0, 612, 792)


def assemble(
    parts: Sequence[Part],
    *,
    title: str,
    language: str,
    front: Front | None = None,
    draft: bool = False,
    double_sided: bool = False,
    author: str = "",
) -> Assembled:
    """One PDF of all parts in their order, tagged, with bookmarks, numbers on the pages and linked contents.

    It claims PDF/UA-1 unless a part comes from outside. Raises UnusablePart for bytes that are no PDF.
    """
    plan = Plan.of(parts, double_sided=double_sided)
    with translation.override(language), ExitStack() as opened:
        merge = _Merge(plan, language, draft)
        opened.enter_context(merge.pdf)
        if front is not None:
            merge.add_front(front, opened)
        for placement in plan.placements:
            merge.add_blanks(plan.blanks_before(placement))
            merge.add_part(placement.part, opened)
        if front is not None:
            merge.navigation.link_contents(merge.front, plan.placements, merge.first_pages)
        return merge.finish(title=title, author=author)


class _Merge:
    """A packet in the making."""

    def __init__(self, plan: Plan, language: str, draft: bool) -> None:
        self.pdf = pikepdf.new()
        self.plan = plan
        self.language = language
        self.structure = Structure(self.pdf, language)
        self.navigation = Navigation(self.pdf)
        self.pool = Pool()
        self.stamps = Stamps(self.pdf, plan.pages, draft=draft)
        self.front: list[Page] = []
        self.first_pages: list[Page] = []
        self.accessible = True
        self.documents = 0

    def add_front(self, front: Front, opened: ExitStack) -> None:
        source = opened.enter_context(trees.opened(front.pdf, front.title))
        self.front = self._take(source, title=front.title, language=front.language)
        if self.plan.double_sided and len(self.front) % 2:
            self.front += self.add_blanks(1)

    def add_part(self, part: Part, opened: ExitStack) -> None:
        source = opened.enter_context(trees.opened(part.pdf, part.title))
        if len(source.pages) != part.pages:
            raise UnusablePart(part.title, f"{len(source.pages)} pages instead of {part.pages}")
        if part.outside:
            pages = self._append(source)
            self.navigation.add_page(pages[0], title=part.title, group=part.group)
            self.accessible = False
        else:
            pages = self._take(source, title=part.title, language=part.language, group=part.group)
        self.first_pages.append(pages[0])

    def add_blanks(self, count: int) -> list[Page]:
        """Empty backs, of the size of the page before."""
        start = len(self.pdf.pages)
        for _number in range(count):
            box = self.pdf.pages[-1].mediabox if len(self.pdf.pages) else LETTER
            blank = Dictionary(
                Type=Name.Page, MediaBox=Array(list(box)), Resources=Dictionary(), Tabs=Name.S
            )
            self.pdf.pages.append(Page(self.pdf.make_indirect(blank)))
            self.structure.add_blank(self.pdf.pages[-1])
        return [self.pdf.pages[index] for index in range(start, len(self.pdf.pages))]

    def _take(self, source: Pdf, *, title: str, language: str, group: str = "") -> list[Page]:
        """A document of our own with all that hangs on it."""
        pages = self._append(source)
        self.documents += 1
        prefix = b"d%d-" % self.documents
        self.structure.add(source, pages, title=title, language=language, prefix=prefix)
        self.navigation.add(source, pages, title=title, prefix=prefix, group=group)
        return pages

    def _append(self, source: Pdf) -> list[Page]:
        start = len(self.pdf.pages)
        for page in source.pages:
            self.pdf.pages.append(page)
        pages = [self.pdf.pages[index] for index in range(start, len(self.pdf.pages))]
        for page in pages:
            self.pool.share(page.obj.get(Name.Resources))
        return pages

    def finish(self, *, title: str, author: str) -> Assembled:
        self._number()
        self.pool.unite_fonts(self.pdf)
        root = self.pdf.Root
        root.StructTreeRoot = self.structure.finish()
        self.navigation.finish()
        root.PageLabels = page_labels(len(self.front))
        catalogue.describe(
            self.pdf,
            title=title,
            language=self.language,
            author=author,
            accessible=self.accessible,
        )
        return Assembled(written(self.pdf), len(self.pdf.pages), self.accessible)

    def _number(self) -> None:
        for index, page in enumerate(self.pdf.pages):
            number = index + 1 - len(self.front)
            if number > 0:
                self.stamps.number(page, number)
            elif index:  # a cover bears no number
                self.stamps.roman(page, index + 1)
