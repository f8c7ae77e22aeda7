"""The admin speaks of reviewing and publishing, not of moderation, workflows and snippets."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests.builders import make_testimony, make_user


@pytest.mark.parametrize("language", ["en", "en-us"])
def test_wagtail_s_words_are_replaced(language):
    with translation.override(language):
        said = [
            translation.gettext("Submit to %(workflow_name)s"),
            translation.gettext("live + in moderation"),
            translation.gettext("Snippets"),
            translation.gettext("Promote"),
        ]

    assert said == [
        "Send for review",
        "published, newer version in review",
        "Library",
        "Web address & sharing",
    ]


def test_spanish_readers_keep_wagtail_s_spanish():
    with translation.override("es"):
        said = translation.gettext("Submit to %(workflow_name)s")

    assert said == "Enviar a %(workflow_name)s"


@pytest.mark.django_db
def test_a_document_says_where_it_stands():
    author = make_user("author")
    page = make_testimony(live=False, user=author)
    said = [page.status_string]
    page.get_workflow().start(page, author)
    said.append(type(page).objects.get().status_string)
    page.get_latest_revision().publish()
    said.append(type(page).objects.get().status_string)

    assert [str(words) for words in said] == ["draft", "in review", "published"]
