"""The command, its registry and its temporary database."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from contextlib import nullcontext
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from cms.benchmark import archive_list, pdf_render, registry
from cms.benchmark.database import base_36, fill_archive
from cms.benchmark.registry import Measure, Pair
from cms.management.commands import benchmark
from cms.models import ArchiveEntry, ArchiveEntryIssue
from tests.source_tree import ROOT

IN_A_DATABASE_OF_ITS_OWN = """
import django
django.setup()
from django.db import connection
from cms.benchmark.database import temporary_database
connection.settings_dict["TEST"]["MIGRATE"] = False  # tables as the models are: no time for migrations
with temporary_database():
    from cms.models import Organization
    Organization.objects.create(name="Only measured")
    print(connection.settings_dict["NAME"].rpartition("/")[2], Organization.objects.count())
"""


def constant(seconds: float, **values) -> Measure:
    pair = Pair(lambda: seconds, lambda: 1.0)
    fields = {"name": "steady", "title": "Steady work", "limit": "a bare limit"}
    fields |= {"target": 3.0, "goal": 2.0}
    return Measure(**{**fields, "open": lambda: nullcontext(pair), **values})


@pytest.fixture
def known(monkeypatch):
    """A registry of two measures, and no database of its own."""
    found = {"steady": constant(2.5), "slow": constant(4.0, name="slow")}
    monkeypatch.setattr(benchmark, "measures", lambda: found)
    monkeypatch.setattr(benchmark, "temporary_database", nullcontext)
    return found


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("benchmark", *arguments, "--rounds", "3", stdout=output, stderr=StringIO())
    return output.getvalue()


def test_a_measure_is_reported_in_words(known):
    assert run("steady") == (
        "Steady work\n"
        "  2.50 × a bare limit\n"
        "  target 3 ×: within the target; goal 2 ×\n"
        "  quartiles 2.50 to 2.50, 95 % interval 2.50 to 2.50, 3 rounds\n"
        "  2500.00 against 1000.00 ms of processor time; "
        "the limit against itself 1.00 (spread 0.00)\n"
    )


def test_machines_get_json(known):
    answer = json.loads(run("steady", "--json"))

    assert answer["database"] == connection.vendor
    (result,) = answer["results"]
    assert (result["name"], result["ratio"], result["verdict"]) == (
        "steady",
        2.5,
        "within the target",
    )


def test_a_measure_above_its_target_ends_with_an_error(known):
    with pytest.raises(CommandError, match=r"^Above the target: slow\.$"):
        run()


def test_an_unknown_measure_is_refused_with_the_list(known):
    with pytest.raises(CommandError, match=r"^Unknown: fast\. There are: steady, slow\.$"):
        run("fast")


def test_the_first_word_of_a_name_stands_for_its_family(known):
    known["slow-two"] = constant(1.0, name="slow-two", title="Second of a family")

    with pytest.raises(CommandError, match=r"^Above the target: slow\.$"):
        run("slow")
    assert run("slow-two").startswith("Second of a family\n")


def test_rounds_are_counted_from_one(known):
    with pytest.raises(CommandError, match="at least 1"):
        call_command("benchmark", "--rounds", "0")


def test_upper_packages_register_measures(monkeypatch):
    monkeypatch.setattr(registry, "_measures", {})
    registry.register(constant(1.0))

    names = list(registry.measures())
    assert (names[:2], names[-1]) == (["archive-list", "pdf-render"], "steady")
    with pytest.raises(ImproperlyConfigured, match="already registered"):
        registry.register(constant(1.0))


@pytest.mark.django_db
def test_the_archive_is_filled_with_entries_that_the_list_shows(settings):
    settings.ROOT_URLCONF = "cms.benchmark.urls"
    fill_archive(40)

    assert ArchiveEntry.objects.count() == 40
    assert ArchiveEntryIssue.objects.values("issue").distinct().count() == 23
    assert archive_list.visit("/archive/")().count(b"/archive/testimony-") >= 25
    assert archive_list.visit("/benchmark/one-query/")() == b"Root"


@pytest.mark.django_db
def test_a_visit_that_is_not_answered_is_not_measured(settings):
    settings.ROOT_URLCONF = "cms.benchmark.urls"
    with pytest.raises(RuntimeError, match="/nowhere/ answered 404"):
        archive_list.visit("/nowhere/")()


@pytest.mark.parametrize(("number", "digits"), [(1, "0001"), (35, "000Z"), (36, "0010")])
def test_paths_count_as_wagtail_does(number, digits):
    assert base_36(number) == digits


def test_the_real_database_is_not_touched(tmp_path):
    real = tmp_path / "rostrum.sqlite3"
    real.write_bytes(b"the real database, which need not even be one")
    before = hashlib.sha256(real.read_bytes()).hexdigest()
    environment = {**os.environ, "ROSTRUM_DATA": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "cms.settings.dev"
    environment["DATABASE_URL"] = f"sqlite:///{real}"
    finished = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", IN_A_DATABASE_OF_ITS_OWN],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert finished.stdout.split() == ["benchmark.sqlite3", "1"]
    assert hashlib.sha256(real.read_bytes()).hexdigest() == before
    assert [path.name for path in tmp_path.glob("*.sqlite3*")] == ["rostrum.sqlite3"]


@pytest.mark.django_db
def test_the_pdf_engine_is_measured_against_the_bare_one():
    with pdf_render.opened() as pair:
        pair.measured()  # the first render of a process pays for its start

        assert 0 < pair.measured() < pair.limit()
