"""Testimony from JSON lines: one line is one page, with its body, event, speaker and issues, or nothing at all.

Run as often as you like. A page is known by the line's id; a line that has not changed is not touched, and a page that
a person has edited here is never overwritten.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext, log
from wagtail.models import PageLogEntry
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.domain.issues import final_issue
from cms.models import ArchivePage, Issue, User
from events.importers.shared import body_for, event_key, past_event, speaker_for
from events.models import Body, Event
from testimony.domain.printing import hold_pdfs
from testimony.importers.lines import (
    LineRejected,
    TestimonyLine,
    parse,
    read_line,
)
from testimony.importers.log_actions import IMPORTED
from testimony.importers.markdown import convert
from testimony.importers.summaries import summary
from testimony.models import TestimonyPage


class Status(enum.Enum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Outcome:
    """What became of one line."""

    line: int
    status: Status
    key: str = ""
    reason: str = ""


class TestimonyImport:
    """One run over one file. With `dry_run` every check is made and nothing is written."""

    __test__ = False

    def __init__(
        self,
        archive: ArchivePage,
        *,
        user: User | None = None,
        create_issues: bool = False,
        dry_run: bool = False,
        source: str = "",
    ) -> None:
        self.archive = archive
        self.user = user
        self.create_issues = create_issues
        self.dry_run = dry_run
        self.source = source
        self.seen: dict[str, int] = {}

    def run(self, lines: Iterable[bytes]) -> Iterator[Outcome]:
        """The outcome of each line, numbered from 1. Empty lines count but have no outcome."""
        for number, raw in enumerate(lines, start=1):
            if raw.strip():
                yield self.take(number, raw)

    def take(self, number: int, raw: bytes) -> Outcome:
        key = ""
        try:
            data = read_line(raw)
            key = Truncator(data["id"]).chars(60) if isinstance(data.get("id"), str) else ""
            line = parse(data)
            if line.key in self.seen:
                message = _("duplicate id, already on line %(line)d")
                raise LineRejected(message % {"line": self.seen[line.key]})
            self.seen[line.key] = number
            status = self.place(number, line)
        except LineRejected as error:
            return Outcome(number, Status.REJECTED, key, str(error))
        except ValidationError as error:
            return Outcome(number, Status.REJECTED, key, " ".join(error.messages))
        except IntegrityError:
            reason = _("something of the same name was saved at the same moment; import again")
            return Outcome(number, Status.REJECTED, key, reason)
        return Outcome(number, status, line.key)

    def place(self, number: int, line: TestimonyLine) -> Status:
        """Create or update the page of a line, all of it or nothing."""
        with hold_pdfs(), LogContext(user=self.user), transaction.atomic():
            # Locked while it is judged and written: nobody's edit can come between.
            pages = TestimonyPage.objects.select_for_update()
            page = pages.filter(source_key=line.key).first()
            if page and page.source_digest == line.digest:
                return Status.UNCHANGED
            if page:
                refuse_if_touched(page)
            issues = self.find_issues(line)
            if not self.dry_run:
                self.write(number, line, page, issues)
            return Status.UPDATED if page else Status.CREATED

    def find_issues(self, line: TestimonyLine) -> list[Issue | str]:
        """The issues a line names; the slug where there is none and it is to be made."""
        known = {
            issue.slug: issue
            for issue in Issue.objects.filter(slug__in=line.issues).select_related("merged_into")
        }
        unknown = [slug for slug in line.issues if slug not in known]
        if unknown and not self.create_issues:
            names = ", ".join(f"“{slug}”" for slug in unknown)
            raise LineRejected(_("unknown issue %(names)s") % {"names": names})
        for slug in unknown:
            if slugify(slug) != slug or len(slug) > 100:
                message = _("“%(slug)s” cannot be the name of an issue")
                raise LineRejected(message % {"slug": slug})
            if Issue.objects.filter(name=issue_name(slug)).exists():
                message = _("“%(slug)s” is an issue already, under another short name")
                raise LineRejected(message % {"slug": slug})
        return [final_issue(known[slug]) if slug in known else slug for slug in line.issues]

    def write(
        self,
        number: int,
        line: TestimonyLine,
        page: TestimonyPage | None,
        found: list[Issue | str],
    ) -> None:
        issues = [
            Issue.objects.create(slug=issue, name=issue_name(issue))
            if isinstance(issue, str)
            else issue
            for issue in found
        ]
        new = page is None
        page = page or TestimonyPage(slug=slug_of(self.archive, line.key), source_key=line.key)
        fill(page, line)
        page.issues.set(issues)
        with disable_reference_index_auto_update():  # publishing saves it again
            if new:
                # Read afresh: after a line that was undone the object in memory would count wrong.
                parent = ArchivePage.objects.get(pk=self.archive.pk)
                page.live, page.owner = False, self.user
                parent.add_child(instance=page)
            revision = page.save_revision(user=self.user, changed=True)
        revision.publish(user=self.user)
        log(
            page,
            IMPORTED,
            revision=revision,
            data={"file": self.source, "line": number, "digest": line.digest},
        )


def refuse_if_touched(page: TestimonyPage) -> None:
    """Raise LineRejected unless the page stands as the last import left it."""
    last = PageLogEntry.objects.filter(page=page.pk, action=IMPORTED).order_by("-pk").first()
    if last is None or page.latest_revision_id != last.revision_id:
        raise LineRejected(_("edited here since"))
    if not page.live:
        raise LineRejected(_("unpublished here since"))
    if page.locked:
        raise LineRejected(_("locked here"))


def issue_name(slug: str) -> str:
    return slug.replace("-", " ").capitalize()


def fill(page: TestimonyPage, line: TestimonyLine) -> None:
    """The line's values on an unsaved page, with the rows they refer to."""
    converted = convert(line.text, name=line.key)
    body = body_for(line.body_name, line.parent_name)
    page.title = line.title
    page.document_kind = line.document_kind
    page.date = line.date
    page.summary = summary(converted.opening)
    page.body = json.dumps(converted.blocks)
    page.event = event_for(line, body)
    page.speaker = speaker_for(line.speaker, line.speaker_role)
    page.speaker_role = line.speaker_role
    page.language = "en"
    page.source_digest = line.digest
    page.source_url = line.url
    page.source_publisher = line.publisher
    page.licence = line.licence


def event_for(line: TestimonyLine, body: Body | None) -> Event | None:
    if line.event is None:
        return None
    key = event_key(line.event.type_name, line.date, line.body_name, line.event.name)
    return past_event(
        key,
        kind=line.event.kind,
        title=line.event.name,
        body=body,
        day=line.date,
        place=line.event.place,
    )


def slug_of(archive: ArchivePage, key: str) -> str:
    return archive.free_slug(slugify(key)[:240].strip("-") or "testimony")
