"""What the body that a document is for asks of it: its profile as rules of readiness.

Length and size are read from the file that was printed last, so the preview must have been looked at since the
last change.
"""

from __future__ import annotations

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.enums import FileFormat
from events.models import Body
from testimony.domain.findings import Finding, advice
from testimony.domain.profiles import body_of
from testimony.domain.readings import Reading

MEGABYTE = 1_000_000  # what upload forms count with when they do not say; the stricter one
TWINS = {
    FileFormat.WORD: gettext_lazy("the Word document"),
    FileFormat.TEXT: gettext_lazy("the plain text"),
}


def counted_position(reading: Reading) -> Finding | None:
    """Whether the position counts there: some committees take one of ours for none."""
    page = reading.page
    body = body_of(page)
    own = body.label_of(page.position) if body and page.position else None
    if body is None or own is None or not own.is_discarded:
        return None
    words = _(
        "%(body)s counts “%(position)s” as no position. Choose another one, or know that it will not be listed."
    )
    said = {"body": body.short_name or body.name, "position": page.get_position_display()}
    return advice(words % said, "position")


def paper_of_body(reading: Reading) -> Finding | None:
    """Pages and megabytes."""
    body = body_of(reading.page)
    return body and (_pages(body, reading) or _size(body, reading))


def _pages(body: Body, reading: Reading) -> Finding | None:
    paper = reading.paper
    if paper is None or not body.page_limit or paper.pages <= body.page_limit:
        return None
    words = ngettext(
        "%(pages)d pages as last printed; %(body)s takes %(limit)d at most.",
        "%(pages)d pages as last printed; %(body)s takes %(limit)d at most.",
        body.page_limit,
    )
    said = {"pages": paper.pages, "body": _called(body), "limit": body.page_limit}
    return Finding(words % said, "body")


def _size(body: Body, reading: Reading) -> Finding | None:
    """Of the file that is handed in: where no PDF is taken, that is the Word document."""
    printed = reading.paper.size if reading.paper else 0
    size = printed if body.takes_pdf else reading.word_size
    if not body.size_limit_mb or size < body.size_limit_mb * MEGABYTE:
        return None
    words = _(
        "The file has %(size)s MB as last printed; %(body)s takes less than %(limit)s MB. Use smaller pictures."
    )
    said = {
        "size": formats.number_format(size / MEGABYTE, 1),
        "body": _called(body),
        "limit": formats.number_format(body.size_limit_mb.normalize()),
    }
    return Finding(words % said, "body")


def format_of_body(reading: Reading) -> Finding | None:
    """Whether it takes the PDF, and which other file of ours is handed in instead."""
    body = body_of(reading.page)
    if body is None or body.takes_pdf:
        return None
    said = {"body": _called(body)}
    twin = next((words for kind, words in TWINS.items() if kind in body.formats), None)
    if twin is not None:
        words = _("%(body)s takes no PDF: hand in %(file)s. It is under “More ways to print”.")
        return advice(words % {**said, "file": twin}, "event")
    words = _("%(body)s takes no PDF: hand the text in as %(formats)s.")
    kinds = ", ".join(str(it.label) for it in body.formats)
    return advice(words % {**said, "formats": kinds}, "event")


def _called(body: Body) -> str:
    return body.short_name or body.name
