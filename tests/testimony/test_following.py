"""A change in the library reaches what follows it, and nothing else."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.archive import projection
from cms.archive.filters import ArchiveFilter
from cms.models import ArchiveEntry, ArchivePage, PagePdf, Person, StoredPdf
from events.models import Body, Event, Vehicle
from testimony import archive_sources, signal_handlers
from testimony.benchmark import copies
from testimony.domain import deletion, following, refreshing
from testimony.domain.following import documents_showing, documents_using
from testimony.domain.pinning import settle
from testimony.domain.resolve import resolve
from testimony.enums import ReferenceMode
from testimony.models import RefreshJob, TalkingPoint, TestimonyPage
from tests.builders import (
    embed,
    make_event,
    make_fact_sheet,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    paragraph,
    publish,
)
from tests.cms.archive.test_projection import dump

pytestmark = pytest.mark.django_db


@pytest.fixture
def tasks_in_database(settings):
    """As in production, where a worker does what is enqueued; here none runs."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "pdf"]}
    }


@pytest.fixture
def chain():
    """A source behind a statistic in a talking point on a page; and a page without any of them."""
    source = make_source("Survey")
    statistic = make_statistic(source=source)
    point = make_point(text=f"<p>Only {embed(statistic)}.</p>")
    page = make_testimony(body=[("talking_point", point)])
    other = make_testimony("Another", body=[paragraph("<p>Else</p>")])
    return source, statistic, point, page, other


@pytest.mark.parametrize("position", [0, 1, 2])
def test_page_is_found_through_every_link_of_the_chain(chain, position):
    page = chain[3]
    assert documents_using(chain[position]) == {page.pk}


def test_published_figure_reaches_the_page_and_the_archive(
    chain, django_capture_on_commit_callbacks
):
    _source, statistic, _point, page, other = chain
    statistic.value = 31
    with django_capture_on_commit_callbacks(execute=True):
        publish(statistic)
    assert "Only 31%." in ArchiveEntry.objects.get(page=page).search_text
    assert "31%" not in ArchiveEntry.objects.get(page=other).search_text


def test_draft_of_a_figure_changes_nothing_public(chain, django_capture_on_commit_callbacks):
    _source, statistic, _point, page, _other = chain
    statistic.value = 31
    with django_capture_on_commit_callbacks(execute=True):
        statistic.save_revision()
    assert "Only 27%." in ArchiveEntry.objects.get(page=page).search_text


def test_unpublished_point_leaves_the_archive_text(chain, django_capture_on_commit_callbacks):
    _source, _statistic, point, page, _other = chain
    with django_capture_on_commit_callbacks(execute=True):
        point.unpublish()
    assert "Only" not in ArchiveEntry.objects.get(page=page).search_text


def test_page_forgets_the_size_of_its_old_pdf(chain, django_capture_on_commit_callbacks):
    _source, statistic, _point, page, other = chain
    for number, document in enumerate((page, other)):
        stored = StoredPdf.objects.create(
            key=str(number),
            sha256="0",
            size=1,
            pages=1,
            kind="t",
            title="t",
            filename="t",
            path="t",
        )
        PagePdf.objects.create(page=document, stored=stored)
    with django_capture_on_commit_callbacks(execute=True):
        publish(statistic)
    assert list(PagePdf.objects.values_list("page_id", flat=True)) == [other.pk]


def found(word: str) -> list[int]:
    """Keys of the documents that the public search finds."""
    archive = ArchiveFilter.from_querydict(QueryDict(f"q={word}"))
    return sorted(archive.queryset().values_list("pk", flat=True))


def what_a_rebuild_gives() -> list[object]:
    projection.rebuild()
    return dump()


@pytest.mark.parametrize(("position", "word"), [(0, "quokka"), (1, "31"), (2, "wombat")])
@pytest.mark.parametrize("way", ["delete", "unpublish"])
def test_words_of_what_is_withdrawn_are_found_no_more(
    position, word, way, django_capture_on_commit_callbacks
):
    source = make_source("Quokka survey")
    statistic = make_statistic(value="31", source=source)
    point = make_point(text=f"<p>The wombat: {embed(statistic)}</p>")
    page = make_testimony(body=[("talking_point", point)])
    assert found(word) == [page.pk]
    with django_capture_on_commit_callbacks(execute=True):
        getattr((source, statistic, point)[position], way)()
    assert found(word) == []
    assert dump() == what_a_rebuild_gives()


@pytest.fixture
def named():
    """What a page names, and the page."""
    event = make_event(place="Room 2")
    page = make_testimony("Plain", event=event, vehicle=event.vehicle)
    make_testimony("Another", speaker=None)
    return {Person: page.speaker, Body: event.body, Vehicle: event.vehicle, Event: event}, page


RENAMED = [
    (Person, "name", {"speaker": "Wombat"}),
    (Body, "name", {"body_name": "Wombat"}),
    (Body, "parent_name", {}),
    (Vehicle, "identifier", {"vehicle": "Wombat"}),
    (Vehicle, "title", {}),
    (Event, "title", {}),
    (Event, "place", {}),
]


@pytest.mark.parametrize(("model", "field", "shown"), RENAMED)
def test_new_name_reaches_the_list_and_the_search(
    named, model, field, shown, django_capture_on_commit_callbacks
):
    items, page = named
    setattr(items[model], field, "Wombat")
    with django_capture_on_commit_callbacks(execute=True):
        items[model].save()
    entry = ArchiveEntry.objects.get(page=page)
    assert {name: getattr(entry, name) for name in shown} == shown
    assert found("wombat") == [page.pk]
    assert dump() == what_a_rebuild_gives()


def test_fact_sheet_follows_its_vehicle(named, django_capture_on_commit_callbacks):
    vehicle = named[0][Vehicle]
    make_fact_sheet(vehicle=vehicle)
    vehicle.identifier = "SB 9"
    with django_capture_on_commit_callbacks(execute=True):
        vehicle.save()
    assert ArchiveEntry.objects.get(kind="fact-sheet").vehicle == "SB 9"


@pytest.mark.parametrize("model", [Person, Body, Vehicle, Event])
def test_name_of_what_is_deleted_leaves_the_archive(
    named, model, django_capture_on_commit_callbacks
):
    items, page = named
    word = {Person: "calloway", Body: "labor", Vehicle: "1147", Event: "room"}[model]
    assert found(word) == [page.pk]
    with django_capture_on_commit_callbacks(execute=True):
        items[model].delete()
    assert found(word) == []
    assert dump() == what_a_rebuild_gives()


def test_who_presents_somewhere_is_not_named_by_every_document_of_the_event(named):
    items, page = named
    other = Person.objects.create(name="Bo Lind")
    items[Event].presentations.create(speaker=other)
    assert documents_showing(other) == set()
    assert documents_showing(items[Person]) == {page.pk}


@pytest.fixture
def enqueued(monkeypatch) -> list[list[int]]:
    """The background's work, not done."""
    work: list[list[int]] = []
    monkeypatch.setattr(following, "refresh_documents", SimpleNamespace(enqueue=work.append))
    return work


def test_change_is_followed_in_the_background_and_by_nobody_when_nothing_shows_it(
    named, enqueued, django_capture_on_commit_callbacks
):
    items, page = named
    items[Person].name = "Wombat"
    with django_capture_on_commit_callbacks(execute=True):
        items[Person].save()
        publish(make_point())
    assert enqueued == [[page.pk]]
    assert found("wombat") == []


def test_withdrawal_does_not_wait_for_the_background(
    chain, enqueued, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        chain[2].delete()
    assert enqueued == []
    assert found("27") == []


def test_what_was_only_just_made_is_not_looked_for(monkeypatch):
    followed: list[object] = []
    monkeypatch.setattr(signal_handlers, "follow_change", followed.append)
    event = make_event()
    person = Person.objects.create(name="Bo Lind")
    assert followed == []
    person.save()
    event.save()
    assert followed == [person, event]


def test_newly_placed_figure_is_followed_before_any_worker_has_run(
    django_capture_on_commit_callbacks,
):
    point = make_point()
    page = make_testimony(body=[("talking_point", point)])
    statistic = make_statistic()
    with disable_reference_index_auto_update():
        point.text = f"<p>Only {embed(statistic)}.</p>"
        publish(point)
    assert documents_using(statistic) == {page.pk}


def test_page_that_cannot_be_projected_stops_neither_the_others_nor_the_request(
    chain, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    _source, statistic, point, page, _other = chain
    second = make_testimony("Second", body=[("talking_point", point)])
    resolve = archive_sources.resolve

    def broken(document):
        if document.pk == page.pk:
            raise RuntimeError("damaged")
        return resolve(document)

    monkeypatch.setattr(archive_sources, "resolve", broken)
    statistic.value = 31
    with django_capture_on_commit_callbacks(execute=True):
        publish(statistic)
    assert found("31") == [second.pk]
    assert caplog.messages == [f"Page {page.pk} cannot be put in the archive"]


# Withdrawal ---------------------------------------------------------------------------------


def chain_used(count: int):
    """A source behind a statistic in a point that `count` documents show."""
    statistic = make_statistic(value="31", source=make_source("Quokka survey"))
    point = make_point(text=f"<p>The wombat: {embed(statistic)}</p>")
    publish(point)
    point.refresh_from_db()
    copies(make_testimony("Page", body=[("talking_point", point)]), count - 1)
    projection.rebuild()
    return statistic.source, statistic, point


@pytest.mark.parametrize("way", ["delete", "unpublish"])
@pytest.mark.parametrize("position", [0, 1, 2])
def test_withdrawal_costs_a_request_the_same_however_many_documents_show_it(
    position, way, tasks_in_database, django_capture_on_commit_callbacks
):
    spent = []
    for count in (2, 12):
        item = chain_used(count)[position]
        with (
            CaptureQueriesContext(connection) as queries,
            django_capture_on_commit_callbacks(execute=True),
        ):
            getattr(item, way)()
        spent.append(len(queries))
    assert spent[0] == spent[1]


@pytest.mark.parametrize("model", [Person, Body, Vehicle, Event])
def test_deleting_what_documents_name_costs_the_same_however_many_do(
    model, tasks_in_database, django_capture_on_commit_callbacks
):
    spent = []
    for count in (2, 12):
        event = make_event(body=Body.objects.create(name=f"Committee {count}"))
        person = Person.objects.create(name=f"Bo Lind {count}")
        page = make_testimony(f"Page {count}", event=event, vehicle=event.vehicle, speaker=person)
        copies(page, count - 1)
        item = {Person: person, Body: event.body, Vehicle: event.vehicle, Event: event}[model]
        with (
            CaptureQueriesContext(connection) as queries,
            django_capture_on_commit_callbacks(execute=True),
        ):
            item.delete()
        spent.append(len(queries))
    assert spent[0] == spent[1]


@pytest.mark.parametrize("way", ["delete", "unpublish"])
@pytest.mark.parametrize(("position", "word"), [(0, "quokka"), (1, "31"), (2, "wombat")])
def test_while_no_worker_runs_nothing_public_says_what_was_withdrawn(
    position, word, way, client, tasks_in_database, django_capture_on_commit_callbacks
):
    item = chain_used(3)[position]
    archive = ArchivePage.objects.get().get_url()
    pages = TestimonyPage.objects.order_by("pk")
    assert client.get(archive, {"q": word}).text.count("<mark>") == 3
    said = re.compile(rf"\b{word}\b", re.IGNORECASE)  # a random id may hold the figure too
    assert {bool(said.search(client.get(page.get_url()).text)) for page in pages} == {True}
    names = {"kind": "t", "title": "t", "filename": "t", "path": "t"}
    stored = StoredPdf.objects.create(key="1", sha256="0", size=1, pages=1, **names)
    PagePdf.objects.create(page=pages[0], stored=stored)
    with django_capture_on_commit_callbacks(execute=True):
        getattr(item, way)()

    assert client.get(archive, {"q": word}).text.count("<mark>") == 0
    assert found(word) == []
    assert {bool(said.search(client.get(page.get_url()).text)) for page in pages} == {False}
    assert {word in resolve(page, medium="print").text.lower() for page in pages} == {False}
    assert PagePdf.objects.count() == 0
    # The documents themselves stay in the lists, and are found by what is their own.
    assert found("page") == [page.pk for page in pages]
    assert RefreshJob.objects.count() == 1
    refreshing.resume()
    assert dump() == what_a_rebuild_gives()


@pytest.mark.parametrize("model", [Person, Body, Vehicle, Event])
def test_while_no_worker_runs_no_list_names_what_was_deleted(
    named, model, tasks_in_database, django_capture_on_commit_callbacks
):
    items, page = named
    word = {Person: "calloway", Body: "labor", Vehicle: "1147", Event: "room"}[model]
    assert found(word) == [page.pk]
    with django_capture_on_commit_callbacks(execute=True):
        items[model].delete()
    assert found(word) == []
    entry = ArchiveEntry.objects.get(page=page)
    shown = " ".join([entry.speaker, entry.body_name, entry.vehicle, entry.keywords])
    assert word not in shown.lower()


def test_what_comes_back_comes_back_where_it_is_pinned_too(django_capture_on_commit_callbacks):
    point = make_point(text="<p>The wombat.</p>")
    publish(point)
    point.refresh_from_db()
    pin = settle(point, ReferenceMode.PINNED, None)
    pinned = {"point": point, "mode": ReferenceMode.PINNED, "pin": pin}
    page = make_testimony("Pinned", body=[("talking_point", pinned)])
    with django_capture_on_commit_callbacks(execute=True):
        point.unpublish()
    assert found("wombat") == []
    point = TalkingPoint.objects.get(pk=point.pk)
    point.text = "<p>The quokka.</p>"
    with django_capture_on_commit_callbacks(execute=True):
        publish(point)
    assert (found("wombat"), found("quokka")) == ([page.pk], [])
    assert dump() == what_a_rebuild_gives()


def test_refused_deletion_takes_nothing_away(chain, monkeypatch):
    _source, _statistic, point, page, _other = chain
    before = dump()
    monkeypatch.setattr(deletion, "refuse", lambda item: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        point.delete()
    assert (dump(), RefreshJob.objects.count()) == (before, 0)
    assert page.live
