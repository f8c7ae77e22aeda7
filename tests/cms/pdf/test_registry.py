"""The register of printable models."""

from __future__ import annotations

import pytest

from cms.models import Issue, Person
from cms.pdf import registry
from cms.pdf.registry import (
    DuplicateKind,
    PdfKind,
    kind_for,
    kinds_for,
    register_kind,
    register_paper,
    registered_kinds,
)


class IssueKind(PdfKind):
    name = "issue"


class PersonKind(PdfKind):
    name = "person"


@pytest.fixture(autouse=True)
def empty_register(monkeypatch):
    monkeypatch.setattr(registry, "_kinds", {})
    monkeypatch.setattr(registry, "_papers", {})


def test_a_registered_model_and_its_objects_find_their_kind():
    kind = register_kind(Issue, IssueKind)
    assert kind_for(Issue) is kind
    assert kind_for(Issue(name="Water")) is kind
    assert registered_kinds() == {Issue: kind}


def test_a_proxy_is_printed_like_its_base():
    class LocalIssue(Issue):
        class Meta:
            proxy = True
            app_label = "cms"

    kind = register_kind(Issue, IssueKind())
    assert kind_for(LocalIssue()) is kind


def test_an_unregistered_model_has_no_kind():
    register_kind(Issue, IssueKind)
    assert kind_for(Person()) is None


def test_a_second_kind_for_a_model_is_refused():
    register_kind(Issue, IssueKind)
    with pytest.raises(DuplicateKind, match="Issue is already printed by 'issue'"):
        register_kind(Issue, PersonKind)


def test_a_second_kind_of_the_same_name_is_refused():
    register_kind(Issue, IssueKind)
    with pytest.raises(DuplicateKind, match="named 'issue'"):
        register_kind(Person, IssueKind)


def test_a_kind_without_a_name_is_refused():
    with pytest.raises(ValueError, match="has no name"):
        register_kind(Issue, PdfKind)


def test_a_kind_has_to_say_what_it_prints():
    kind = IssueKind()
    for method in (kind.document, kind.text, kind.payload):
        with pytest.raises(NotImplementedError):
            method(Issue())


class CardKind(PdfKind):
    name = "card"

    def suits(self, obj):
        return obj.name == "Water"


def test_a_model_has_further_papers_by_name_and_the_main_one_without():
    main = register_kind(Issue, IssueKind)
    card = register_paper(Issue, CardKind)
    assert kinds_for(Issue) == [main, card]
    assert kinds_for(Issue(name="Water")) == [main, card]
    assert kinds_for(Issue(name="Air")) == [main]
    assert kind_for(Issue) is main
    assert kind_for(Issue(name="Water"), "card") is card
    assert kind_for(Issue(name="Air"), "card") is None
    assert registered_kinds() == {Issue: main}


def test_a_paper_may_not_take_the_name_of_another():
    register_kind(Issue, IssueKind)
    register_paper(Person, CardKind)
    with pytest.raises(DuplicateKind):
        register_paper(Issue, CardKind)
    with pytest.raises(DuplicateKind):
        register_paper(Person, IssueKind)
