"""A copy is made of a snippet and never written over it, whatever address its form is sent to."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.builders import make_point, make_user

pytestmark = pytest.mark.django_db


def test_a_form_sent_to_the_address_of_a_copy_changes_no_original(client):
    point = make_point(title="Ours", locked=True)
    client.force_login(make_user("author"))
    address = reverse(point.snippet_viewset.get_url_name("copy"), args=[point.pk])

    assert client.get(address).status_code == 200
    assert client.post(address, {"title": "Theirs"}).status_code == 302
    point.refresh_from_db()
    assert point.title == "Ours"
