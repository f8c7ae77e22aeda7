"""`export_pdf`: public documents as files."""

from __future__ import annotations

import pytest

from cms.models import ArchivePage, PrintJob
from cms.pdf.errors import PdfRenderError, PdfUnavailable
from testimony.exporters import pdf_files, print_jobs
from tests.builders import make_testimony
from tests.cms.print_jobs import paper
from tests.testimony.import_lines import run, summary

HEADINGS = "written  identical  failed"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "made" / "here"


def files(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.django_db
def test_each_public_document_becomes_a_file_of_its_own_name(folder) -> None:
    make_testimony("First")
    make_testimony("Second")
    make_testimony("Hidden", live=False)
    output, error = run("export_pdf", "--all", "-o", folder, "--jobs", "1")
    assert error == ""
    assert summary(output) == [HEADINGS, "2        0          0", f"The files are in {folder}."]
    assert files(folder) == ["first.pdf", "second.pdf"]
    assert {(folder / name).read_bytes()[:5] for name in files(folder)} == {b"%PDF-"}


@pytest.mark.django_db
def test_an_identical_file_is_left_alone_and_another_is_replaced(folder) -> None:
    make_testimony("First")
    make_testimony("Second")
    arguments = ("export_pdf", "--kind", "testimony", "-o", folder, "--jobs", "1")
    run(*arguments)
    good = (folder / "second.pdf").read_bytes()
    untouched = (folder / "first.pdf").stat()
    (folder / "second.pdf").write_bytes(b"half")
    assert summary(run(*arguments)[0])[1] == "1        1          0"
    assert (folder / "second.pdf").read_bytes() == good
    assert (folder / "first.pdf").stat().st_mtime_ns == untouched.st_mtime_ns
    assert files(folder) == ["first.pdf", "second.pdf"]


@pytest.mark.django_db
def test_pages_that_are_not_public_or_not_there_are_named(folder) -> None:
    shown, hidden = make_testimony("Shown"), make_testimony("Hidden", live=False)
    archive = ArchivePage.objects.get()
    numbers = (shown.pk, hidden.pk, archive.pk, 999_999)
    output, error = run("export_pdf", "-o", folder, "--jobs", "1", "--page", *numbers)
    reason = "no public document has this number"
    assert summary(output)[1] == "1        0          3"
    assert [row.split(maxsplit=1) for row in summary(output)[4:]] == [
        [str(number), reason] for number in numbers[1:]
    ]
    assert error == "3 of 4 documents failed."
    assert files(folder) == ["shown.pdf"]


@pytest.mark.django_db
def test_a_document_that_fails_is_named_and_the_rest_goes_on(folder, monkeypatch) -> None:
    bad, _good = make_testimony("Bad"), make_testimony("Good")
    make_pdf = pdf_files.make_pdf

    def fail_once(page):
        if page.pk == bad.pk:
            raise PdfRenderError("The table is too wide.")
        return make_pdf(page)

    monkeypatch.setattr(pdf_files, "make_pdf", fail_once)
    output, error = run("export_pdf", "--all", "-o", folder, "--jobs", "1")
    assert summary(output)[1] == "1        0          1"
    assert summary(output)[-1] == f"{bad.pk:<4}  Bad    The table is too wide."
    assert error == "1 of 2 documents failed."
    assert files(folder) == ["good.pdf"]


@pytest.mark.django_db
def test_a_machine_that_cannot_print_says_so_once(folder, monkeypatch) -> None:
    def unavailable(page):
        raise PdfUnavailable("A library is missing.")

    make_testimony("First")
    make_testimony("Second")
    monkeypatch.setattr(pdf_files, "make_pdf", unavailable)
    assert run("export_pdf", "--all", "-o", folder, "--jobs", "1") == ("", "A library is missing.")


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_is_refused_in_words(tmp_path) -> None:
    (tmp_path / "file").write_text("not a folder")
    folder = tmp_path / "file" / "inside"
    error = run("export_pdf", "--all", "-o", folder)[1]
    assert error == f"Files cannot be written to {folder}: Not a directory."


@pytest.mark.django_db
def test_a_full_disk_leaves_no_half_file(folder, monkeypatch) -> None:
    def full(*args) -> None:
        raise OSError(28, "No space left on device")

    make_testimony("First")
    monkeypatch.setattr(pdf_files.os, "replace", full)
    output, _error = run("export_pdf", "--all", "-o", folder, "--jobs", "1")
    assert summary(output)[-1].endswith("[Errno 28] No space left on device")
    assert files(folder) == []


@pytest.mark.django_db(transaction=True)
def test_several_at_a_time_write_the_same_files(folder) -> None:
    for title in ("One", "Two", "Three"):
        make_testimony(title)
    assert run("export_pdf", "--all", "-o", folder, "--jobs", "3")[1] == ""
    assert files(folder) == ["one.pdf", "three.pdf", "two.pdf"]


@pytest.mark.parametrize("jobs", ["0", "9", "many"])
def test_only_one_to_eight_jobs_are_taken(folder, jobs) -> None:
    expected = "Error: argument --jobs: a number from 1 to 8"
    assert run("export_pdf", "--all", "-o", folder, "--jobs", jobs)[1] == expected


def test_names_are_unique_on_disks_that_do_not_tell_case_apart() -> None:
    named = pdf_files._named([(1, "report"), (2, "Report"), (3, "other")])
    assert [target.name for target in named] == ["report.pdf", "Report-2.pdf", "other.pdf"]


@pytest.mark.django_db
@pytest.mark.parametrize("option", ["--one", "--zip"])
def test_a_number_that_is_no_page_is_named_by_one_file_too(folder, monkeypatch, option) -> None:
    monkeypatch.setattr("cms.pdf.service.render", paper.render)
    paper.forget()
    shown, target = make_testimony("Shown"), folder / "all"
    output, error = run("export_pdf", option, target, "--page", shown.pk, 999_999)
    assert summary(output)[-1].split(maxsplit=1) == ["999999", "no public document has this number"]
    assert (error, target.exists()) == ("1 of 2 documents failed.", True)


@pytest.mark.django_db
def test_all_of_an_issue_as_one_file_and_as_a_zip(folder, monkeypatch) -> None:
    monkeypatch.setattr("cms.pdf.service.render", paper.render)
    paper.forget()
    make_testimony("First")
    make_testimony("Hidden", live=False)
    for option in ("--one", "--zip"):
        target = folder / option.strip("-")
        assert run("export_pdf", "--issue", "paid-leave", option, target)[1] == ""
    assert files(folder) == ["one", "zip"]
    assert [(folder / name).read_bytes()[:2] for name in files(folder)] == [b"%P", b"PK"]
    assert not PrintJob.objects.exists()


@pytest.mark.django_db
def test_an_export_that_was_interrupted_goes_on_where_it_stopped(folder, monkeypatch) -> None:
    monkeypatch.setattr("cms.pdf.service.render", paper.render)
    paper.forget()
    make_testimony("First")
    make_testimony("Second")
    job = print_jobs.list_job(pdf_files.targets(), "zip")
    next(print_jobs.steps(job))
    assert run("export_pdf", "--all", "--zip", folder / "all.zip")[1] == ""
    assert dict(paper.asked) == {"First": 1, "Second": 1}


@pytest.mark.django_db
def test_what_is_not_in_the_one_file_is_named(folder, monkeypatch) -> None:
    monkeypatch.setattr("cms.pdf.service.render", paper.render)
    paper.forget()
    paper.failing.add("Bad")
    make_testimony("Bad")
    make_testimony("Good")
    output, error = run("export_pdf", "--all", "--zip", folder / "all.zip")
    assert error == "1 of 2 documents failed."
    assert summary(output)[-1] == "Bad    The table is too wide."


@pytest.mark.django_db
def test_an_issue_or_event_that_is_not_there_is_said(folder) -> None:
    error = run("export_pdf", "--issue", "nothing", "-o", folder)[1]
    assert error == "There is no issue “nothing”."
    assert run("export_pdf", "--event", "99", "--one", folder / "a")[1] == "There is no event 99."
