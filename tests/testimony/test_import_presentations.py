"""The beginning of the real list of appearances, against the testimony of the same speakers in the archive."""

from __future__ import annotations

import itertools

import pytest
from django.core.management import call_command

from cms.models import ArchivePage, Person
from events.models import Body, Event, Presentation, PresentationMaterial
from testimony.importers.testimony import TestimonyImport
from testimony.models import TestimonyPage
from tests.testimony import corpus

LIST = corpus.FILE.parent / "presentations.csv"
ARCHIVED = 2
ROWS = 30

pytestmark = [*corpus.needs_corpus, pytest.mark.django_db]


def counts() -> dict[str, int]:
    models = (Body, Event, Person, Presentation, PresentationMaterial)
    return {model.__name__: model.objects.count() for model in models}


def test_all_come_in_once_and_meet_the_testimony_of_the_archive(capsys, tmp_path):
    beginning = tmp_path / "presentations.csv"
    with LIST.open(encoding="utf-8", newline="") as whole:
        beginning.write_text("".join(itertools.islice(whole, ROWS + 1)), encoding="utf-8")
    run = TestimonyImport(ArchivePage.objects.get(), create_issues=True)
    with corpus.FILE.open("rb") as file:
        taken = list(run.run(itertools.islice(file, ARCHIVED)))
    assert [outcome.status.value for outcome in taken] == ["created"] * ARCHIVED

    call_command("import_presentations", beginning)
    first = counts()
    call_command("import_presentations", beginning)
    told = capsys.readouterr().out.splitlines()

    assert [line.split() for line in told if line.split()[:1] in ([str(ROWS)], ["0"])] == [
        [str(ROWS), "0", "0", "0"],
        ["0", "0", str(ROWS), "0"],
    ]
    assert counts() == first
    assert (first["Presentation"], first["PresentationMaterial"]) == (ROWS, ARCHIVED)
    # Both imports know a hearing by the same key: the testimony's own event is the presentation's.
    for page in TestimonyPage.objects.all():
        assert page.presentation_materials.get().presentation.event == page.event
