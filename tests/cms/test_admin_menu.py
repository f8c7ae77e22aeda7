"""The admin's menu reads like the work, and shows each group what it needs."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.admin.menu import admin_menu

from cms.enums import GroupName
from cms.models import ArchivePage, Issue, Person
from tests.builders import make_testimony, make_user

pytestmark = pytest.mark.django_db

WORK = [
    "Find in the library",
    "Hearings & events",
    "Testimony",
    "Talking points",
    "Fact sheets",
    "Library",
    "Issues",
    "People",
    "Archive",
]


def menu_of(group: GroupName) -> list[str]:
    request = RequestFactory().get("/admin/")
    request.user = make_user(group.value.lower(), group)
    items = admin_menu.menu_items_for_request(request)
    return [str(item.label) for item in sorted(items, key=lambda item: item.order)]


@pytest.mark.parametrize(
    ("group", "behind"),
    [
        (GroupName.AUTHORS, ["Images", "Documents", "Help"]),
        (GroupName.APPROVERS, ["Images", "Documents", "Pages", "Reports", "Help"]),
        (GroupName.ADMINISTRATORS, ["Images", "Documents", "Pages", "Reports", "Settings", "Help"]),
    ],
)
def test_the_menu_begins_with_the_work(group, behind):
    assert menu_of(group) == WORK + behind


def test_speakers_find_nothing_of_the_documents():
    assert set(menu_of(GroupName.SPEAKERS)) & {*WORK[2:8], "Pages", "Reports", "Images"} == set()


def test_the_menu_leads_to_the_public_archive(client):
    client.force_login(make_user())

    response = client.get(reverse("cms_open_archive"))

    assert response.url == ArchivePage.objects.get().get_url()


def test_without_an_archive_the_menu_leads_home(client):
    client.force_login(make_user())
    ArchivePage.objects.get().delete()

    assert client.get(reverse("cms_open_archive")).url == reverse("wagtailadmin_home")


@pytest.fixture
def administrator(client):
    user = make_user("administrator", GroupName.ADMINISTRATORS)
    client.force_login(user)
    return user


def test_an_issue_is_merged_into_another(client, administrator):
    page = make_testimony()
    old, new = Issue.objects.get(slug="paid-leave"), Issue.objects.exclude(slug="paid-leave")[0]
    url = reverse("cms_merge_issue", args=[old.pk])

    shown = client.get(url).content.decode()
    moves = client.get(url, {"into": new.pk}).context["moves"]
    response = client.post(url, {"into": new.pk, "seen": moves.digest})

    assert "is used 1 time." in shown
    assert response.url == reverse("wagtailsnippets_cms_issue:list")
    old.refresh_from_db()
    assert (old.merged_into, old.is_active) == (new, False)
    assert list(type(page).objects.get(pk=page.pk).issues.all()) == [new]


def test_an_issue_is_not_merged_into_itself_or_a_retired_one(client, administrator):
    old, retired = Issue.objects.all()[:2]
    Issue.objects.filter(pk=retired.pk).update(is_active=False)
    url = reverse("cms_merge_issue", args=[old.pk])

    answers = [client.post(url, {"into": pk}).status_code for pk in (old.pk, retired.pk, "")]

    assert answers == [200, 200, 200]
    old.refresh_from_db()
    assert old.merged_into is None


def test_authors_cannot_merge(client):
    client.force_login(make_user())
    issue = Issue.objects.all()[0]

    listing = client.get(reverse("wagtailsnippets_cms_issue:list")).content.decode()
    response = client.post(reverse("cms_merge_issue", args=[issue.pk]), {"into": 1})

    assert "Merge into" not in listing
    assert response.status_code == 302
    assert Issue.objects.filter(merged_into__isnull=False).count() == 0


def test_an_issue_in_use_is_not_deleted(client, administrator):
    make_testimony()
    issue = Issue.objects.get(slug="paid-leave")

    response = client.post(
        reverse("wagtailsnippets_cms_issue:delete", args=[issue.pk]), follow=True
    )

    assert Issue.objects.filter(pk=issue.pk).count() == 1
    assert [str(message) for message in response.context["messages"]] == [
        f"{issue.name} cannot be deleted, because it is used. Retire it or merge it into another."
    ]


def test_an_issue_that_nothing_uses_can_be_deleted(client, administrator):
    issue = Issue.objects.create(name="Typing mistake")

    client.post(reverse("wagtailsnippets_cms_issue:delete", args=[issue.pk]))

    assert Issue.objects.filter(pk=issue.pk).count() == 0


def test_lists_offer_to_merge_and_not_to_delete_issues(client, administrator):
    issue = Issue.objects.all()[0]
    merge = reverse("cms_merge_issue", args=[issue.pk])
    delete = reverse("wagtailsnippets_cms_issue:delete", args=[issue.pk])
    edit = reverse("wagtailsnippets_cms_issue:edit", args=[issue.pk])

    pages = [
        client.get(url).content.decode()
        for url in (reverse("wagtailsnippets_cms_issue:list"), edit)
    ]

    assert [(merge in html, delete in html) for html in pages] == [(True, False)] * 2


def test_an_export_of_people_leaves_telephone_and_notes_behind(client, administrator):
    Person.objects.create(name="Ada Okafor", phone="555 0100", notes="Prefers mornings.")

    response = client.get(reverse("wagtailsnippets_cms_person:list"), {"export": "csv"})
    text = b"".join(response.streaming_content).decode()

    assert "Ada Okafor" in text
    assert "555 0100" not in text
    assert "mornings" not in text
