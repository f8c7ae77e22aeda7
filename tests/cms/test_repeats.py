"""What was just answered is answered again, as long as nothing was written; and only that."""

from __future__ import annotations

import datetime as dt
import sqlite3
import time

import pytest
import time_machine
from django.db import connection
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone
from wagtail.models import Page

from cms.domain import unwritten
from cms.models import Issue
from cms.repeats import MOST, RepeatMiddleware, repeatable
from tests.builders import make_fact_sheet

PATH = "/archive/heat/pdf/"


class Site:
    """A view behind the middleware that counts how often it is asked."""

    def __init__(self, monkeypatch) -> None:
        self.asked = 0
        self.state: str | None = "1"
        self.until: float | None = None
        self.response = HttpResponse("pdf")
        self.repeat = lambda _request: HttpResponse("pdf")
        self.middleware = RepeatMiddleware(self.view)
        monkeypatch.setattr(unwritten, "state", lambda: self.state)

    def view(self, request):
        self.asked += 1
        self.response["X-Frame-Options"] = "DENY"
        self.response["Content-Length"] = str(len(self.response.content))
        return repeatable(self.response, self.repeat, until=self.until)

    def get(self, path: str = PATH, **more):
        return self.middleware(RequestFactory().get(path, **more))


@pytest.fixture
def site(monkeypatch) -> Site:
    return Site(monkeypatch)


def test_the_second_to_ask_gets_the_same_without_asking_for_anything(site):
    first, second = site.get(), site.get()

    assert site.asked == 1
    assert (second.content, dict(second.items())) == (first.content, dict(first.items()))


def test_a_short_address_is_answered_again(site):
    site.response = HttpResponseRedirect("/archive/heat/")
    site.repeat = lambda _request: HttpResponseRedirect("/archive/heat/")
    answers = [site.get("/d/7/"), site.get("/d/7/")]

    assert site.asked == 1
    assert {(a.status_code, a["Location"]) for a in answers} == {(302, "/archive/heat/")}


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/archive/other/pdf/", {}),
        (f"{PATH}?paper=a4", {}),
        (PATH, {"HTTP_HOST": "elsewhere.example"}),
    ],
)
def test_another_address_is_another_answer(site, path, more):
    site.get()
    site.get(path, **more)

    assert site.asked == 2


def test_whatever_is_written_ends_it(site):
    site.get()
    site.state = "2"
    site.get()

    assert site.asked == 2


@pytest.mark.parametrize("state", ["1", None])
def test_nothing_is_kept_where_writing_cannot_be_seen(site, state):
    site.state = None
    site.get()
    site.state = state
    site.get()

    assert site.asked == 2


def test_a_page_that_expires_is_asked_for_again(site):
    site.until = time.time() - 1
    site.get()
    site.get()

    assert site.asked == 2


def test_after_a_minute_it_is_asked_for_again(site, monkeypatch):
    site.get()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 61)
    site.get()

    assert site.asked == 2


@pytest.mark.parametrize("status", [202, 400, 404, 503])
def test_failures_are_not_repeated(site, status):
    site.response = HttpResponse("no", status=status)
    site.get()
    site.get()

    assert site.asked == 2


def test_who_has_a_session_is_answered_by_the_view(site, settings):
    site.get()
    site.get(HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=abc")

    assert site.asked == 2


def test_an_answer_with_a_cookie_is_for_one_visitor(site):
    site.response.set_cookie("sid", "secret")
    site.get()
    site.get()

    assert site.asked == 2


@pytest.mark.parametrize("path", ["/archive/heat/", f"{PATH}?{'x' * 201}"])
def test_other_pages_go_their_way(site, path):
    site.get(path)
    site.get(path)

    assert site.asked == 2


@override_settings(DEBUG=True)
def test_whoever_develops_sees_each_change(site):
    site.get()
    site.get()

    assert site.asked == 2


def test_a_file_that_is_gone_is_looked_for_again(site):
    def gone(_request):
        raise FileNotFoundError

    site.repeat = gone
    site.get()

    assert site.get().content == b"pdf"
    assert site.asked == 2


def test_no_more_are_kept_than_fit(site):
    for number in range(MOST + 5):
        site.get(f"/archive/{number}/pdf/")

    assert len(site.middleware._known) == MOST


def test_errors_pass(site):
    def lost(_request):
        raise Http404

    with pytest.raises(Http404):
        RepeatMiddleware(lost)(RequestFactory().get(PATH))


def test_only_what_is_written_changes_the_state(tmp_path):
    name = str(tmp_path / "some.sqlite3")
    other = sqlite3.connect(name)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("CREATE TABLE t (a)")
    other.commit()
    first = unwritten._sqlite_state(name)
    other.execute("SELECT * FROM t").fetchall()
    read = unwritten._sqlite_state(name)
    other.execute("INSERT INTO t VALUES (1)")
    pending = unwritten._sqlite_state(name)
    other.commit()
    written = unwritten._sqlite_state(name)
    other.close()

    assert first is not None
    assert (read, pending) == (first, first)
    assert written not in {first, None}


def _database(path) -> str:
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE t (a)")
    made.close()
    return str(path)


def test_a_database_that_was_restored_beside_the_old_one_is_another(tmp_path):
    name = _database(tmp_path / "some.sqlite3")
    first = unwritten._sqlite_state(name)
    _database(tmp_path / "backup.sqlite3")
    (tmp_path / "backup.sqlite3").rename(name)
    restored = unwritten._sqlite_state(name)
    with sqlite3.connect(name) as other:
        other.execute("INSERT INTO t VALUES (1)")
    other.close()

    assert len({None, first, restored, unwritten._sqlite_state(name)}) == 4


def test_a_state_is_never_named_twice(tmp_path):
    """A connection may get the address and the counter of one that was closed."""
    name = _database(tmp_path / "some.sqlite3")
    states = []
    for _attempt in range(5):
        states.append(unwritten._sqlite_state(name))
        unwritten._watches.clear()

    assert len(set(states)) == 5


def test_a_database_that_cannot_be_watched_has_no_state(tmp_path):
    assert unwritten._sqlite_state(str(tmp_path / "none.sqlite3")) is None


@pytest.mark.django_db(transaction=True)
def test_the_database_in_use_tells_what_is_written():
    Issue.objects.count()  # the first connection turns on WAL, which is a change of the file
    first = unwritten.state()
    Issue.objects.count()
    read = unwritten.state()
    Issue.objects.create(name="Heat and health", slug="heat-and-health")

    assert first is not None
    assert read == first
    assert unwritten.state() not in {first, None}


@pytest.mark.django_db(transaction=True)
def test_what_is_withdrawn_or_expires_is_gone_at_once(client):
    page = make_fact_sheet()
    address = f"/d/{page.pk}/"
    expiry = timezone.now() + dt.timedelta(seconds=30)
    Page.objects.filter(pk=page.pk).update(expire_at=expiry)
    first = client.get(address)
    with CaptureQueriesContext(connection) as asked:
        again = client.get(address)
    found = [query["sql"] for query in asked if "pg_current_snapshot" not in query["sql"]]

    assert (again.status_code, dict(again.items()), found) == (302, dict(first.items()), [])
    with time_machine.travel(expiry + dt.timedelta(seconds=1)):
        assert client.get(address).status_code == 404
    assert client.get(address).status_code == 302
    page.unpublish()
    assert client.get(address).status_code == 404


def test_inside_a_transaction_nobody_can_tell(db):
    assert unwritten.state() is None
