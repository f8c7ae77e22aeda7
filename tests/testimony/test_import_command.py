"""`import_testimony`: what comes in, what a second run does, and what is never overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageLogEntry, Revision

from cms.models import ArchivePage, Issue, Person, User
from events.models import Body, Event
from testimony.importers import testimony
from testimony.models import TestimonyPage as Statement  # a name in Test… is collected
from tests.testimony.import_lines import line, run, summary, write

pytestmark = pytest.mark.django_db
HEADINGS = "created  updated  unchanged  rejected"


@pytest.fixture
def file(tmp_path):
    return lambda *lines: write(tmp_path / "lines.jsonl", *lines)


def counts() -> dict[str, int]:
    models = (Statement, Event, Body, Person, Issue, Revision, PageLogEntry)
    return {model.__name__: model.objects.count() for model in models}


def test_a_line_becomes_a_published_page_with_all_it_names(file) -> None:
    output, error = run("import_testimony", file(line()))
    assert (summary(output), error) == ([HEADINGS, "1        0        0          0"], "")
    page = Statement.objects.get()
    event = page.event
    assert {
        "live": page.live,
        "url": page.url,
        "title": page.title,
        "kind": page.get_document_kind_display(),
        "date": page.date,
        "summary": page.summary,
        "blocks": [block.block_type for block in page.body],
        "speaker": (page.speaker.name, page.speaker.role_title, page.speaker_role),
        "issues": sorted(page.issues.values_list("slug", flat=True)),
        "source": (page.source_key, page.source_url, page.source_publisher, page.licence),
        "event": (event.title, event.kind, event.status, event.place, event.is_all_day),
        "start": (event.starts_at, event.timezone, event.local_date),
        "body": (event.body.name, event.body.parent_name),
    } == {
        "live": True,
        "url": "/archive/county-2021-03-04-okafor/",
        "title": "Ada Okafor: Clean Air Near Schools",
        "kind": "Prepared statement",
        "date": dt.date(2021, 3, 4),
        "summary": "Chair and members, thank you. Our schools stand by the road.",
        "blocks": ["paragraph", "heading", "paragraph"],
        "speaker": ("Ada Okafor", "Health Officer", "Health Officer"),
        "issues": ["education", "environmental-justice"],
        "source": (
            "county-2021-03-04-okafor",
            "https://example.org/okafor",
            "County",
            "public-domain",
        ),
        "event": ("Clean Air Near Schools", "hearing", "passed", "Room 2", True),
        "start": (
            dt.datetime(2021, 3, 4, 17, tzinfo=dt.UTC),
            "America/New_York",
            dt.date(2021, 3, 4),
        ),
        "body": ("Senate Committee on Health, Subcommittee on Air", "State Senate"),
    }


def test_the_history_names_the_user_the_file_and_the_line(file) -> None:
    author = User.objects.create_superuser("mara", password="x")
    run("import_testimony", file("", line()), "--user", "mara")
    entries = PageLogEntry.objects.filter(page=Statement.objects.get().pk).order_by("pk")
    assert [(entry.action, entry.user, entry.message) for entry in entries] == [
        ("wagtail.create", author, "Created"),
        ("wagtail.publish", author, "Published"),
        ("testimony.import", author, "Imported from lines.jsonl, line 2"),
    ]


def test_two_statements_of_one_hearing_share_event_body_and_speaker(file) -> None:
    run("import_testimony", file(line(), line(id="second", title="Second")))
    assert (Event.objects.count(), Body.objects.count(), Person.objects.count()) == (1, 1, 1)


def test_a_floor_speech_stands_before_the_whole_chamber(file) -> None:
    speech = line(
        committee=None,
        subcommittee=None,
        doc_type="floor_statement",
        event={"type": "legislative_floor", "name": "Tree Act"},
    )
    run("import_testimony", file(speech))
    body = Event.objects.get(kind="floor").body
    assert (body.name, body.parent_name) == ("State Senate", "")


def test_a_second_run_touches_nothing(file) -> None:
    path = file(line(), line(id="second"))
    run("import_testimony", path)
    before = counts()
    output, error = run("import_testimony", path)
    assert (summary(output), error) == ([HEADINGS, "0        0        2          0"], "")
    assert counts() == before


def test_fields_in_another_order_are_no_change(file) -> None:
    run("import_testimony", file(line()))
    turned = dict(reversed(line().items()))
    assert summary(run("import_testimony", file(turned))[0])[1] == "0        0        1          0"


def test_a_changed_line_updates_the_page_with_one_more_published_revision(file) -> None:
    run("import_testimony", file(line()))
    first = Statement.objects.get()
    changed = line(text="We speak again.", speaker={"name": "Bo Lind"}, issues=["transit"])
    output, error = run("import_testimony", file(changed))
    assert (summary(output), error) == ([HEADINGS, "0        1        0          0"], "")
    page = Statement.objects.get()
    assert (page.pk, page.url, page.revisions.count()) == (first.pk, first.url, 2)
    assert (page.summary, page.speaker.name, page.speaker_role) == (
        "We speak again.",
        "Bo Lind",
        "",
    )
    assert list(page.issues.values_list("slug", flat=True)) == ["transit"]
    assert page.live_revision_id == page.latest_revision_id


def edit(page: Statement) -> None:
    page.title = "Corrected here"
    page.save_revision()


def edit_and_publish(page: Statement) -> None:
    page.title = "Corrected here"
    page.save_revision().publish()


def unpublish(page: Statement) -> None:
    page.unpublish()


def lock(page: Statement) -> None:
    page.locked = True
    page.save()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (edit, "edited here since"),
        (edit_and_publish, "edited here since"),
        (unpublish, "unpublished here since"),
        (lock, "locked here"),
    ],
)
def test_what_a_person_has_done_here_since_is_not_overwritten(file, change, reason) -> None:
    run("import_testimony", file(line()))
    change(Statement.objects.get())
    before = counts()
    output, error = run("import_testimony", file(line(title="Changed there")))
    assert summary(output)[-1] == f"1     county-2021-03-04-okafor  {reason}"
    assert error == "1 of 1 lines was rejected; the others are in."
    assert counts() == before


def test_what_a_person_does_while_the_line_is_read_is_not_overwritten(file, monkeypatch) -> None:
    run("import_testimony", file(line()))

    @contextmanager
    def edit_before_the_lock(**kwargs) -> Iterator[None]:
        edit_and_publish(Statement.objects.get())
        yield

    monkeypatch.setattr(testimony, "LogContext", edit_before_the_lock)
    output, _error = run("import_testimony", file(line(title="Changed there")))
    assert summary(output)[-1] == "1     county-2021-03-04-okafor  edited here since"
    assert Statement.objects.get().title == "Corrected here"


def test_a_speaker_who_is_known_returns_in_another_role(file) -> None:
    known = Person.objects.create(name="Ada Okafor", role_title="Teacher")
    run("import_testimony", file(line()))
    page = Statement.objects.get()
    assert (page.speaker, page.speaker_role) == (known, "Health Officer")
    known.refresh_from_db()
    assert (known.role_title, Person.objects.count()) == ("Teacher", 1)


@pytest.mark.parametrize(("role", "chosen"), [("health officer", 1), ("Nurse", 0)])
def test_of_two_people_of_one_name_the_role_decides_else_who_was_first(file, role, chosen) -> None:
    people = [
        Person.objects.create(name="Ada Okafor", role_title=title)
        for title in ("Teacher", "Health Officer")
    ]
    run("import_testimony", file(line(speaker={"name": "Ada Okafor", "role": role})))
    assert Statement.objects.get().speaker == people[chosen]


def test_a_dry_run_counts_the_same_and_writes_nothing(file) -> None:
    run("import_testimony", file(line(), line(id="second")))
    before = counts()
    path = file(
        line(), line(id="second", title="Changed"), line(id="third"), line(id="x", date="soon")
    )
    dry, dry_error = run("import_testimony", path, "--dry-run")
    assert counts() == before
    assert dry_error == "1 of 4 lines would be rejected."
    wet, wet_error = run("import_testimony", path)
    assert wet_error == "1 of 4 lines was rejected; the others are in."
    note = "This was a dry run: nothing was written."
    assert [row for row in summary(dry) if row != note] == summary(wet)
    assert summary(wet)[1] == "1        1        1          1"


def test_issues_are_made_on_request_and_merged_ones_lead_to_their_target(file) -> None:
    target = Issue.objects.get(slug="transit")
    Issue.objects.create(name="Buses", slug="buses", merged_into=target)
    path = file(line(issues=["buses", "safe-streets"]))
    output, error = run("import_testimony", path, "--create-issues")
    assert (summary(output)[1], error) == ("1        0        0          0", "")
    page = Statement.objects.get()
    assert sorted(page.issues.values_list("slug", "name")) == [
        ("safe-streets", "Safe streets"),
        ("transit", target.name),
    ]


def test_an_address_that_is_taken_gets_a_number(file) -> None:
    archive = ArchivePage.objects.get()
    archive.add_child(instance=Statement(title="Ours", slug="county-2021-03-04-okafor", live=False))
    run("import_testimony", file(line(), line(id="County 2021 03 04 Okafor")))
    slugs = Statement.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == [
        "county-2021-03-04-okafor",
        "county-2021-03-04-okafor-2",
        "county-2021-03-04-okafor-3",
    ]


def test_somebody_who_may_not_publish_cannot_import(file) -> None:
    User.objects.create_user("ines").groups.add(Group.objects.get_or_create(name="Authors")[0])
    path = file(line())
    assert [run("import_testimony", path, "--user", name)[1] for name in ("ines", "nobody")] == [
        "ines may not publish in the archive.",
        "There is no user named nobody.",
    ]


def test_a_site_without_an_archive_says_so(file) -> None:
    ArchivePage.objects.get().delete()
    error = run("import_testimony", file(line()))[1]
    assert error == "The site has no archive page. Add one under the home page first."
