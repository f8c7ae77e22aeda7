"""Print jobs go on where they stopped, name what failed, and make one file or a zip."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import zipfile

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from cms.enums import GroupName
from cms.models import Attachment, PrintJob
from cms.models.print_job import ItemState, JobState, Packaging
from cms.pdf.print_jobs import creating, finishing, leases, running
from cms.pdf.print_jobs.creating import Wanted, create_job
from tests import pdf_checks
from tests.builders import make_fact_sheet, make_testimony, make_user
from tests.source_tree import ROOT

pytestmark = pytest.mark.django_db


def job_of(*pages: Page, owner=None, packaging=Packaging.ZIP, **fields) -> PrintJob:
    wanted = [Wanted(page) for page in pages]
    return create_job(wanted, owner=owner, title="Two sheets", packaging=packaging, **fields)


def finished(job: PrintJob) -> PrintJob:
    running.work(job.pk)
    job.refresh_from_db()
    return job


def names_in(job: PrintJob) -> list[str]:
    with storages["pdf"].open(job.archive) as file, zipfile.ZipFile(file) as archive:
        return archive.namelist()


def test_a_zip_holds_one_file_for_each_in_order():
    job = finished(job_of(make_fact_sheet("Second"), make_testimony("First")))

    assert (job.state, job.done, job.total, job.pages) == (JobState.DONE, 2, 2, 2)
    assert names_in(job) == ["1-second.pdf", "2-first.pdf"]
    assert job.download_name == "two-sheets.zip"


def test_one_file_holds_a_page_of_contents_and_the_rest():
    pages = make_fact_sheet("One"), make_fact_sheet("Two")
    job = finished(job_of(*pages, packaging=Packaging.ONE_FILE))

    assert (job.state, job.pages, job.download_name) == (JobState.DONE, 3, "two-sheets.pdf")
    with job.result.open() as file:
        titles = pdf_checks.bookmarks_of(file.read())
    assert titles == [(0, "Contents"), (0, "One"), (0, "Two")]


def test_a_failure_is_named_and_the_rest_goes_on(engine):
    engine.failing.add("Bad")
    job = finished(job_of(make_fact_sheet("Bad"), make_fact_sheet("Good")))

    assert (job.state, names_in(job)) == (JobState.DONE, ["1-good.pdf"])
    assert [(i.title, i.reason) for i in job.items.filter(state=ItemState.FAILED)] == [
        ("Bad", "The table is too wide.")
    ]


def test_what_failed_is_tried_again_and_the_rest_is_not(engine):
    engine.failing.add("Bad")
    job = finished(job_of(make_fact_sheet("Bad"), make_fact_sheet("Good")))
    engine.failing.clear()
    creating.try_again(job)

    assert names_in(finished(job)) == ["1-bad.pdf", "2-good.pdf"]
    assert dict(engine.asked) == {"Bad": 2, "Good": 1}


def test_nothing_that_can_be_printed_is_a_failed_job(engine):
    engine.failing.add("Bad")
    job = finished(job_of(make_fact_sheet("Bad")))

    assert (job.state, job.error) == (JobState.FAILED, "Nothing could be printed.")


def test_a_file_that_cannot_be_put_together_ends_the_job(monkeypatch):
    def fail(*_args):
        raise ValueError("what nobody thought of")

    job = job_of(make_fact_sheet("Good"))
    monkeypatch.setattr("cms.pdf.print_jobs.finishing._make_zip", fail)

    assert (finished(job).state, job.error) == (JobState.FAILED, "The file could not be written.")


def test_what_was_deleted_meanwhile_is_named():
    kept, gone = make_fact_sheet("Kept"), make_fact_sheet("Gone")
    job = job_of(kept, gone)
    gone.delete()

    assert [(i.title, i.reason) for i in finished(job).items.filter(state="failed")] == [
        ("Gone", "it was deleted")
    ]


def test_an_outside_pdf_that_needs_a_password_is_named(engine):
    body = ContentFile(b"%PDF-1.4 nonsense", name="letter.pdf")
    letter = Attachment.objects.create(title="The letter", file=body)
    admin = make_user("boss", GroupName.ADMINISTRATORS)
    wanted = [Wanted(make_fact_sheet("One")), Wanted(letter, title="The letter")]
    job = finished(create_job(wanted, owner=admin, title="Mixed", packaging=Packaging.ZIP))

    failed = job.items.get(state=ItemState.FAILED)
    assert failed.title == "The letter"
    assert failed.reason.startswith("it cannot be read as a PDF.")


def test_work_stops_when_its_time_is_over_and_goes_on_later(engine):
    job = job_of(*(make_fact_sheet(f"Sheet {n}") for n in range(3)))

    assert running.work(job.pk, seconds=0) is True
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.WORKING, 1)
    assert finished(job).state == JobState.DONE
    assert set(engine.asked.values()) == {1}


def test_a_job_that_somebody_works_on_is_left_alone(engine):
    job = job_of(make_fact_sheet("One"))
    assert leases.take(job)

    assert running.work(job.pk) is False
    assert not engine.asked


def overdue(job: PrintJob) -> leases.Lease | None:
    """Another attempt of this very process, after a lease was not renewed."""
    PrintJob.objects.filter(pk=job.pk).update(held_until=timezone.now() - leases.HELD)
    job.refresh_from_db()
    return leases.take(job)


def test_a_lease_belongs_to_one_attempt_not_to_the_process():
    job = job_of(make_fact_sheet("One"))
    first, second = leases.take(job), overdue(job)
    assert first is not None
    assert second is not None

    assert (first.renew(), second.renew()) == (False, True)
    first.let_go()
    job.refresh_from_db()
    assert leases.is_held(job)


def test_whoever_lost_the_lease_writes_nothing_down_and_stops(engine, monkeypatch):
    job, taken = job_of(make_fact_sheet("One"), make_fact_sheet("Two")), []

    def slow(document):
        taken.append(overdue(job))
        return engine.render(document)

    monkeypatch.setattr("cms.pdf.service.render", slow)
    assert running.work(job.pk) is False
    assert [item.state for item in job.items.all()] == [ItemState.WAITING, ItemState.WAITING]
    assert (len(taken), taken[0].renew()) == (1, True)


def test_a_zip_made_by_whoever_lost_the_lease_is_not_kept(monkeypatch):
    job, make = job_of(make_fact_sheet("One")), finishing._make_zip
    made: list[str] = []

    def slow(job, items, lease):
        make(job, items, lease)
        made.append(job.archive)
        overdue(PrintJob.objects.get(pk=job.pk))

    monkeypatch.setattr(finishing, "_make_zip", slow)
    running.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.archive) == (JobState.WORKING, "")
    assert [storages["pdf"].exists(name) for name in made] == [False]


def test_a_lease_is_renewed_beside_a_long_item(monkeypatch):
    renewals = threading.Event()
    monkeypatch.setattr(leases, "RENEWED_EVERY", 0.01)
    monkeypatch.setattr(leases.Lease, "renew", lambda lease: renewals.set() or True)
    with leases.renewed(leases.Lease(1, "token")):
        assert renewals.wait(5)


def test_a_job_that_no_worker_began_is_begun_by_who_looks_at_it_much_later(monkeypatch):
    begun: list[str] = []
    job = job_of(make_fact_sheet("One"))
    monkeypatch.setattr(running, "runs_in_request", lambda: False)
    monkeypatch.setattr(type(running.run_print_job), "enqueue", lambda task, pk: begun.append(pk))
    running.tend(job)
    PrintJob.objects.update(updated_at=timezone.now() - 2 * finishing.QUEUED)
    running.tend(job)
    running.tend(job)

    assert begun == [str(job.pk)]


def test_a_stopped_job_makes_no_file(engine):
    job = job_of(make_fact_sheet("One"), make_fact_sheet("Two"))
    running.work(job.pk, seconds=0)
    creating.stop(job)

    assert finished(job).state == JobState.STOPPED
    assert dict(engine.asked) == {"One": 1}


@pytest.mark.parametrize(
    ("holder", "gone"),
    [
        ("another-host:1:abcd:ef", False),
        ("{host}:999999999:abcd:ef", True),
        ("{host}:{pid}:another-life:ef", True),
        ("{myself}:ef", False),
        ("", False),
    ],
)
def test_a_holder_that_ended_is_known_on_its_host(holder, gone):
    myself = leases.process_name()
    host = myself.rsplit(":", 2)[0]
    text = holder.format(host=host, pid=os.getpid(), myself=myself)

    assert leases.is_gone(text) is gone


def test_swept_parts_are_printed_once_more(engine):
    job = job_of(make_fact_sheet("One"), make_fact_sheet("Two"))
    running.work(job.pk, seconds=0)
    job.items.first().stored.delete()

    assert names_in(finished(job)) == ["1-one.pdf", "2-two.pdf"]


def test_expired_jobs_go_with_their_zip():
    job = finished(job_of(make_fact_sheet("One")))
    PrintJob.objects.update(expires_at=timezone.now())

    assert creating.sweep_expired() == 1
    assert not storages["pdf"].exists(job.archive)


def test_drafts_are_printed_for_those_who_may_edit_them_only():
    draft = make_fact_sheet("Draft", live=False)
    author, stranger = make_user("ann"), make_user("sam", GroupName.SPEAKERS)

    assert finished(job_of(draft, owner=author)).is_draft is True
    refused = finished(job_of(draft, owner=stranger))
    assert refused.items.get().reason == "it is not published, and you may not print its draft"
    assert finished(job_of(draft, owner=None)).state == JobState.FAILED


WORKER = """
import os, time, django
from django.conf import settings
settings.STORAGES["pdf"]["OPTIONS"]["location"] = os.environ["PDF_FOLDER"]
django.setup()
from cms.pdf import service
from cms.pdf.print_jobs import running
from tests.cms.print_jobs import paper

def render(document):
    if len(paper.asked) == 2:
        print("half-way", flush=True)
        time.sleep(60)
    return paper.render(document)

service.render = render
running.work(os.environ["JOB"])
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the worker is given a file")
def test_a_worker_that_is_killed_half_way_loses_nothing(engine):
    job = job_of(*(make_fact_sheet(f"Sheet {n}") for n in range(4)))
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "PDF_FOLDER": str(settings.STORAGES["pdf"]["OPTIONS"]["location"]),
        "JOB": str(job.pk),
    }
    command = [sys.executable, "-W", "ignore", "-c", WORKER]
    worker = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "half-way\n"
        job.refresh_from_db()
        assert (job.state, job.done, leases.is_held(job)) == (JobState.WORKING, 2, True)
        worker.kill()
        worker.wait()
    for _attempt in range(50):
        if not leases.is_held(job):
            break
        time.sleep(0.1)

    assert running.resume() == 1
    assert names_in(finished(job)) == [f"{n + 1}-sheet-{n}.pdf" for n in range(4)]
    assert dict(engine.asked) == {"Sheet 2": 1, "Sheet 3": 1}
