"""Binds the chapters of one document: one title, one row of page numbers, one tree of tags and of bookmarks.

The opening brings what the document says of itself, and the files attached to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

import pikepdf
from django.utils import translation
from pikepdf import Dictionary, Name, Object, Page, Pdf

from cms.pdf.chapters import ANCHOR_URL
from cms.pdf.packets import trees
from cms.pdf.packets.navigation import Navigation, open_bookmarks
from cms.pdf.packets.parts import Part, Plan, UnusablePart
from cms.pdf.packets.sharing import Pool
from cms.pdf.packets.stamps import bracketed
from cms.pdf.packets.structure import Structure
from cms.pdf.packets.writing import written

FOLIO = "/Folio"
BEGIN = "/Artifact <</Type /Pagination /Subtype /Footer>> BDC"
_MARKS = {"BDC", "BMC", "EMC"}
_OF_THE_WHOLE = ("/Metadata", "/OutputIntents", "/ViewerPreferences", "/MarkInfo", "/Lang", "/AF")


def bind(chapters: Sequence[Part], numbers: bytes, *, language: str) -> bytes:
    """One PDF of all chapters, the first of them the opening. `numbers` has a page for each with nothing but its number.

    Raises UnusablePart.
    """
    with translation.override(language), ExitStack() as stack:
        pdf = stack.enter_context(pikepdf.new())
        sources = [stack.enter_context(trees.opened(one.pdf, one.title)) for one in chapters]
        leaves = stack.enter_context(trees.opened(numbers, chapters[0].title))
        _Binding(pdf, chapters, sources, language).bind(leaves)
        return written(pdf)


class _Binding:
    """A document in the making."""

    def __init__(
        self, pdf: Pdf, chapters: Sequence[Part], sources: Sequence[Pdf], language: str
    ) -> None:
        self.pdf = pdf
        self.chapters = chapters
        self.sources = sources
        self.structure = Structure(pdf, language)
        self.navigation = Navigation(pdf)
        self.pool = Pool()

    def bind(self, leaves: Pdf) -> None:
        taken = [self._take(number) for number in range(len(self.chapters))]
        placements = Plan.of(self.chapters).placements[1:]
        self.navigation.link_contents(taken[0], placements, [pages[0] for pages in taken[1:]])
        for pages in taken:
            self.navigation.link_across(pages, ANCHOR_URL, _prefix)
        self._number(leaves)
        self.pool.unite_fonts(self.pdf)
        self.pdf.Root.StructTreeRoot = self.structure.finish()
        self.navigation.finish()
        open_bookmarks(self.pdf.Root.Outlines)
        self._describe()

    def _take(self, number: int) -> list[Page]:
        source, chapter = self.sources[number], self.chapters[number]
        if len(source.pages) != chapter.pages:
            raise UnusablePart(
                chapter.title, f"{len(source.pages)} pages instead of {chapter.pages}"
            )
        start = len(self.pdf.pages)
        for page in source.pages:
            self.pdf.pages.append(page)
        pages = [self.pdf.pages[index] for index in range(start, len(self.pdf.pages))]
        for page in pages:
            self.pool.share(page.obj.get(Name.Resources))
        prefix = _prefix(number)
        # By itself a chapter begins with a heading of the first level; here the title stands above it.
        self.structure.add(
            source,
            pages,
            title=chapter.title,
            language=chapter.language,
            prefix=prefix,
            deeper=1 if number else 0,
        )
        self.navigation.go_on(source, pages, prefix=prefix)
        return pages

    def _number(self, leaves: Pdf) -> None:
        """Each page gets the number that the engine has set for it, in the document's own type."""
        if len(leaves.pages) != len(self.pdf.pages):
            raise UnusablePart(self.chapters[0].title, "its pages cannot be numbered")
        before = self.pdf.make_stream(b"q\n")
        after = self.pdf.make_stream(f"\nQ\n{BEGIN}\nq {FOLIO} Do Q\nEMC\n".encode("ascii"))
        for page, leaf in zip(self.pdf.pages, leaves.pages, strict=True):
            if list(map(float, page.mediabox)) != list(map(float, leaf.mediabox)):
                raise UnusablePart(self.chapters[0].title, "its pages are not of one size")
            drawing = pikepdf.unparse_content_stream(
                [
                    step
                    for step in pikepdf.parse_content_stream(leaf)
                    if str(step.operator) not in _MARKS
                ]
            )
            form = self.pdf.copy_foreign(leaf.as_form_xobject())
            form.write(drawing)
            self.pool.share(form.Resources)
            page.obj.Contents = bracketed(page, before, after)
            self._dress(page, form)

    @staticmethod
    def _dress(page: Page, form: Object) -> None:
        """Pages of a chapter share their resources, and each has a number of its own."""
        resources = Dictionary(dict(page.obj.get(Name.Resources, Dictionary()).items()))
        pictures = Dictionary(dict(resources.get(Name.XObject, Dictionary()).items()))
        pictures[FOLIO] = form
        resources.XObject = pictures
        page.obj.Resources = resources

    def _describe(self) -> None:
        source, root = self.sources[0], self.pdf.Root
        for name in _OF_THE_WHOLE:
            found = source.Root.get(name)
            if found is not None:
                root[name] = trees.copied(self.pdf, source, found)
        files = source.Root.get(Name.Names, Dictionary()).get(Name.EmbeddedFiles)
        if files is not None:
            if Name.Names not in root:
                root.Names = Dictionary()
            root.Names.EmbeddedFiles = trees.copied(self.pdf, source, files)
        about = source.trailer.get(Name.Info)
        if about is not None:
            self.pdf.trailer.Info = trees.copied(self.pdf, source, about)


def _prefix(number: int) -> bytes:
    return b"c%d-" % number
