"""Printing from the admin: choosing, following, fetching; everybody their own."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from cms.enums import GroupName
from cms.models import Issue, PrintJob
from cms.models.print_job import JobState
from tests.builders import make_fact_sheet, make_map, make_testimony, make_user

pytestmark = pytest.mark.django_db
CHOSEN = {"packaging": "zip", "paper": "letter", "colour": "colour", "size": "normal"}


@pytest.fixture
def author(client: Client):
    user = make_user("ann")
    client.force_login(user)
    return user


def followed(client: Client, answer) -> PrintJob:
    """Look at the progress page until the job has ended, as a browser does."""
    assert answer.status_code == 302, answer.context["form"].errors
    for _look in range(10):
        page = client.get(answer.url)
        if 'data-state="ended"' in page.content.decode():
            return PrintJob.objects.get()
        assert '<noscript><meta http-equiv="refresh"' in page.content.decode()
    raise AssertionError("The job did not end.")


def bulk(client: Client, model: str, *objects, **answers):
    app, name = model.split(".")
    address = reverse("wagtail_bulk_action", args=[app, name, "print"])
    ids = "&".join(f"id={obj.pk}" for obj in objects)
    return client.post(f"{address}?{ids}", {**CHOSEN, **answers})


def test_a_selection_of_pages_is_printed_in_its_order(client, author):
    second, first = make_fact_sheet("B"), make_testimony("A")
    answer = bulk(client, "wagtailcore.page", second, first, papers=["fact-sheet", "testimony"])
    job = followed(client, answer)

    assert (job.owner, job.state) == (author, JobState.DONE)
    assert list(job.items.values_list("title", flat=True)) == ["B", "A"]


def test_the_form_offers_the_papers_of_what_is_chosen(client, author):
    sheet = make_fact_sheet("B")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "print"])
    form = client.get(f"{address}?id={sheet.pk}").context["form"]

    assert [name for name, _label in form.fields["papers"].choices] == ["fact-sheet"]
    assert form.fields["papers"].initial == ["fact-sheet"]


def test_message_maps_are_printed_from_their_list(client, author):
    message_map = make_map()
    job = followed(client, bulk(client, "testimony.messagemap", message_map, papers="message-map"))

    assert job.items.get().item == message_map


def test_a_paper_that_nothing_chosen_has_is_refused_in_words(client, author):
    answer = bulk(client, "wagtailcore.page", make_fact_sheet("B"), papers=["podium"])

    assert answer.status_code == 200
    assert "papers" in answer.context["form"].errors


def test_all_fact_sheets_of_an_issue_are_printed_from_its_page(client, author):
    make_fact_sheet("One")
    make_fact_sheet("Hidden", live=False)
    make_testimony("Not asked for")
    issue = Issue.objects.get(slug="paid-leave")
    answer = client.post(
        reverse("printing:issue", args=[issue.pk]), {**CHOSEN, "papers": ["fact-sheet"]}
    )
    job = followed(client, answer)

    assert [item.title for item in job.items.all()] == ["One"]
    edit = client.get(reverse(Issue.snippet_viewset.get_url_name("list"))).content.decode()
    assert reverse("printing:issue", args=[issue.pk]) in edit


def test_printing_the_documents_of_an_issue_is_shown_to_those_who_work_with_documents(client):
    issue = Issue.objects.get(slug="paid-leave")
    address = reverse("printing:issue", args=[issue.pk])
    issues_only, author = make_user("ida", GroupName.SPEAKERS), make_user("ann")
    issues_only.user_permissions.set(Permission.objects.filter(codename="change_issue"))
    shown = []
    for user in (issues_only, author):
        client.force_login(user)
        page = client.get(reverse(Issue.snippet_viewset.get_url_name("list")))
        assert page.status_code == 200
        shown.append((address in page.content.decode(), client.get(address).status_code))
    assert shown == [(False, 302), (True, 200)]


def test_all_documents_of_a_kind(client, author):
    make_fact_sheet("One")
    make_testimony("Two")
    form = client.get(reverse("printing:kind", args=["testimony"])).context
    assert [page.title for page in form["items"]] == ["Two"]
    assert client.get(reverse("printing:kind", args=["nothing"])).status_code == 404
    for name, lists in {"testimony": "testimony", "fact-sheet": "fact-sheets"}.items():
        shown = client.get(f"/admin/{lists}/").content.decode()
        assert f'href="{reverse("printing:kind", args=[name])}"' in shown


def test_the_finished_file_is_fetched_privately(client, author):
    job = followed(
        client, bulk(client, "wagtailcore.page", make_fact_sheet("B"), papers="fact-sheet")
    )
    answer = client.get(reverse("printing:download", args=[job.pk]))

    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"].startswith("private, no-store")
    assert answer["Content-Disposition"] == 'attachment; filename="1-document.zip"'
    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_jobs_of_others_are_not_there(client, author):
    job = followed(
        client, bulk(client, "wagtailcore.page", make_fact_sheet("B"), papers="fact-sheet")
    )
    client.force_login(make_user("boss", GroupName.ADMINISTRATORS))
    for name in ("job", "progress", "download"):
        assert client.get(reverse(f"printing:{name}", args=[job.pk])).status_code == 404
    assert client.post(reverse("printing:decide", args=[job.pk, "remove"])).status_code == 404
    assert "B" not in re.findall(r">(B)<", client.get(reverse("printing:list")).content.decode())


def test_speakers_do_not_print_lists(client):
    client.force_login(make_user("sam", GroupName.SPEAKERS))
    issue = Issue.objects.first()

    assert client.get(reverse("printing:issue", args=[issue.pk])).status_code in {302, 403}
    assert not PrintJob.objects.exists()


def test_failures_are_shown_by_name_and_can_be_tried_again(client, author, engine):
    engine.failing.add("Bad")
    sheets = make_fact_sheet("Bad"), make_fact_sheet("Good")
    job = followed(client, bulk(client, "wagtailcore.page", *sheets, papers="fact-sheet"))
    page = client.get(reverse("printing:job", args=[job.pk])).content.decode()
    assert "<strong>Bad</strong>: The table is too wide." in page

    engine.failing.clear()
    again = client.post(reverse("printing:decide", args=[job.pk, "again"]))
    assert followed(client, again).items.filter(state="failed").count() == 0


@pytest.mark.parametrize("verb", ["stop", "remove"])
def test_a_job_is_ended_by_a_post_only(client, author, verb):
    job = followed(
        client, bulk(client, "wagtailcore.page", make_fact_sheet("B"), papers="fact-sheet")
    )
    address = reverse("printing:decide", args=[job.pk, verb])

    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    assert PrintJob.objects.exists() is (verb == "stop")
