"""Find in the library: what is found, by whom, in how many queries; and the report of its health."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.enums import GroupName
from cms.models import Issue, User
from testimony.domain import finding
from testimony.models import (
    LibraryEntry,
    LinkCheck,
    MessageMap,
    Source,
    Statistic,
    TalkingPoint,
    TestimonyPage,
)
from tests.builders import (
    make_fact_sheet,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    make_user,
    paragraph,
)


@pytest.fixture
def author(client, db):
    user = make_user("author")
    client.force_login(user)
    return user


def titles(query: str, user: User) -> list[str]:
    return [entry.title for entry in finding.search(finding.visible_to(user), query)]


def shown(response) -> list[str]:
    cells = re.findall(
        r'(?s)<td class="title found">.*?<a [^>]*>(.*?)</a>', response.content.decode()
    )
    return [cell.strip() for cell in cells]


def listed(client, **query) -> list[str]:
    return sorted(shown(client.get(reverse("testimony:find_results"), query)))


def test_everything_is_found_by_its_words_drafts_included(author):
    source = make_source("National survey of leave", publisher="Bureau")
    make_statistic("of workers have leave", "27", source=source, place="Larkmoor")
    make_point("Leave follows the paycheck", "<p>Nobody is <b>left</b> behind.</p>")
    draft = make_point("Leave is rare", live=False)
    page = make_testimony(body=[paragraph("<p>Déjà vu at the clinic.</p>")], user=author)
    make_fact_sheet("Who has leave", headline="Few do.")
    draft.save_revision()

    assert sorted(titles("leave", author)) == [
        "27% of workers have leave",
        "Leave follows the paycheck",
        "Leave is rare",
        "National survey of leave",
        page.title,  # its issue is paid leave
        "Who has leave",
    ]
    assert titles("left behind", author) == ["Leave follows the paycheck"]
    assert titles("deja CLINIC", author) == [page.title]
    assert titles("larkmoor", author) == ["27% of workers have leave"]
    assert titles("leave nowhere", author) == []
    assert titles('"%_', author) == []


def test_a_newer_draft_is_found_by_its_own_words_and_listed_as_it_is_published(client, author):
    point = make_point("Leave")
    point.save_revision().publish()
    point = TalkingPoint.objects.get(pk=point.pk)
    point.title = "Absence"
    point.save_revision()

    assert (titles("absence", author), titles("leave", author)) == (["Leave"], ["Leave"])
    entry = LibraryEntry.objects.get(item_id=point.pk, kind="message")
    assert (entry.live, entry.has_draft) == (True, True)
    page = client.get(reverse("testimony:find"), {"q": "absence"}).content.decode()
    assert re.findall(r"w-status[^>]*>\s*(newer draft)", page) == ["newer draft"]


def test_the_public_figure_stands_in_the_list_while_a_draft_has_another(author):
    figure = make_statistic("of workers", "27")
    figure.save_revision().publish()
    figure = Statistic.objects.get(pk=figure.pk)
    figure.value = 31
    revision = figure.save_revision()

    assert titles("27", author) == titles("31", author) == ["27% of workers"]
    revision.publish()
    assert (titles("31", author), titles("27", author)) == (["31% of workers"], [])


def test_what_has_the_words_in_its_title_comes_first(author):
    make_point("Rent takes the rest")
    make_point("Homes come first", "<p>Rent takes half.</p>")
    make_point("Rent takes half")

    assert titles("rent takes", author) == [
        "Rent takes half",
        "Rent takes the rest",
        "Homes come first",
    ]


def test_an_issue_finds_its_items_by_name_and_synonym(author):
    issue = Issue.objects.get(slug="paid-leave")
    issue.synonyms = "FMLA"
    issue.save()
    point = make_point("Paychecks")
    point.issues.add(issue)
    point.save()

    assert titles("fmla", author) == ["Paychecks"]


def test_a_deleted_item_is_forgotten(author):
    point, page = make_point("Gone"), make_testimony("Gone too")
    point.delete()
    page.delete()

    assert titles("gone", author) == []


def test_rebuilding_finds_the_same(author):
    source = make_source()
    figure = make_statistic(source=source)
    make_point(
        text=f'<p><embed embedtype="statistic" id="{figure.pk}"/></p>'
    ).save_revision().publish()
    point = TalkingPoint.objects.get()
    point.title = "Newer"
    point.save_revision()
    MessageMap.objects.create(issue=Issue.objects.get(slug="paid-leave"), narrative="<p>Roof</p>")
    make_testimony(user=author)
    make_fact_sheet()

    def rows() -> list[tuple]:
        fields = ("item_type", "item_id", "kind", "title", "says", "words", "owner", "review_by")
        more = ("live", "has_draft", "is_unsourced", "issues")
        return sorted(map(repr, LibraryEntry.objects.values_list(*fields, *more)))

    kept = rows()
    LibraryEntry.objects.all().delete()
    LibraryEntry.objects.create(
        item=User.objects.get(),
        kind="source",
        live=True,
        has_draft=False,
        updated_at=timezone.now(),
    ).delete()
    output = io.StringIO()
    call_command("rebuild_uses", stdout=output, stderr=io.StringIO())

    assert rows() == kept
    assert output.getvalue().endswith("and 6 items and documents can be found.\n")


def test_filters(client, author):
    other = make_user("other")
    day = timezone.localdate()
    stale = make_point("Stale", owner=other, review_by=day - dt.timedelta(days=1))
    make_point("Due", owner=author, review_by=day)
    statistic = make_statistic("of all", "5", owner=author)
    page = make_testimony(body=[("talking_point", stale)], user=author)

    assert listed(client, owner=other.pk) == ["Stale"]
    assert listed(client, freshness=["stale", "due"]) == ["Due", "Stale"]
    assert listed(client, kind="statistic") == [str(statistic)]
    assert listed(client, used_in=page.pk) == ["Stale"]
    issue = Issue.objects.get(slug="paid-leave")
    assert listed(client, issues=issue.pk) == [page.title]


def test_kinds_are_counted_for_what_else_is_asked(client, author):
    make_point("Leave")
    make_point("Rent")
    make_statistic("of leave", source=make_source("Survey"))
    page = client.get(reverse("testimony:find"), {"q": "leave", "kind": "message"})
    links = re.findall(r'find-kinds__count">(\d+)', page.content.decode())

    assert (shown(page), links) == (["Leave"], ["2", "1", "1"])


def test_each_entry_says_what_it_says_and_where_it_is_used(client, author):
    figure = make_statistic("of workers", "27", place="Larkmoor")
    embed = f'<embed embedtype="statistic" id="{figure.pk}"/>'
    point = make_point("Leave", f"<p>Only {embed} &amp; few more.</p>")
    make_testimony(body=[("talking_point", point)], user=author)
    page = " ".join(client.get(reverse("testimony:find")).content.decode().split())

    assert "Only 27% &amp; few more." in page
    assert page.count("in 1 document") == 3  # the point, its figure, the source of that
    assert "shows 3 items" in page


@pytest.mark.parametrize("count", [1, 3])
def test_finding_costs_the_same_for_one_and_three(client, author, count):
    for number in range(count):
        figure = make_statistic(f"of workers {number}")
        point = make_point(f"Leave {number}", owner=make_user(f"owner{number}"))
        point.issues.add(Issue.objects.get(slug="paid-leave"))
        point.save()
        make_testimony(
            f"On leave {number}",
            [("talking_point", point), ("statistic", {"statistic": figure, "emphasis": ""})],
            user=author,
        )
    url = reverse("testimony:find_results")
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url, {"q": "leave"})

    assert len(shown(response)) == 2 * count
    assert len(queries) == 17


def test_speakers_find_nothing(client, db):
    make_point("Leave")
    speaker = make_user("speaker", GroupName.SPEAKERS)
    client.force_login(speaker)

    assert client.get(reverse("testimony:find")).status_code != 200
    assert list(finding.visible_to(speaker)) == []


def test_the_menu_offers_the_search_near_the_top(client, author):
    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert page.count("Find in the library") == 1


# Library health -----------------------------------------------------------------------------


@pytest.fixture
def ill_library(author):
    day = timezone.localdate()
    issue = Issue.objects.get(slug="paid-leave")
    source = make_source("Dead source")
    LinkCheck.objects.create(
        source=source, url="https://a.example/", state="dead", checked_at=timezone.now()
    )
    figure = make_statistic("of all", source=source, owner=author)
    embed = f'<embed embedtype="statistic" id="{figure.pk}"/>'
    well = make_point("Well", f"<p>{embed}</p>")
    well.issues.add(issue)
    well.save()
    stale = make_point("Stale", f"<p>{embed}</p>", review_by=day - dt.timedelta(days=3))
    stale.issues.add(issue)
    stale.save()
    make_point("Untagged", f"<p>{embed}</p>")
    unsourced = make_point("Unsourced", "<p>So.</p>")
    unsourced.issues.add(issue)
    unsourced.save()
    unused = make_point("Unused", f"<p>{embed}</p>")
    unused.issues.add(issue)
    unused.save()
    placed = TalkingPoint.objects.exclude(title="Unused")
    make_testimony(body=[("talking_point", point) for point in placed], user=author)
    return author


def report(client, **query) -> list[tuple[str, str]]:
    url = reverse("testimony:library_health")
    content = b"".join(client.get(url, {**query, "export": "csv"}).streaming_content).decode()
    rows = list(csv.reader(io.StringIO(content.removeprefix("\ufeff"))))
    return sorted((row[0], row[2]) for row in rows[1:])


def test_the_report_names_what_is_wrong(client, ill_library):
    assert report(client) == [
        ("Dead source", "Dead link"),
        ("Stale", "Stale"),
        ("Unsourced", "No source"),
        ("Untagged", "No issue"),
        ("Unused", "Not used anywhere"),
    ]


def test_the_report_is_narrowed(client, ill_library):
    assert report(client, problem=["is_stale", "is_untagged"]) == [
        ("Stale", "Stale"),
        ("Untagged", "No issue"),
    ]
    assert report(client, kind="source") == [("Dead source", "Dead link")]
    assert report(client, owner=ill_library.pk) == []


def test_the_report_is_an_excel_sheet_too(client, ill_library):
    response = client.get(reverse("testimony:library_health"), {"export": "xlsx"})

    assert b"".join(response.streaming_content)[:2] == b"PK"


@pytest.mark.parametrize("count", [1, 3])
def test_the_report_costs_the_same_for_one_and_three(client, author, count):
    for number in range(count):
        make_point(f"Untagged {number}", owner=make_user(f"owner{number}"))
    url = reverse("testimony:library_health_results")
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)

    assert response.content.decode().count("No issue") == count
    assert len(queries) == 6


def fill(numbers: range) -> None:
    kind, now = ContentType.objects.get_for_model(Source), timezone.now()
    common = {"item_type": kind, "kind": "source", "live": True, "has_draft": False}
    text = "words of a longer text " * 20
    LibraryEntry.objects.bulk_create(
        [
            LibraryEntry(
                item_id=number,
                title=f"Survey {number}",
                title_words=f"survey {number}",
                words=f"survey {number} {text}",
                updated_at=now,
                **common,
            )
            for number in numbers
        ],
        batch_size=500,
    )


def test_any_number_of_items_is_searched_in_one_pass_and_as_many_queries(client, author):
    fill(range(1_000))
    plan = finding.search(finding.visible_to(author), "survey")[:50].explain()
    assert re.findall(r"CORRELATED|\(SubPlan", plan) == []  # nothing is asked anew for each row
    url = reverse("testimony:find_results")
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url, {"q": "survey"})
    assert len(shown(response)) == 50
    assert len(queries) == 16


def test_testimony_that_is_a_draft_says_so(client, author):
    make_testimony("Not yet", live=False, user=author)
    page = client.get(reverse("testimony:find"), {"q": "not yet"}).content.decode()

    assert TestimonyPage.objects.get().live is False
    assert re.findall(r"w-status[^>]*>\s*draft", page) != []
