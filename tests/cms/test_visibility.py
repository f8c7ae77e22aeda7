from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from cms.domain.visibility import (
    file_is_public,
    is_public,
    public_entries,
    public_pages,
    record_references,
)
from cms.models import ArchiveEntry, ArchivePage, Attachment, HomePage, StandardPage


@pytest.fixture
def home(db) -> HomePage:
    return HomePage.objects.get()


@pytest.fixture
def add(home) -> Callable[..., StandardPage]:
    def make(slug: str, *, parent: Page | None = None, **values) -> StandardPage:
        page = StandardPage(title=slug, slug=slug, **values)
        return Page.objects.get(pk=(parent or home).pk).add_child(instance=page)

    return make


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def minutes(number: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(minutes=number)


@pytest.mark.parametrize(
    ("values", "public"),
    [
        ({}, True),
        ({"live": False}, False),
        ({"expire_at": minutes(60)}, True),
        ({"expire_at": minutes(-60)}, False),
    ],
)
def test_a_page_is_public_while_it_is_live_and_not_expired(add, values, public) -> None:
    page = add("page", **values)
    assert is_public(page) is public
    assert public_pages().filter(pk=page.pk).exists() is public
    assert public_pages(StandardPage.objects.all()).filter(pk=page.pk).exists() is public


def test_a_private_page_hides_all_below_it_and_nothing_beside_it(add) -> None:
    private = add("private")
    below, beside = add("below", parent=private), add("private-not")
    restrict(private)
    assert [is_public(page) for page in (private, below, beside)] == [False, False, True]
    assert private.get_view_restrictions().get() == below.get_view_restrictions().get()
    assert list(beside.get_view_restrictions()) == []


def test_an_alias_of_a_private_page_is_private_as_wagtail_serves_it(add, home, client) -> None:
    page, section = add("page"), add("section")
    alias = page.create_alias(parent=section, update_slug="alias")
    second = alias.create_alias(parent=section, update_slug="second")
    restrict(page)
    for hidden in (page, alias, second):
        assert is_public(hidden) is False
        assert client.get(hidden.url).status_code == 302


def test_a_queryset_that_was_kept_tells_the_truth_later(add) -> None:
    page = add("page")
    kept = public_pages(Page.objects.filter(pk=page.pk))
    assert kept.exists()
    restrict(page)
    assert not kept.all().exists()


def test_entries_are_public_as_their_pages_are(add) -> None:
    pages = [add("shown"), add("hidden", live=False), add("private")]
    restrict(pages[2])
    for page in pages:
        ArchiveEntry.objects.create(
            pk=page.pk, page=page, kind="x", title=page.title, url="/", date="2024-01-01", year=2024
        )
    assert [entry.title for entry in public_entries()] == ["shown"]
    assert [
        entry.title for entry in public_entries(ArchiveEntry.objects.exclude(title="shown"))
    ] == []


@pytest.fixture
def attachment(db) -> Attachment:
    return Attachment.objects.create(title="Letter", file=ContentFile(b"text", name="letter.txt"))


def link(attachment: models.Model) -> str:
    return f'<p><a linktype="document" id="{attachment.pk}">Letter</a></p>'


def test_a_file_is_public_once_a_public_page_links_to_it(add, attachment) -> None:
    assert file_is_public(attachment) is False
    page = add("page", body=link(attachment))
    assert file_is_public(attachment) is True
    page.unpublish()
    assert file_is_public(attachment) is False


def test_a_file_in_a_draft_of_a_live_page_is_not_public(add, attachment) -> None:
    page = add("page", body="<p>Nothing</p>")
    page.body = link(attachment)
    revision = page.save_revision()
    assert file_is_public(attachment) is False
    revision.publish()
    assert file_is_public(attachment) is True


def test_a_file_that_only_a_draft_takes_away_stays_public(add, attachment) -> None:
    page = add("page", body=link(attachment))
    page.body = ""
    revision = page.save_revision()
    assert file_is_public(attachment) is True
    revision.publish()
    assert file_is_public(attachment) is False


def test_a_file_on_private_pages_only_is_not_public(add, attachment) -> None:
    restrict(add("page", body=link(attachment)))
    assert file_is_public(attachment) is False


def test_publishing_records_files_without_waiting_for_a_worker(add, attachment) -> None:
    page = add("page", body=link(attachment), live=False)
    ReferenceIndex.objects.all().delete()
    page.save_revision().publish()
    ReferenceIndex.objects.filter(to_object_id=str(attachment.pk)).delete()
    record_references(page)
    assert file_is_public(attachment) is True


def test_a_page_past_its_expiry_is_not_served(add, client) -> None:
    page = add("page", expire_at=minutes(60))
    assert client.get(page.url).status_code == 200
    StandardPage.objects.filter(pk=page.pk).update(expire_at=minutes(-1))
    assert client.get(page.url).status_code == 404


def test_the_archive_of_an_empty_installation_is_public(db) -> None:
    assert is_public(ArchivePage.objects.get()) is True
