"""Issues are ticked in a list: those in use, and those that the document has already."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms.forms import IssueField, offered
from cms.models import Issue
from testimony.enums import Audience
from testimony.models import FactSheetPage, TalkingPoint, TestimonyPage
from tests.builders import make_fact_sheet, make_point, make_user

FIELDS = {"title": "Point", "text": "null", "audience": Audience.EVERYBODY}
MODELS = [TestimonyPage, FactSheetPage, TalkingPoint]


@pytest.fixture
def author(client, db):
    user = make_user("author")
    client.force_login(user)
    return user


@pytest.fixture
def retired(db) -> Issue:
    return Issue.objects.create(name="Old issue", slug="old", is_active=False)


def form_class(model):
    panel = getattr(model, "snippet_viewset", None)
    return (panel.get_edit_handler() if panel else model.get_edit_handler()).get_form_class()


def tag(item, *issues: Issue) -> None:
    item.issues.set(issues)
    item.save_revision()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_document_offers_the_issues_in_use(model, author, retired):
    field = form_class(model)(instance=model(), for_user=author)["issues"]
    labels = [str(label) for _value, label in field.field.choices]

    assert type(field.field) is IssueField
    assert field.help_text == "Tick all that the text is about."
    assert labels == list(Issue.objects.active().values_list("name", flat=True))


def test_what_is_ticked_is_what_the_document_is_about(client, author):
    point = make_point(owner=author)
    first, second = Issue.objects.active()[:2]
    address = reverse("wagtailsnippets_testimony_talkingpoint:edit", args=[point.pk])
    response = client.post(address, {**FIELDS, "issues": [first.pk, second.pk]})
    point.refresh_from_db()
    draft = point.get_latest_revision_as_object()

    assert response.status_code == 302
    assert {issue.slug for issue in draft.issues.all()} == {first.slug, second.slug}


def test_a_retired_issue_is_offered_only_where_it_is_in_use(author, retired):
    sheet = make_fact_sheet(live=False)
    tag(sheet, retired)
    field = form_class(FactSheetPage)(instance=sheet, for_user=author)["issues"]
    ticked = [box.choice_label for box in field if box.data["selected"]]

    assert ticked == ["Old issue (retired)"]
    assert retired not in offered([])


def bound(point: TalkingPoint, author, *issues: Issue):
    data = {**FIELDS, "issues": [issue.pk for issue in issues]}
    return form_class(TalkingPoint)(data, instance=point, for_user=author)


@pytest.mark.parametrize("kept", [True, False])
def test_a_retired_issue_stays_until_it_is_unticked(author, retired, kept):
    point = make_point()
    tag(point, retired)
    chosen = [Issue.objects.active().first(), *([retired] if kept else [])]
    form = bound(point, author, *chosen)

    form.is_valid()

    assert "issues" not in form.errors
    assert set(form.cleaned_data["issues"]) == set(chosen)


def test_a_retired_issue_cannot_be_added(author, retired):
    assert bound(make_point(), author, retired).errors["issues"] == [
        f"Select a valid choice. {retired.pk} is not one of the available choices."
    ]


def test_nothing_changes_when_nothing_was_ticked(author, retired):
    point = make_point()
    tag(point, retired)

    assert "issues" not in bound(point, author, retired).changed_data
