"""Addresses and keys that no two documents may share."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.models import ArchivePage, HomePage
from testimony.importers.testimony import slug_of
from testimony.models import TestimonyPage
from tests.builders import make_testimony
from tests.testimony.test_publishing_rights import send_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported() -> TestimonyPage:
    page = make_testimony("Imported", source_key="state-2024-17", source_digest="abc")
    page.save_revision().publish()
    return TestimonyPage.objects.get(pk=page.pk)


def keys() -> list[tuple[str, str | None]]:
    return sorted(TestimonyPage.objects.values_list("title", "source_key"), key=str)


def test_an_alias_of_an_imported_document_has_no_key_and_follows_it(imported):
    elsewhere = ArchivePage(title="Elsewhere", slug="elsewhere")
    HomePage.objects.get().add_child(instance=elsewhere)
    imported.create_alias(parent=elsewhere)
    assert keys() == [("Imported", "state-2024-17"), ("Imported", None)]

    imported.title = "Corrected"
    imported.save_revision().publish()
    assert keys() == [("Corrected", "state-2024-17"), ("Corrected", None)]


def test_an_earlier_version_of_a_copy_can_be_published(imported):
    copy = imported.copy(update_attrs={"title": "Copy", "slug": "copy"}, keep_live=False)
    for revision in copy.revisions.order_by("pk"):
        restored = revision.as_object()
        restored.slug = "copy"
        restored.save_revision().publish()
    assert sorted(TestimonyPage.objects.values_list("source_key", flat=True), key=str) == [
        None,
        "state-2024-17",
    ]
    assert TestimonyPage.objects.get(pk=imported.pk).is_imported


def test_no_document_takes_the_address_of_the_issues(client):
    with pytest.raises(ValidationError) as refused:
        make_testimony("Issues", slug="issues")
    assert list(refused.value.message_dict) == ["slug"]

    page = make_testimony("Issues", slug="")
    assert page.url == "/archive/issues-2/"
    assert slug_of(ArchivePage.objects.get(), "Issues") == "issues-3"
    assert client.get("/archive/issues/paid-leave/").status_code == 200


def retitled(client, page: TestimonyPage, title: str, **changes: str) -> str:
    """The address of the draft after its editor was sent with another title."""
    send_form(client, reverse("wagtailadmin_pages:edit", args=[page.pk]), title=title, **changes)
    return TestimonyPage.objects.get(pk=page.pk).get_latest_revision_as_object().slug


def test_the_address_of_a_draft_follows_its_title_until_it_is_published(client, author):
    make_testimony("Testimony: Friday")
    draft = make_testimony("Testimony: Friday", live=False, user=author)
    assert draft.slug == "testimony-friday-2"
    assert retitled(client, draft, "Leave for everyone") == "leave-for-everyone"
    # An editor that stayed open sends what it was opened with.
    assert retitled(client, draft, "Leave for all", slug=draft.slug) == "leave-for-all"
    assert retitled(client, draft, "word " * 20).endswith("-word")
    assert retitled(client, draft, "Paid leave", slug="hb-1147") == "hb-1147"
    assert retitled(client, draft, "Paid leave now") == "hb-1147"


def test_the_address_of_what_was_public_stays(client, author):
    page = make_testimony("Public", live=False, user=author)
    page.get_latest_revision().publish()
    assert retitled(client, page, "Another title") == "public"


def test_an_address_that_was_chosen_at_first_stays(client, author):
    draft = make_testimony("Leave", slug="hb-1147", live=False, user=author)
    assert retitled(client, draft, "Paid leave") == "hb-1147"
