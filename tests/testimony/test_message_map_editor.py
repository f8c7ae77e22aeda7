"""Message maps are written on one screen, and what has no proof cannot be released."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms.models import Issue
from testimony.enums import Scale
from testimony.models import KeyMessage, MessageMap, Statistic, TalkingPoint
from tests.builders import (
    make_map,
    make_point,
    make_source,
    make_statistic,
)
from tests.testimony.maps import own_url

pytestmark = pytest.mark.django_db


def filled(issue: Issue, *messages: dict) -> dict[str, str]:
    """What the form sends for a map; a message is {"text", "released", "points", "proofs"}."""
    data = {"issue": issue.pk, "narrative": "null", "audience_note": ""}
    data |= management("messages", len(messages))
    for number, message in enumerate(messages):
        prefix = f"messages-{number}"
        data |= {f"{prefix}-text": message["text"], f"{prefix}-ORDER": number + 1}
        if message.get("released"):
            data[f"{prefix}-is_releasable"] = "on"
        for relation in ("points", "proofs"):
            items = message.get(relation, ())
            data |= management(f"{prefix}-{relation}", len(items))
            for place, item in enumerate(items):
                name = "point" if relation == "points" else item._meta.model_name
                data[f"{prefix}-{relation}-{place}-{name}"] = item.pk
                data[f"{prefix}-{relation}-{place}-ORDER"] = place + 1
    return {name: str(value) for name, value in data.items()}


def management(prefix: str, total: int) -> dict[str, int]:
    return {
        f"{prefix}-TOTAL_FORMS": total,
        f"{prefix}-INITIAL_FORMS": 0,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }


def errors_of(response) -> list[list[str]]:
    return [list(form.errors.get("is_releasable", [])) for form in rows_of(response)]


def rows_of(response) -> list:
    return response.context["form"].formsets["messages"].forms


def test_a_map_is_written_on_one_screen(client, author, issue):
    point, proof, source = make_point(), make_statistic(), make_source()
    message = {"text": "Most have none", "released": True, "points": [point]}

    response = client.post(
        own_url("add"), filled(issue, {**message, "proofs": [proof, source]}, {"text": "Two"})
    )

    assert response.status_code == 302
    draft = MessageMap.objects.get().get_latest_revision_as_object()
    first, second = draft.messages.all()
    assert (first.text, first.is_releasable, second.text) == ("Most have none", True, "Two")
    assert [support.point for support in first.points.all()] == [point]
    assert [one.item for one in first.proofs.all()] == [proof, source]
    assert draft.live is False


NO_PROOF = [
    "No proof yet. Choose a published statistic or source, or a published talking point that cites "
    "one."
]


def test_a_message_without_proof_cannot_be_released(client, author, issue):
    response = client.post(
        own_url("add"), filled(issue, {"text": "Bare", "released": True}, {"text": "Kept back"})
    )

    assert errors_of(response) == [NO_PROOF, []]
    assert KeyMessage.objects.count() == 0


def test_an_unpublished_proof_does_not_release_a_message(client, author, issue):
    hidden = make_statistic(live=False)
    response = client.post(
        own_url("add"), filled(issue, {"text": "Bare", "released": True, "proofs": [hidden]})
    )

    assert errors_of(response) == [NO_PROOF]


def test_what_a_point_cites_releases_a_message(client, author, issue):
    text = f'<p><embed embedtype="source" id="{make_source().pk}"/></p>'
    point = make_point(text=text)
    response = client.post(
        own_url("add"), filled(issue, {"text": "Cited", "released": True, "points": [point]})
    )

    assert response.status_code == 302


def test_a_proof_that_was_removed_in_the_form_proves_nothing(client, author, issue):
    data = filled(issue, {"text": "Bare", "released": True, "proofs": [make_statistic()]})
    response = client.post(own_url("add"), {**data, "messages-0-proofs-0-DELETE": "1"})

    assert errors_of(response) == [NO_PROOF]


def test_a_proof_is_one_thing(client, author, issue):
    data = filled(issue, {"text": "Two", "proofs": [make_statistic()]})
    both = client.post(own_url("add"), {**data, "messages-0-proofs-0-source": make_source().pk})
    data.pop("messages-0-proofs-0-statistic")
    none = client.post(own_url("add"), {**data, "messages-0-proofs-0-ORDER": "2"})

    found = [rows_of(answer)[0].formsets["proofs"].forms[0].errors for answer in (both, none)]
    assert [list(errors) for errors in found] == [["source"], ["statistic"]]


def test_an_issue_has_one_map_and_a_retired_one_gets_none(client, author, issue):
    make_map(issue)
    retired = Issue.objects.create(name="Old", slug="old", is_active=False)

    answers = [client.post(own_url("add"), filled(one)) for one in (issue, retired)]

    assert [list(answer.context["form"].errors["issue"]) for answer in answers] == [
        ["Message map with this Issue already exists."],
        ["This issue is retired. Choose an issue that is in use."],
    ]


def test_a_map_stays_with_its_issue_and_with_a_retired_one(client, author, issue):
    message_map = make_map(issue)
    other = Issue.objects.exclude(pk=issue.pk)[0]
    url = own_url("edit", message_map.pk)

    moved = client.post(url, filled(other))
    Issue.objects.filter(pk=issue.pk).update(is_active=False)
    kept = client.post(url, filled(issue))

    assert list(moved.context["form"].errors["issue"]) == [
        "A map stays with its issue. Start another map for another issue."
    ]
    assert kept.status_code == 302


def test_what_is_begun_in_the_chooser_is_a_draft_of_its_writer(client, author):
    points = client.post(
        reverse("map_points:create"), {"title": "New <point>", "words": "One.\n\nTwo & three."}
    )
    client.post(
        reverse("map_statistics:create"),
        {
            "value": "12",
            "scale": Scale.NONE.value,
            "unit": "percent",
            "decimals": "0",
            "label": "of all",
            "source": "",
        },
    )

    point, statistic = TalkingPoint.objects.get(), Statistic.objects.get()
    assert points.json()["result"]["string"] == "New <point> (draft)"
    assert point.text == "<p>One.</p>\n\n<p>Two &amp; three.</p>"
    for item in (point, statistic):
        assert (item.live, item.owner, item.latest_revision.user) == (False, author, author)


def test_choosers_of_documents_begin_nothing(client, author):
    viewset = TalkingPoint.snippet_viewset.chooser_viewset

    assert viewset.creation_form_class is None
    assert client.get(reverse(viewset.get_url_name("choose"))).status_code == 200
