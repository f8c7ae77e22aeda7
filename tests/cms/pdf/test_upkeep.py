"""Files are made before they are asked for, once for any number of askers, and go when nobody needs them."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
import threading
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Site

from cms.models import Branding, DraftPdf, HomePage, PagePdf, PrintJob, StandardPage, StoredPdf
from cms.models.print_job import JobState
from cms.pdf import identity, store, upkeep
from cms.pdf.client import Rendered
from cms.pdf.errors import PdfTimeout
from tests.conftest import migrated_template

pytestmark = pytest.mark.django_db
LABELS = {"kind": "k", "title": "T", "filename": "t.pdf", "language": "en"}


@pytest.fixture
def makers(monkeypatch):
    made: list[int] = []
    monkeypatch.setattr(upkeep, "_makers", {})
    monkeypatch.setattr(upkeep, "PARALLEL", 1)
    upkeep.register_maker([StandardPage], made.append)
    return made


def page(title: str, day: int) -> StandardPage:
    new = StandardPage(title=title)
    HomePage.objects.get().add_child(instance=new)
    when = dt.datetime(2026, 3, day, tzinfo=dt.UTC)
    StandardPage.objects.filter(pk=new.pk).update(last_published_at=when)
    return new


def stored(key: str, content: bytes = b"", *, days: int = 0) -> StoredPdf:
    row = store.save(key * 64, LABELS, Rendered(content or key.encode(), 1, (), 0.0))
    StoredPdf.objects.filter(pk=row.pk).update(used_at=timezone.now() - dt.timedelta(days=days))
    return row


def exists(row: StoredPdf) -> bool:
    return store.storage().exists(row.path)


def test_public_pages_without_a_file_are_printed_the_newest_first(makers):
    old, new, has_one = page("Old", 1), page("New", 9), page("Has one", 5)
    PagePdf.objects.create(page=has_one, stored=stored("a"))
    StandardPage.objects.filter(pk=page("Draft", 8).pk).update(live=False)
    upkeep.render_missing.call(None)
    assert makers == [new.pk, old.pk]


def test_a_page_that_fails_is_tried_once_and_stops_no_other(monkeypatch, makers):
    keys = [page(f"P{day}", day).pk for day in range(1, 6)]
    tried: list[int] = []

    def make(pk: int) -> None:
        tried.append(pk)
        if pk == keys[2]:
            raise PdfTimeout
        if pk == keys[3]:
            raise ValueError("what nobody thought of")

    upkeep.register_maker([StandardPage], make)
    monkeypatch.setattr(upkeep, "PAGES_IN_A_TASK", 2)
    later: list[list] = []
    monkeypatch.setattr(
        type(upkeep.render_missing), "enqueue", lambda task, after: later.append(after)
    )
    upkeep.render_missing.call(None)
    while later:
        upkeep.render_missing.call(later.pop())
    assert tried == keys[::-1]


@pytest.mark.django_db(transaction=True)
def test_pages_are_printed_two_at_a_time(monkeypatch):
    meeting, made = threading.Barrier(2, timeout=10), []

    def make(pk: int) -> None:
        meeting.wait()  # passes only when two are under way
        made.append(pk)

    monkeypatch.setattr(upkeep, "_makers", {StandardPage: make})
    upkeep.print_pages([(StandardPage, number) for number in range(4)])
    assert sorted(made) == [0, 1, 2, 3]


def test_only_unused_files_without_a_holder_go(makers):
    kept = [stored("a", days=29), stored("b", days=99)]
    PagePdf.objects.create(page=page("Page", 1), stored=kept[1])
    gone = [stored("c", days=31), stored("d", days=99)]
    DraftPdf.objects.create(page=page("Draft", 2), stored=gone[1])
    assert [swept.name for swept in upkeep.sweep(30)] == [row.path for row in gone]
    assert [exists(row) for row in (*kept, *gone)] == [True, True, False, False]
    assert set(StoredPdf.objects.all()) == set(kept)


def test_bytes_that_two_rows_share_stay_for_the_other():
    old, young = stored("a", b"same", days=99), stored("b", b"same")
    assert [swept.size for swept in upkeep.sweep(30)] == [0]
    assert (old.path, exists(young)) == (young.path, True)


def test_files_that_a_crash_left_without_a_row_go_and_others_are_not_looked_at():
    lost, fresh = stored("a"), stored("b")
    StoredPdf.objects.all().delete()
    folder = Path(store.storage().path(lost.path)).parent
    half, foreign = folder / ".writing-abc", folder / "notes.txt"
    for path in (half, foreign):
        path.write_text("x")
    for path in (Path(store.storage().path(lost.path)), half, foreign):
        os.utime(path, (0, 0))
    assert {swept.name.rpartition("/")[2] for swept in upkeep.sweep(30)} == {
        Path(lost.path).name,
        ".writing-abc",
    }
    assert (exists(lost), exists(fresh), half.exists(), foreign.exists()) == (
        *(False, True, False),
        True,
    )
    foreign.unlink()


def test_zips_without_a_job_that_gives_them_go():
    def zipped(name: str, state: str) -> str:
        path = store.storage().save(f"print-jobs/{name}.zip", ContentFile(b"PK"))
        if state:
            PrintJob.objects.create(title=name, archive=path, state=state)
        os.utime(store.storage().path(path), (0, 0))
        return path

    done = zipped("done", JobState.DONE)
    useless = sorted([zipped("removed", ""), zipped("stopped", JobState.STOPPED)])
    young = store.storage().save("print-jobs/being-written.zip", ContentFile(b"PK"))
    assert [swept.name for swept in upkeep.sweep(30)] == useless
    assert [store.storage().exists(name) for name in (done, young, *useless)] == [
        *(True, True, False),
        False,
    ]
    store.storage().delete(done)
    store.storage().delete(young)


def test_what_another_sweep_took_a_moment_ago_is_passed_over(monkeypatch, tmp_path):
    """Each file goes between the listing and the look at it."""
    monkeypatch.setattr(identity, "drawings_folder", lambda: tmp_path)
    zipped = store.storage().save("print-jobs/gone.zip", ContentFile(b"PK"))
    drawing = tmp_path / "gone.svg"
    drawing.write_text("<svg/>")
    files = [
        Path(store.storage().path(zipped)),
        Path(store.storage().path(stored("a").path)),
        drawing,
    ]
    StoredPdf.objects.all().delete()
    for path in files:
        os.utime(path, (0, 0))
    look = os.stat

    def taken(path, *args, **kwargs):
        if os.fspath(path) in map(str, files):
            Path(path).unlink(missing_ok=True)
        return look(path, *args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(os, "stat", taken)
        assert list(upkeep.sweep(30)) == []
    assert [path.exists() for path in files] == [False] * 3


def test_drawings_of_logos_that_nobody_prints_go(monkeypatch, tmp_path):
    monkeypatch.setattr(identity, "drawings_folder", lambda: tmp_path)
    shape = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h{}v9z"/></svg>'
    branding = Branding.for_site(Site.objects.get())
    branding.logo_drawing = shape.format(3)
    branding.save()
    drawings = branding.logo_drawing, shape.format(4), shape.format(5)
    used, unused, young = (identity.keep_drawing(drawing) for drawing in drawings)
    for name in (used, unused):
        os.utime(tmp_path / name, (0, 0))
    assert len(list(upkeep.sweep(30, dry_run=True))) == 1
    assert [Path(swept.name).name for swept in upkeep.sweep(30)] == [unused]
    assert {path.name for path in tmp_path.iterdir()} == {used, young}


def test_the_command_can_only_say_what_would_go():
    row, out = stored("a", b"12345", days=99), StringIO()
    call_command("sweep_pdfs", "--dry-run", stdout=out)
    assert out.getvalue() == "1 file would go: 5\xa0bytes.\n"
    assert exists(row)
    call_command("sweep_pdfs", stdout=(out := StringIO()))
    assert out.getvalue() == "1 file removed: 5\xa0bytes.\n"
    assert not exists(row)
    with pytest.raises(CommandError, match="at least 1"):
        call_command("sweep_pdfs", "--days", "0")


def test_a_use_is_noted_once_a_day():
    row = stored("a", days=3)
    store.known("a" * 64, LABELS)
    noted = StoredPdf.objects.get(pk=row.pk).used_at
    assert timezone.now() - noted < dt.timedelta(minutes=5)
    store.known("a" * 64, LABELS)
    assert StoredPdf.objects.get(pk=row.pk).used_at == noted


ASKERS = """
import os, sys, time
import django; django.setup()
from django.db import connections
from cms.pdf import store
from cms.pdf.client import Rendered
labels = {"kind": "k", "title": "T", "filename": "t.pdf", "language": "en"}
def render():
    os.write(1, b"rendered ")
    time.sleep(0.4)
    return Rendered(b"%PDF-1.7 x", 1, (), 0.0)
connections.close_all()
children = []
for number in range(8):
    child = os.fork()
    if not child:
        stored, _new = store.get_or_render("f" * 64, labels, render)
        os.write(1, f"{stored.size} ".encode())
        os._exit(0)
    children.append(child)
print([os.waitpid(child, 0)[1] for child in children])
"""


def test_eight_processes_that_ask_at_once_cause_one_render(tmp_path):
    shutil.copyfile(migrated_template(settings.ROSTRUM_DATA / "test-databases"), tmp_path / "db")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASKERS],
        env={
            "PYTHONPATH": str(settings.BASE_DIR),
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "ROSTRUM_DATA": str(tmp_path),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'db'}",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    words = done.stdout.split()
    assert (words.count("rendered"), words.count("10")) == (1, 8)
