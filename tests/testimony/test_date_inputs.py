"""Dates are entered in the browser's own inputs, and what cannot be read is refused, never rewritten."""

from __future__ import annotations

import pytest
from django.urls import reverse

from testimony.models import FactSheetPage, Source, Statistic, TalkingPoint, TestimonyPage
from tests.builders import make_source, make_user

DAYS = {
    TestimonyPage: ["date"],
    FactSheetPage: ["date"],
    TalkingPoint: ["review_by"],
    Statistic: ["retrieved_on", "review_by"],
    Source: ["retrieved_on", "review_by"],
}


@pytest.fixture
def author(client, db):
    user = make_user("author")
    client.force_login(user)
    return user


def edit_handler(model):
    viewset = getattr(model, "snippet_viewset", None)
    return viewset.get_edit_handler() if viewset else model.get_edit_handler()


@pytest.mark.parametrize(("model", "names"), DAYS.items(), ids=lambda value: str(value)[-16:])
def test_every_date_of_every_form_is_the_browser_s_own(model, names, author):
    fields = edit_handler(model).get_form_class()(for_user=author).fields
    inputs = {name: getattr(field.widget, "input_type", "") for name, field in fields.items()}

    assert [inputs[name] for name in names] == ["date"] * len(names)
    assert [inputs[name] for name in ("go_live_at", "expire_at")] == ["datetime-local"] * 2


def test_a_date_that_cannot_be_read_is_refused_and_shown_again(client, author):
    source = make_source()
    address = reverse("wagtailsnippets_testimony_source:edit", args=[source.pk])
    fields = {"title": "Survey", "kind": "report", "retrieved_on": "13/32/2026"}
    form = client.post(address, fields).context["form"]

    assert form.errors["retrieved_on"] == ["Enter a valid date."]
    assert form["retrieved_on"].value() == "13/32/2026"


@pytest.mark.parametrize("name", ["testimony_pages:index", "fact_sheet_pages:index"])
def test_lists_are_narrowed_by_native_dates(client, author, name):
    html = client.get(reverse(name)).content.decode()

    assert [html.count(f'type="date" name="date_{end}"') for end in ("from", "to")] == [1, 1]
