"""Many documents are brought up to date in chunks, with progress, and go on after an interruption."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, PageViewRestriction

from cms.archive import projection
from cms.archive.filters import ArchiveFilter
from cms.models import ArchiveEntry, ArchiveEntryIssue, Issue, PagePdf, StoredPdf
from testimony.benchmark import copies
from testimony.domain import refreshing
from testimony.domain.pinning import settle as pin_for
from testimony.enums import ReferenceMode
from testimony.models import RefreshJob, RippleReview
from tests.builders import (
    make_point,
    make_testimony,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db

DOCUMENTS = 25


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setattr(refreshing, "CHUNK", 10)


@pytest.fixture
def point():
    point = make_point(text="<p>The wombat.</p>")
    publish(point)
    point.refresh_from_db()
    copies(make_testimony("Page", body=[("talking_point", point)]), DOCUMENTS - 1)
    return point


@pytest.fixture
def in_database(settings):
    """As in production: a worker does the work."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "pdf"]}
    }


def change(point, callbacks, word: str = "quokka") -> None:
    point.text = f"<p>The {word}.</p>"
    with callbacks(execute=True):
        publish(point)


def work(most: int) -> int:
    """What a worker does, without its closing of connections; returns how many tasks there were."""
    for done in range(most):
        ready = DBTaskResult.objects.ready().filter(task_path=refreshing.refresh_chunks.module_path)
        result = ready.first()
        if result is None:
            return done
        result.task.call(*result.args_kwargs["args"])
        result.set_successful(None)
    return most


def saying(word: str) -> int:
    return ArchiveEntry.objects.filter(search_text__contains=word).count()


def test_every_document_is_refreshed_and_nothing_is_left_over(
    point, django_capture_on_commit_callbacks
):
    change(point, django_capture_on_commit_callbacks)

    assert (saying("quokka"), RefreshJob.objects.count()) == (DOCUMENTS, 0)
    assert RippleReview.objects.open().count() == DOCUMENTS


def test_a_save_does_not_wait_for_more_than_a_few_chunks(
    point, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(refreshing, "CHUNKS_IN_REQUEST", 2)
    change(point, django_capture_on_commit_callbacks)
    assert saying("quokka") == 20

    out, progress = StringIO(), StringIO()
    call_command("refresh_documents", stdout=out, stderr=progress)
    assert saying("quokka") == DOCUMENTS
    assert progress.getvalue() == "Refreshing 25 of 25 documents: Leave follows the paycheck\n"
    assert out.getvalue() == "Documents of 1 changed items are up to date.\n"


def test_what_was_interrupted_goes_on_behind_the_last_chunk(
    point, monkeypatch, django_capture_on_commit_callbacks
):
    project_pages, seen = refreshing.project_pages, []

    def fails_on_the_third(pages):
        seen.append(pages.count())
        if len(seen) == 3:
            raise RuntimeError("the machine restarts")
        return project_pages(pages)

    monkeypatch.setattr(refreshing, "project_pages", fails_on_the_third)
    change(point, django_capture_on_commit_callbacks)
    job = RefreshJob.objects.get()
    assert (saying("quokka"), job.done, job.total) == (20, 20, DOCUMENTS)

    refreshing.resume()
    assert (saying("quokka"), RefreshJob.objects.count()) == (DOCUMENTS, 0)
    assert seen == [10, 10, 5, 5]


def test_a_worker_does_a_chunk_a_task_and_the_edit_screen_says_how_far(
    client, point, in_database, django_capture_on_commit_callbacks
):
    client.force_login(make_user("author"))
    address = reverse(point.snippet_viewset.get_url_name("edit"), args=[point.pk])
    change(point, django_capture_on_commit_callbacks)
    assert "Refreshing 0 of 25 documents" in client.get(address).text

    assert work(1) == 1
    assert "Refreshing 10 of 25 documents" in client.get(address).text
    assert work(10) == 3
    assert (saying("quokka"), RefreshJob.objects.count()) == (DOCUMENTS, 0)
    assert "documents</p>" not in client.get(address).text


def test_a_newer_change_starts_over_and_the_older_work_ends(
    point, in_database, django_capture_on_commit_callbacks
):
    change(point, django_capture_on_commit_callbacks)
    older = RefreshJob.objects.get()
    refreshing.advance(older.pk, older.run)
    change(point, django_capture_on_commit_callbacks, "bilby")

    newer = RefreshJob.objects.get()
    assert (newer.pk, newer.run, newer.done) == (older.pk, older.run + 1, 0)
    assert refreshing.advance(older.pk, older.run) is None
    refreshing.resume()
    assert (saying("quokka"), saying("bilby")) == (0, DOCUMENTS)


def test_pinned_documents_are_not_touched(point, django_capture_on_commit_callbacks):
    pin = pin_for(point, ReferenceMode.PINNED, None)
    pinned = {"point": point, "mode": ReferenceMode.PINNED, "pin": pin}
    page = make_testimony("Pinned", body=[("talking_point", pinned)])
    names = {"kind": "t", "title": "t", "filename": "t", "path": "t"}
    stored = StoredPdf.objects.create(key="1", sha256="0", size=1, pages=1, **names)
    PagePdf.objects.create(page=page, stored=stored)
    change(point, django_capture_on_commit_callbacks)

    assert PagePdf.objects.filter(page=page).exists()
    assert saying("wombat") == 1


def test_a_chunk_whose_worker_was_killed_is_taken_up_again(
    point, in_database, monkeypatch, django_capture_on_commit_callbacks
):
    change(point, django_capture_on_commit_callbacks)
    job = RefreshJob.objects.get()
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    chunk = ready.get(task_path=refreshing.refresh_chunks.module_path)
    watch = ready.get(task_path=refreshing.watch.module_path)
    assert watch.run_after - job.started_at >= refreshing.WATCH

    refreshing.watch.call(job.pk, job.run)  # it moves: nothing to do
    assert work(1) == 1
    # The next chunk began, and its worker is gone.
    ready.filter(task_path=chunk.task_path).update(status=TaskResultStatus.RUNNING)
    RefreshJob.objects.update(updated_at=timezone.now() - 2 * refreshing.WATCH)
    assert (work(10), saying("quokka")) == (0, 10)
    refreshing.watch.call(job.pk, job.run)
    work(10)
    assert (saying("quokka"), RefreshJob.objects.count()) == (DOCUMENTS, 0)

    before = ready.filter(task_path=watch.task_path).count()
    refreshing.watch.call(job.pk, job.run)  # done: it calls for no other
    assert ready.filter(task_path=watch.task_path).count() == before


def test_what_was_deleted_is_refreshed_too_and_has_no_name_any_more(
    point, in_database, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        point.delete()
    out, progress = StringIO(), StringIO()
    call_command("refresh_documents", stdout=out, stderr=progress)
    assert progress.getvalue().splitlines() == [
        "Refreshing 10 of 25 documents: (deleted)",
        "Refreshing 20 of 25 documents: (deleted)",
        "Refreshing 25 of 25 documents: (deleted)",
    ]
    assert (saying("wombat"), saying("quokka"), RefreshJob.objects.count()) == (0, 0, 0)


def rename(point, callbacks) -> Issue:
    """The issue of all the documents, as the form does it."""
    issue = Issue.objects.create(name="Wombats", slug="wombats")
    entries = ArchiveEntry.objects.values_list("pk", "date")
    ArchiveEntryIssue.objects.bulk_create(
        ArchiveEntryIssue(entry_id=pk, issue=issue, date=date) for pk, date in entries
    )
    issue.name = "Quokkas"
    with callbacks(execute=True):
        issue.save()
    return issue


def found_by(word: str) -> int:
    return ArchiveFilter.from_querydict(QueryDict(f"q={word}")).queryset().count()


def test_the_documents_of_a_renamed_issue_follow_in_chunks_and_after_an_interruption(
    point, in_database, monkeypatch, django_capture_on_commit_callbacks
):
    refresh_all(point)
    pauses: list[bool] = []
    monkeypatch.setattr(refreshing, "let_others_write", lambda: pauses.append(True))
    issue = rename(point, django_capture_on_commit_callbacks)
    job = RefreshJob.objects.get()
    assert (job.item, job.total, found_by("quokkas")) == (issue, DOCUMENTS, 0)

    assert (work(2), found_by("quokkas"), pauses) == (2, 20, [True, True])
    out = StringIO()
    call_command("refresh_documents", stdout=out, stderr=StringIO())
    assert (found_by("quokkas"), RefreshJob.objects.count(), len(pauses)) == (DOCUMENTS, 0, 2)


def test_the_documents_of_a_section_that_is_private_no_more_come_back_in_chunks(
    point, in_database, django_capture_on_commit_callbacks
):
    refresh_all(point)
    archive = Page.objects.get(slug="archive")
    restriction = PageViewRestriction.objects.create(page=archive, restriction_type="login")
    assert (ArchiveEntry.objects.count(), RefreshJob.objects.count()) == (0, 0)
    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()

    assert (RefreshJob.objects.get().item, ArchiveEntry.objects.count()) == (archive, 0)
    assert (work(1), ArchiveEntry.objects.count()) == (1, 10)
    refreshing.resume()
    assert (ArchiveEntry.objects.count(), RefreshJob.objects.count()) == (DOCUMENTS, 0)


def refresh_all(point) -> None:
    """The copies were made without their rows."""
    projection.rebuild()
    assert ArchiveEntry.objects.count() == DOCUMENTS
