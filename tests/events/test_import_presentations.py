"""Past appearances come in: from the command line and from the admin, twice, and never by halves."""

from __future__ import annotations

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from cms.models import Person
from events.importers import appearances, runs
from events.importers.appearance_rows import NotReadable, decoded, rows_of
from events.importers.appearances import AppearancesImport, Status
from events.models import AppearanceImport, Body, Event, Presentation

HEADING = "date,time,timezone,event_type,body,committee,event_title,speaker,role,testimony_id"
FIRST = "2014-03-09,,,legislative_hearing,State House,Health,Leave,Ada Okafor,Officer,a-1"
SECOND = "2014-03-09,,,legislative_hearing,State House,Health,Leave,Lin Park,Nurse,a-2"
BY_THE_CLOCK = "2014-03-08,09:30,America/Chicago,conference,,,Talk,Ada Okafor,,"

pytestmark = pytest.mark.django_db


def table(*rows: str) -> str:
    return "\n".join([HEADING, *rows])


def taken(text: str, *, dry_run: bool = False) -> list[tuple]:
    run = AppearancesImport(dry_run=dry_run, source="list.csv")
    return [(it.line, it.status.value, it.reason) for it in map(run.take, rows_of(text))]


def counts() -> dict[str, int]:
    models = (Body, Event, Person, Presentation)
    return {model.__name__: model.objects.count() for model in models}


NOTHING = {"Body": 0, "Event": 0, "Person": 0, "Presentation": 0}
ALL = {"Body": 1, "Event": 2, "Person": 2, "Presentation": 3}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(table(FIRST, SECOND, BY_THE_CLOCK))
    return path


def test_rows_make_bodies_events_speakers_and_presentations_once():
    text = table(FIRST, SECOND, BY_THE_CLOCK)
    assert [status for _line, status, _reason in taken(text)] == ["created"] * 3
    assert counts() == ALL
    assert [status for _line, status, _reason in taken(text)] == ["unchanged"] * 3
    assert counts() == ALL

    one = Presentation.objects.get(speaker__name="Lin Park")
    told = (one.status, one.role_title, one.event.when, one.event.body.parent_name)
    assert told == ("delivered", "Nurse", "March 9, 2014", "State House")
    timed = Event.objects.get(title="Talk")
    assert (timed.when, timed.status) == ("March 8, 2014, 9:30 a.m. CST", "passed")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_day_without_a_time_is_that_day_at_the_place(zone):
    row = FIRST.replace(",,,", f",,{zone},")
    assert [row[1] for row in taken(table(row))] == ["created"]
    assert [row[1] for row in taken(table(row))] == ["unchanged"]

    event = Event.objects.get()
    assert (event.timezone, event.is_all_day, event.when) == (zone, True, "March 9, 2014")
    assert event.local_start.hour == 12
    assert Presentation.objects.get().delivered_at == event.starts_at


def test_a_dry_run_says_the_same_and_writes_nothing():
    assert [row[1] for row in taken(table(FIRST, BY_THE_CLOCK), dry_run=True)] == ["created"] * 2
    assert counts() == NOTHING


BAD = {
    "missing speaker": FIRST.replace("Ada Okafor", ""),
    "bad date “9 March”: write 2024-03-31": FIRST.replace("2014-03-09", "9 March"),
    "bad date “2014-02-30”: write 2024-03-31": FIRST.replace("2014-03-09", "2014-02-30"),
    "unknown event type “party”": FIRST.replace("legislative_hearing", "party"),
    "it has 2 columns, the first line has 10": "2014-03-09,conference",
    "bad time “25:00”: write 09:30": BY_THE_CLOCK.replace("09:30", "25:00"),
    "02:30 did not exist": BY_THE_CLOCK.replace("2014-03-08,09:30", "2014-03-09,02:30"),
    "01:30 came twice": BY_THE_CLOCK.replace("2014-03-08,09:30", "2014-11-02,01:30"),
    "Nowhere is not a known time zone": BY_THE_CLOCK.replace("America/Chicago", "Nowhere"),
    "2014-03-09 is still to come: add it as an event": FIRST,
    "event_title is too long": FIRST.replace("Leave", "L" * 300),
}


@pytest.mark.parametrize(("reason", "row"), BAD.items())
def test_a_row_that_is_wrong_is_refused_with_its_line_and_reason(reason, row):
    with time_machine.travel("2010-01-01" if "to come" in reason else "2026-01-01"):
        [_good, (line, status, told)] = taken(table(BY_THE_CLOCK.replace("2014", "2009"), row))

    assert (line, status) == (3, "rejected")
    assert reason in told
    assert Presentation.objects.count() == 1


def test_a_row_that_comes_twice_is_told():
    assert taken(table(FIRST, FIRST))[1] == (
        3,
        "rejected",
        "the same appearance is already on line 2",
    )


def test_a_failing_row_leaves_nothing_behind(monkeypatch):
    def failing(event, appearance):
        raise appearances.RowRejected("no")

    monkeypatch.setattr(appearances, "_presentation", failing)
    assert [row[1] for row in taken(table(FIRST))] == ["rejected"]
    assert counts() == NOTHING


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"date,speaker\n", "Missing: event_type, event_title."),
        (b"\xff\xfe", "It is not UTF-8: byte 1."),
        (b"date,date,event_type,event_title,speaker\n", "names a column twice"),
        (b"", "Missing: date, event_type, event_title, speaker."),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_as_a_whole(data, reason):
    with pytest.raises(NotReadable, match=reason):
        rows_of(decoded(data))


def test_a_testimony_that_came_later_is_linked(monkeypatch, page):
    taken(table(FIRST))
    monkeypatch.setitem(appearances._finders, "test", {"a-1": page}.get)

    assert [row[1] for row in taken(table(FIRST))] == ["linked"]
    assert [row[1] for row in taken(table(FIRST))] == ["unchanged"]
    assert Presentation.objects.get().materials.get().page_id == page.pk


def test_what_staff_entered_before_is_taken_and_not_doubled():
    taken(table(FIRST))
    Presentation.objects.update(source_key=None, notes="Ours")
    taken(table(FIRST))

    assert Presentation.objects.get().notes == "Ours"


def test_the_command_counts_and_fails_on_rejected_rows(file, capsys):
    call_command("import_presentations", file)
    assert "Importing: 100 % (3 of 3)" in capsys.readouterr().out
    file.write_text(table(FIRST, "2014-03-09,conference"))
    with pytest.raises(CommandError, match="1 of 2 lines was rejected"):
        call_command("import_presentations", file)
    told = capsys.readouterr().out
    assert "it has 2 columns, the first line has 10" in told
    with pytest.raises(CommandError, match="1 of 2 lines would be rejected"):
        call_command("import_presentations", file, "--dry-run")


def test_the_command_says_what_is_wrong_with_the_file(tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_presentations", tmp_path / "none.csv")
    (tmp_path / "empty.csv").write_text(HEADING)
    with pytest.raises(CommandError, match="is empty"):
        call_command("import_presentations", tmp_path / "empty.csv")


def upload(client, text: str):
    file = SimpleUploadedFile("list.csv", text.encode(), content_type="text/csv")
    return client.post(reverse("events:import_appearances"), {"file": file}, follow=True)


def test_the_admin_shows_first_and_imports_then(client, administrator):
    client.force_login(administrator)
    shown = upload(client, table(FIRST, SECOND, "2014-03-09,conference"))
    assert "3 appearances in list.csv" in shown.text
    assert "it has 2 columns, the first line has 10" in shown.text
    assert counts() == NOTHING

    address = reverse("events:import_run", args=[AppearanceImport.objects.get().pk])
    done = client.post(address, follow=True)
    assert "Everything is done" in done.text
    assert counts() == {"Body": 1, "Event": 1, "Person": 2, "Presentation": 2}
    run = AppearanceImport.objects.get()
    assert (run.done, run.counts) == (3, {"created": 2, "rejected": 1})


def test_an_import_that_was_left_goes_on_behind_the_last_row(client, administrator, monkeypatch):
    client.force_login(administrator)
    monkeypatch.setattr(runs, "WORK_SECONDS", 0)
    monkeypatch.setattr(runs.tend, "__kwdefaults__", {"seconds": 0})
    upload(client, table(FIRST, SECOND, FIRST))
    address = reverse("events:import_run", args=[AppearanceImport.objects.get().pk])
    client.post(address, follow=True)

    seen = []
    while AppearanceImport.objects.get().is_open:
        seen.append(AppearanceImport.objects.get().done)
        client.get(address)
    run = AppearanceImport.objects.get()
    assert (seen, run.counts) == ([1, 2], {"created": 2, "rejected": 1})
    assert run.rejected[0][0] == 4


def test_the_upload_says_what_is_wrong_with_a_file(client, administrator):
    client.force_login(administrator)
    told = upload(client, "date,speaker\n")
    assert told.context["form"].errors["file"][0].endswith("Missing: event_type, event_title.")
    assert upload(client, HEADING).context["form"].errors == {
        "file": ["There is nothing below the first line."]
    }
    assert AppearanceImport.objects.count() == 0


def test_an_import_is_its_owner_s_and_speakers_have_none(
    client, administrator, approver, author, speaker_user
):
    client.force_login(administrator)
    upload(client, table(FIRST))
    address = reverse("events:import_run", args=[AppearanceImport.objects.get().pk])
    client.force_login(approver)
    assert client.get(address).status_code == 404
    for user in (author, speaker_user):  # what comes in counts as delivered
        client.force_login(user)
        assert client.get(reverse("events:import_appearances")).status_code == 302


def test_statuses_have_words():
    assert {status.value for status in Status} == {"created", "linked", "unchanged", "rejected"}


def test_a_hearing_of_tomorrow_or_of_tonight_was_not_delivered():
    tonight = BY_THE_CLOCK.replace("09:30", "19:00")
    with time_machine.travel("2014-03-08T20:00:00Z"):  # 14:00 in Chicago
        told = taken(table(FIRST, tonight, BY_THE_CLOCK))
    assert [status for _line, status, _reason in told] == ["rejected", "rejected", "created"]


def test_a_file_that_no_database_keeps_is_refused(administrator):
    with pytest.raises(NotReadable, match="NUL"):
        runs.upload("list.csv", table(FIRST.replace("Nurse", "\0")) + "\0", user=administrator)
