"""Speakers find in the admin what is theirs, and nothing else: every address is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.db.models import Model
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from wagtail.admin.menu import admin_menu
from wagtail.models import Page

from cms.domain.confinement import is_confined
from cms.enums import GroupName
from cms.models import Attachment, CreditedImage, Organization, Person, PrintJob, User
from events.domain.presentations import add_presentation
from events.models import Event, Presentation
from tests.builders import make_event, make_point, make_statistic, make_testimony, make_user
from tests.cms.test_media import drawn

pytestmark = pytest.mark.django_db

# Everything of the admin that may answer a speaker. Each shows them their own and no more.
OPEN = {
    "events:appearances",
    "events:calendar_revoke",
    "events:calendars",
    "events:document_pdf",
    "events:document_print",
    "events:document_twin",
    "events:room",
    "wagtailadmin_account",
    "wagtailadmin_dismissibles",
    "wagtailadmin_home",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_sprite",
}
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
REFUSED = "Sorry, you do not have permission to access this area."


def patterns(resolver, route: str = "", spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Name and route of every address below a resolver."""
    for entry in resolver.url_patterns:
        below = f"{route}{entry.pattern}"
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from patterns(entry, below, inner)
        elif isinstance(entry, URLPattern):
            yield ":".join((*spaces, str(entry.name))), below


def existing(name: str, route: str) -> Model | None:
    """Something that the address may be about."""
    snippet = re.search(r"snippets/(?:choose/)?(\w+)/(\w+)/", route)
    if snippet:
        return apps.get_model(*snippet.groups()).objects.first()
    if name == "events:room" or "event_" in route:
        return Event.objects.first()
    if "<uuid:pk>" in route:
        return PrintJob.objects.first()
    if name.startswith("events:"):
        return Presentation.objects.first()
    for word, model in (("images", CreditedImage), ("documents", Attachment), ("users", User)):
        if f"/{word}/" in route:
            return model.objects.first()
    return Page.objects.get(slug="secret")


def addresses() -> Iterator[tuple[str, str]]:
    """Name and address of everything in the admin, with keys of what exists."""
    own = Presentation.objects.first()
    for name, route in patterns(get_resolver()):
        if not route.startswith("admin/") or route.endswith("^.*/$"):
            continue
        thing = existing(name, route)
        values = {
            "page_pk": own.materials.first().page_id,
            "app_name": "testimony",
            "app_label": "testimony",
            "model_name": "testimonypage",
            "content_type_app_name": "testimony",
            "content_type_model_name": "testimonypage",
            "revision_id_a": "earliest",
            "revision_id_b": "latest",
            "filter_spec": "original",
        }

        def value(match: re.Match, values=values, thing=thing) -> str:
            argument = match[1] or match[2]
            return str(values.get(argument, thing.pk if thing else 1))

        yield name, "/" + re.sub(r"[\^$\\]", "", ARGUMENT.sub(value, route))


@pytest.fixture
def speaker() -> User:
    """A speaker with one appearance, in a database with one of everything."""
    user = make_user("sam", GroupName.SPEAKERS)
    person = Person.objects.create(name="Sam Ortega", user=user)
    event = make_event(title="Hearing of Sam")
    own = make_testimony("Words of Sam", event=event, speaker=person)
    add_presentation(event, person, user=make_user(), pages=[own])
    make_testimony("Secret", live=False, slug="secret", user=User.objects.get(username="ann"))
    Organization.objects.create(name="County")
    make_point()
    make_statistic()
    file = ContentFile(b"text", name="letter.txt")
    Attachment.objects.create(title="Letter", file=file)
    CreditedImage.objects.create(title="Tap", file=drawn("PNG", "tap.png"))
    PrintJob.objects.create(
        title="Secret", filename="secret", owner=User.objects.get(username="ann")
    )
    return user


def answers(client, user: User) -> dict[str, bool]:
    """Names of addresses, and whether one of that name lets this member in."""
    found: dict[str, bool] = {}
    for name, address in addresses():
        client.force_login(user)  # signing out is one of the addresses
        response = client.get(address)
        if response.streaming:
            response.getvalue()
        sent_home = response.get("Location") == reverse("wagtailadmin_home")
        found[name] = found.get(name, False) or not (sent_home or response.status_code == 403)
    return found


def test_every_address_is_asked_for_by_its_own_name(speaker):
    asked = dict(addresses())
    assert {name: resolve(path).view_name for name, path in asked.items() if name != "None"} == {
        name: name for name in asked if name != "None"
    }
    assert len(asked) > 250


def test_a_speaker_is_let_into_nothing_but_their_own(client, speaker):
    found = answers(client, speaker)
    # The sign-in form sends home whoever is signed in.
    assert {name for name, entered in found.items() if entered} == OPEN - {"wagtailadmin_login"}
    assert len(found) > 250


def test_choosers_answer_those_who_work_here(client, speaker):
    client.force_login(User.objects.get(username="ann"))
    names = [
        "wagtailadmin_choose_page",
        "wagtailimages_chooser:choose",
        "wagtaildocs_chooser:choose",
        "wagtailsnippetchoosers_events_event:choose",
        "wagtailsnippetchoosers_cms_person:choose",
        "wagtailadmin_api:pages:listing",
    ]
    assert [client.get(reverse(name)).status_code for name in names] == [200] * len(names)


def test_a_speaker_who_is_sent_home_reads_why(client, speaker):
    client.force_login(speaker)
    response = client.get(reverse("wagtailadmin_choose_page"), follow=True)
    assert response.redirect_chain == [("/admin/", 302)]
    assert [str(message).strip() for message in response.context["messages"]] == [REFUSED]


def test_a_chooser_in_a_dialog_answers_a_speaker_with_403(client, speaker):
    client.force_login(speaker)
    url = reverse("wagtailadmin_choose_page")
    response = client.get(url, headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.status_code == 403


def test_a_speaker_enters_the_room_of_their_own_event_only(client, speaker):
    client.force_login(speaker)
    rooms = [Event.objects.get(), make_event(title="Hearing of others")]
    entered = [client.get(reverse("events:room", args=[event.pk])) for event in rooms]
    assert [response.status_code for response in entered] == [200, 302]
    assert "Hearing of Sam" in entered[0].content.decode()


def test_a_speaker_reads_of_no_draft_on_the_pages_that_are_open(client, speaker):
    client.force_login(speaker)
    pages = {name: client.get(path) for name, path in addresses() if name in OPEN}
    told = [
        name
        for name, response in pages.items()
        if b"Secret" in (response.getvalue() if response.streaming else response.content)
    ]
    assert told == []


def test_the_menu_of_a_speaker_leads_to_what_is_open(client, speaker):
    request = RequestFactory().get("/admin/")
    request.user = User.objects.get(pk=speaker.pk)
    items = admin_menu.menu_items_for_request(request)
    assert [str(item.label) for item in items] == ["My appearances", "Help"]


def test_whoever_is_given_something_to_work_on_is_let_in(speaker):
    assert is_confined(speaker)
    granted = {
        "a group of authors": Group.objects.get(name=GroupName.AUTHORS),
        "a right of a model": Group.objects.create(name="Auditors"),
    }
    granted["a right of a model"].permissions.add(Permission.objects.get(codename="view_record"))
    for group in granted.values():
        speaker.groups.set([Group.objects.get(name=GroupName.SPEAKERS), group])
        assert not is_confined(User.objects.get(pk=speaker.pk))


@pytest.mark.parametrize("name", [GroupName.AUTHORS, GroupName.APPROVERS, GroupName.ADMINISTRATORS])
def test_the_door_costs_those_who_work_here_no_query(name, django_assert_num_queries):
    user = User.objects.get(pk=make_user("eve", name).pk)
    user.has_perm("wagtailadmin.access_admin")  # asked on every page of the admin anyway
    with django_assert_num_queries(0):
        assert not is_confined(user)


def test_rights_on_a_part_of_the_site_are_work_too(speaker):
    grant = Group.objects.get(name=GroupName.AUTHORS).page_permissions.first()
    pages_only = Group.objects.create(name="Pages only")
    pages_only.page_permissions.create(page=grant.page, permission=grant.permission)
    speaker.groups.add(pages_only)
    assert not is_confined(User.objects.get(pk=speaker.pk))
