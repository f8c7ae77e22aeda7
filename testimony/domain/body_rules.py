"""What the body that a document is for asks of it: its profile as rules of readiness.

Length and size are read from the file that was printed last, so the preview must have been looked at since the
last change.
"""

from __future__ import annotations

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.enums import FileFormat
from testimony.domain.findings import Finding, advice
from testimony.domain.profiles import body_of
from testimony.domain.readings import Reading

MEGABYTE = 1_000_000  # what upload forms count with when they do not say; the stricter one
# We print PDFs, and a PDF is what is printed on paper.
MADE_HERE = frozenset({FileFormat.PDF, FileFormat.PAPER})


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
    body, paper = body_of(reading.page), reading.paper
    if body is None or paper is None:
        return None
    name = body.short_name or body.name
    if body.page_limit and paper.pages > body.page_limit:
        words = ngettext(
            "%(pages)d pages as last printed; %(body)s takes %(limit)d at most.",
            "%(pages)d pages as last printed; %(body)s takes %(limit)d at most.",
            body.page_limit,
        )
        said = {"pages": paper.pages, "body": name, "limit": body.page_limit}
        return Finding(words % said, "body")
    if body.size_limit_mb and paper.size >= body.size_limit_mb * MEGABYTE:
        words = _(
            "The file has %(size)s MB as last printed; %(body)s takes less than %(limit)s MB. Use smaller pictures."
        )
        size = formats.number_format(paper.size / MEGABYTE, 1)
        limit = formats.number_format(body.size_limit_mb.normalize())
        return Finding(words % {"size": size, "body": name, "limit": limit}, "body")
    return None


def format_of_body(reading: Reading) -> Finding | None:
    """Whether it takes the files that are made here."""
    body = body_of(reading.page)
    if body is None or not body.formats or MADE_HERE & set(body.formats):
        return None
    words = _("%(body)s takes no PDF: hand the text in as %(formats)s.")
    kinds = ", ".join(str(it.label) for it in body.formats)
    return advice(words % {"body": body.short_name or body.name, "formats": kinds}, "event")
