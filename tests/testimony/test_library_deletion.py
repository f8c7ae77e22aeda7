"""What was said keeps its items; what is only used asks first."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.urls import reverse

from cms.enums import GroupName
from events.domain.presentations import add_presentation, confirm, deliver
from events.models import Record
from testimony.domain.deletion import ItemIsOnRecord
from testimony.models import Source, Statistic, TalkingPoint
from tests.builders import (
    embed,
    make_event,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    user = make_user("admin", GroupName.ADMINISTRATORS)
    client.force_login(user)
    return user


@pytest.fixture
def chain():
    source = make_source("Survey")
    statistic = make_statistic(source=source)
    point = make_point("Point", text=f"<p>Only {embed(statistic)}.</p>")
    page = make_testimony("Page", body=[("talking_point", point)])
    return source, statistic, point, page


@pytest.fixture
def record(chain, admin) -> Record:
    page = chain[3]
    added = add_presentation(make_event(), page.speaker, user=admin, pages=[page])
    return deliver(confirm(added, user=admin), user=admin)[0]


def address(item, view: str) -> str:
    return reverse(item.snippet_viewset.get_url_name(view), args=[item.pk])


def bulk_delete(client, item):
    label, name = item._meta.app_label, item._meta.model_name
    url = reverse("wagtail_bulk_action", args=[label, name, "delete"])
    return client.post(f"{url}?id={item.pk}")


def said(response) -> list[str]:
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("position", [0, 1, 2])
def test_what_was_delivered_is_refused_in_the_domain(chain, record, position):
    item = chain[position]
    words = "cannot be deleted: it stands in 1 document"
    with pytest.raises(ItemIsOnRecord, match=words), transaction.atomic():
        item.delete()
    with pytest.raises(ItemIsOnRecord), transaction.atomic():
        type(item).objects.filter(pk=item.pk).delete()

    assert type(item).objects.filter(pk=item.pk).exists()


@pytest.mark.parametrize("position", [0, 1, 2])
@pytest.mark.parametrize("how", ["get", "post", "bulk"])
def test_what_was_delivered_is_refused_in_the_admin_with_the_list(
    client, chain, record, position, how
):
    item = chain[position]
    if how == "bulk":
        response = bulk_delete(client, item)
    else:
        response = getattr(client, how)(address(item, "delete"))

    assert response.url == address(item, "usage")
    assert said(response) == [
        f"“{item}” cannot be deleted: it stands in 1 document that was filed or delivered. "
        "Page, by Imani Calloway at Hearing"
    ]
    assert type(item).objects.filter(pk=item.pk).exists()


def test_several_at_once_lead_back_to_the_list(client, chain, record):
    point, other = chain[2], make_point("Other")
    url = reverse("wagtail_bulk_action", args=["testimony", "talkingpoint", "delete"])
    response = client.post(f"{url}?id={point.pk}&id={other.pk}")

    assert response.url == reverse(point.snippet_viewset.get_url_name("list"))
    assert TalkingPoint.objects.count() == 2


def test_what_is_used_asks_first_with_the_list(client, chain, admin):
    statistic = chain[1]
    html = client.get(address(statistic, "delete")).text
    for words in (
        "1 published document will show a gap where it stands.",
        ">Page</a>",
        ">Point</a>",
        "Yes, delete",
    ):
        assert words in html, words

    client.post(address(statistic, "delete"))
    assert not Statistic.objects.exists()


def test_deleting_many_asks_with_the_lists(client, chain, admin):
    point = chain[2]
    url = reverse("wagtail_bulk_action", args=["testimony", "talkingpoint", "delete"])
    html = client.get(f"{url}?id={point.pk}").text
    assert "1 published document will show a gap where it stands." in html
    assert ">Page</a>" in html

    bulk_delete(client, point)
    assert not TalkingPoint.objects.exists()


def test_unpublishing_says_what_will_show_a_gap(client, chain, admin):
    source = chain[0]
    html = client.get(address(source, "unpublish")).text
    assert "1 published document will show a gap where it stands." in html
    assert ">Page</a>" in html

    client.post(address(source, "unpublish"))
    assert Source.objects.filter(live=True).count() == 0
