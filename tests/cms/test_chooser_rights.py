"""Dialogs that list tentative events, proposed positions and people are for those who work on such things."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import Collection, GroupCollectionPermission

from cms.enums import GroupName
from cms.models import User
from tests.builders import make_event, make_user

pytestmark = pytest.mark.django_db
DIALOGS = [
    "presentation_documents",
    *(f"snippets/choose/events/{name}" for name in ("event", "position", "body")),
    *(f"snippets/choose/{name}" for name in ("cms/person", "testimony/statistic")),
]


def member_with(client: Client, *names: str) -> Client:
    """In a group of its own, with rights on models by their names and the one to add images."""
    group = Group.objects.create(name="Photographers")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *names]))
    GroupCollectionPermission.objects.create(
        group=group,
        collection=Collection.get_first_root_node(),
        permission=Permission.objects.get(codename="add_image"),
    )
    member = User.objects.create_user("phil", "phil@test.example", "a-long-test-password")
    member.groups.add(group)
    client.force_login(member)
    return client


def opened(client: Client) -> list[str]:
    """The dialogs that open; the others lead to the home page with a word of refusal."""
    return [path for path in DIALOGS if client.get(f"/admin/{path}/").status_code == 200]


def test_whoever_only_adds_images_is_shown_no_events_positions_and_people(client):
    event = make_event(title="Tentative")
    member = member_with(client)

    assert opened(member) == []
    more = [f"results/?q={event.title}", f"chosen/{event.pk}/", f"chosen-multiple/?id={event.pk}"]
    answers = [member.get(f"/admin/snippets/choose/events/event/{end}") for end in more]
    assert [answer.status_code for answer in answers] == [302] * 3
    assert member.get("/admin/images/add/").status_code == 200


def test_a_right_on_what_names_a_body_opens_the_dialog_of_bodies(client):
    assert opened(member_with(client, "change_event")) == [
        "snippets/choose/events/event",
        "snippets/choose/events/body",
    ]


@pytest.mark.parametrize("group", [GroupName.AUTHORS, GroupName.APPROVERS])
def test_whoever_works_on_documents_is_shown_all_of_it(client, group):
    client.force_login(make_user("ann", group))

    assert opened(client) == DIALOGS
