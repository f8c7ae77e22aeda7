"""A backup holds all that is needed, says so only when it is whole, and stays out of the data."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection, connections

from cms.domain import backups

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL brings programs of its own"
)


@pytest.fixture
def stored(tmp_path, monkeypatch) -> Path:
    """Folders of this test alone, with a file in each."""
    folders = {name: tmp_path / "data" / name for name in backups.KINDS}
    for name, folder in folders.items():
        (folder / "ab").mkdir(parents=True)
        (folder / "ab" / "file").write_text(name)
    monkeypatch.setattr(backups, "source_folders", lambda: folders)
    return tmp_path / "backups"


def backup(folder: Path) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("backup", folder, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@on_sqlite
def test_database_and_files_are_copied_into_a_folder_of_the_day(stored, time_machine):
    time_machine.move_to("2026-03-04 09:10:11+00:00", tick=False)
    out, _err = backup(stored)
    made = stored / "rostrum-2026-03-04-091011"

    assert out.splitlines()[-1] == f"The backup is in {made}"
    assert [path.name for path in stored.iterdir()] == [made.name]
    assert made.stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in made.iterdir()) == [
        "media", "pdf", "records", "rostrum.sqlite3",
    ]  # fmt: skip
    assert [(made / name / "ab/file").read_text() for name in backups.KINDS] == [*backups.KINDS]
    copy = connection.Database.connect(made / "rostrum.sqlite3")
    assert copy.execute("SELECT slug FROM wagtailcore_page WHERE depth = 3").fetchall() == [
        ("archive",)
    ]
    assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    copy.close()


@on_sqlite
def test_what_stands_there_is_left_alone(stored, time_machine):
    time_machine.move_to("2026-03-04 09:10:11+00:00", tick=False)
    made = stored / "rostrum-2026-03-04-091011"
    made.mkdir(parents=True)
    (made / "mine").touch()

    with pytest.raises(CommandError, match=f"{made} exists already"):
        backup(stored)
    assert [path.name for path in stored.rglob("*")] == [made.name, "mine"]


@on_sqlite
def test_a_backup_that_fails_leaves_nothing_behind(stored, monkeypatch):
    def full(*args: object) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "copy_file", full)

    with pytest.raises(CommandError, match=r"Nothing was backed up.*No space left on device"):
        backup(stored)
    assert list(stored.iterdir()) == []


def test_a_file_that_is_gone_meanwhile_is_passed_over(stored, tmp_path):
    (name, source), *_rest = backups.files()
    source.unlink()

    assert backups.copy_file(name, source, tmp_path) is False


@pytest.mark.parametrize("place", ["", "backups", "media/backups"])
def test_a_backup_does_not_lie_among_the_data(place):
    folder = Path(configured.ROSTRUM_DATA) / place

    with pytest.raises(
        CommandError, match=r"is inside the data folder\. Name a folder elsewhere\."
    ):
        backup(folder)


def test_the_folders_are_those_of_the_storages():
    storages["records"].save("backup-test/one", ContentFile(b"1"))

    assert ("records/backup-test/one") in dict(backups.files())


def test_without_the_programs_of_postgresql_the_line_to_run_is_printed(stored, monkeypatch):
    database = {"NAME": "rostrum", "HOST": "db", "PORT": 5433, "USER": "ann", "PASSWORD": "secret"}
    # Not the proxy: what was never its own would be deleted when this is undone.
    wrapper = connections[connection.alias]
    monkeypatch.setattr(wrapper, "vendor", "postgresql")
    monkeypatch.setattr(wrapper, "settings_dict", {**wrapper.settings_dict, **database})
    monkeypatch.setattr(backups.shutil, "which", lambda name: None)

    out, err = backup(stored)

    assert f"pg_dump --format=custom --file={stored}/rostrum.dump --host=db --port=5433" in err
    assert "secret" not in out + err
    assert [path.name.endswith("-files-only") for path in stored.iterdir()] == [True]
