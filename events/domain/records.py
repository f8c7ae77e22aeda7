"""Freezing: the exact revision, its words and its PDF, copied so that nothing done later can change them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.models import StoredPdf
from cms.pdf import service
from cms.pdf.errors import PdfError
from cms.pdf.registry import PdfAttachment, PdfDocument, PdfKind, UnknownVersion, kind_for
from events.domain import record_store
from events.domain.blocks import describe_block
from events.domain.capacities import capacity_facts
from events.domain.errors import RecordRefused
from events.models import Presentation, Record
from events.models.record import RecordQuerySet

# What the hash of a record covers: everything it states but the hash itself. `created_by` is a link to an
# account; the name stands in the record.
SEALED = (
    *("kind", "presentation_id", "revision_id", "page_id"),
    *("title", "event_title", "speaker_name", "place", "delivered_at", "text", "payload"),
    *("pdf_path", "pdf_filename", "pdf_sha256", "pdf_size", "pdf_pages"),
    *("created_at", "created_by_name"),
)


RECORD_FILE = "record.json"  # inside the PDF
WHOLE = "full"  # what was read out when nobody says otherwise


@dataclass(frozen=True)
class Prepared:
    """Everything of one document that is to be frozen. Its bytes are on disk already."""

    page: Page
    revision: Revision  # without a primary key when the page never had one
    title: str
    text: str
    payload: dict[str, Any]
    pdf_path: str
    pdf_sha256: str
    pdf_size: int
    pdf_pages: int
    pdf_filename: str


def records_for(page: Page) -> RecordQuerySet:
    """As-delivered records that the public page shows, oldest first, without their large columns."""
    return (
        Record.objects.summaries()
        .filter(page_id=page.pk, is_draft=False)
        .select_related("presentation__event")
        .order_by("delivered_at", "pk")
    )


def revision_to_freeze(page: Page) -> Revision:
    """What was in the speaker's hands: the published revision, else the latest draft.

    A page made by a program may have no revision, and `purge_revisions` deletes the published one beneath a
    newer draft; then the row itself is the content, returned as a revision that is not saved yet.
    """
    page = page.specific
    revision = page.live_revision if page.live else page.latest_revision
    if revision is not None:
        return revision
    content = json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))
    return Revision(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        object_str=str(page),
        content=content,
        created_at=page.last_published_at or timezone.now(),
    )


def seal(record: Record) -> str:
    """SHA-256 over the UTF-8 of the `SEALED` fields as JSON: keys sorted, no spaces, moments in UTC."""
    canonical = json.dumps(
        {name: _plain(getattr(record, name)) for name in SEALED},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
        allow_nan=False,
    )
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def is_draft(page: Page, revision: Revision) -> bool:
    """True when `revision` is not what the public reads at this moment."""
    if not page.live:
        return True
    return revision.pk is not None and revision.pk != page.live_revision_id


def prepare(
    page: Page,
    revision: Revision,
    *,
    version: str = "",
    presentation: Presentation | None = None,
) -> Prepared:
    """Render `revision` and put the bytes on disk, marked as a draft when it is one. Writes no record.

    `version` is what was read out, for a document that has versions: by default the whole text. The paper
    that is kept is the one that was handed in. `presentation` says in which capacity; records made before that
    was kept have no such key.

    Raises RecordRefused naming the document and, when it is known, the block at fault. Call it outside a
    transaction: a render may take seconds.
    """
    obj = revision.as_object()
    kind = kind_for(type(obj))
    if kind is None:
        raise RecordRefused(_("“%(title)s” cannot be printed.") % {"title": obj.title})
    text, payload = kind.text(obj), kind.payload(obj)
    read = _read_out(kind, obj, version)
    draft = is_draft(page, revision)
    frozen = {**payload, **read, **_spoken_as(obj, presentation), "draft": draft}
    stored, data = _printed(_for_the_archive(kind, obj, frozen, draft=draft), obj)
    _check_unchanged(kind, revision, text, payload)
    path, pdf_sha256 = record_store.store(data)
    return Prepared(
        page=page,
        revision=revision,
        title=obj.title,
        text=text,
        payload=frozen,
        pdf_path=path,
        pdf_sha256=pdf_sha256,
        pdf_size=len(data),
        pdf_pages=stored.pages,
        pdf_filename=stored.filename,
    )


def _printed(document: PdfDocument, obj: Page) -> tuple[StoredPdf, bytes]:
    """The paper and its bytes. Raises RecordRefused with the reason in words."""
    try:
        stored = service.render(document)
        with stored.open() as file:
            return stored, file.read()
    except PdfError as error:
        raise RecordRefused(_explain(obj, error)) from error
    except OSError as error:
        raise RecordRefused(
            _("The PDF of “%(title)s” could not be read. Try again.") % {"title": obj.title}
        ) from error


def write(
    presentation: Presentation, prepared: Prepared, *, user, delivered_at: dt.datetime
) -> Record:
    """The row of a record. Belongs inside the caller's transaction. Refuses a second one for the document."""
    standing = Record.objects.filter(presentation=presentation, page_id=prepared.page.pk)
    if standing.exists():
        raise RecordRefused(
            _("“%(title)s” is recorded for this presentation already.") % {"title": prepared.title}
        )
    if prepared.revision.pk is None:
        _adopt_revision(prepared, user)
    event, speaker = presentation.event, presentation.speaker
    record = Record(
        presentation=presentation,
        revision=prepared.revision,
        page_id=prepared.page.pk,
        title=prepared.title,
        event_title=event.title,
        speaker_name=speaker.name,
        place=event.place,
        delivered_at=delivered_at,
        text=prepared.text,
        payload=prepared.payload,
        pdf_path=prepared.pdf_path,
        pdf_filename=prepared.pdf_filename,
        pdf_sha256=prepared.pdf_sha256,
        pdf_size=prepared.pdf_size,
        pdf_pages=prepared.pdf_pages,
        created_at=timezone.now(),
        created_by=user,
        created_by_name=str(user),
    )
    record.content_sha256 = seal(record)
    record.save(force_insert=True)
    return record


def verify(record: Record) -> bool:
    """True when the stored bytes and all that the record states still have the hashes it states."""
    return (
        record_store.digest(record.pdf_path) == record.pdf_sha256
        and seal(record) == record.content_sha256
    )


def _plain(value: Any) -> Any:
    return value.astimezone(dt.UTC).isoformat() if isinstance(value, dt.datetime) else value


def _for_the_archive(
    kind: PdfKind, obj: Page, frozen: dict[str, Any], *, draft: bool
) -> PdfDocument:
    """The paper as it is kept: PDF/A-3 and PDF/UA in one, with what it says and shows as data inside."""
    document = kind.document(obj, draft=draft)
    data = json.dumps(
        kind.published(frozen), cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, indent=1
    ).encode()
    with translation.override(document.language):
        about = _("What this paper says, as data")
        record = PdfAttachment(RECORD_FILE, data, "application/json", about)
        files = (record, *kind.data_files(obj))
    return dataclasses.replace(document, variant="archive", attachments=files)


def _spoken_as(obj: Page, presentation: Presentation | None) -> dict[str, Any]:
    if presentation is None:
        return {}
    with translation.override(getattr(obj, "language", None) or translation.get_language()):
        return {"capacity": capacity_facts(presentation)}


def _read_out(kind: PdfKind, obj: Page, version: str) -> dict[str, Any]:
    if not kind.versions:
        return {}
    try:
        return {"read": kind.read_out(obj, version or WHOLE)}
    except UnknownVersion as error:
        raise RecordRefused(
            _("There is no such version of “%(title)s”.") % {"title": obj.title}
        ) from error


def _adopt_revision(prepared: Prepared, user) -> None:
    """Save the revision made from the row and let the page name it, unless a newer draft stands."""
    revision = prepared.revision
    revision.user = user
    revision.save()
    page = Page.objects.get(pk=prepared.page.pk)
    names = {"live_revision": revision} if page.live else {}
    if page.latest_revision_id is None:
        names["latest_revision"] = revision
    if names:
        Page.objects.filter(pk=page.pk).update(**names)


def _check_unchanged(kind: PdfKind, revision: Revision, text: str, payload: dict[str, Any]) -> None:
    """A talking point saved while the PDF was made would leave words and PDF of two different moments."""
    obj = revision.as_object()
    if (kind.text(obj), kind.payload(obj)) != (text, payload):
        raise RecordRefused(
            _("“%(title)s” was changed while it was being recorded. Try again.")
            % {"title": obj.title}
        )


def _explain(obj: Page, error: PdfError) -> str:
    message = _("“%(title)s” could not be printed: %(reason)s") % {
        "title": obj.title,
        "reason": error,
    }
    block = describe_block(obj, getattr(error, "block_id", None))
    if block:
        message = _("%(message)s The fault is in the block %(block)s.") % {
            "message": message,
            "block": block,
        }
    return message
