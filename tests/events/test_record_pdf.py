from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.models import HomePage
from events.domain.presentations import add_presentation, confirm, deliver
from tests.builders import make_event

ASK = "public, no-cache"
NEVER = "private, no-store"


def get(client, address: str, **headers) -> tuple[int, bytes]:
    response = client.get(address, headers=headers)
    body = b"".join(response) if response.streaming else b""
    return response, body


@pytest.fixture
def live(page):
    """Ancestors count too: the fixture's home page is public."""
    assert HomePage.objects.get().live
    return page


def hide(page, how: str) -> None:
    page = page.specific
    if how == "unpublished":
        page.unpublish()
    elif how == "expired":
        page.expire_at = timezone.now() - dt.timedelta(minutes=1)
        page.save()
    elif how == "private":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    else:
        PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")


def test_anybody_gets_the_frozen_bytes_of_a_public_page(client, live, record):
    response, body = get(client, record.pdf_url)

    assert record.pdf_url == f"/records/{record.pk}/{record.pdf_sha256[:12]}.pdf"
    assert (response.status_code, body) == (200, b"%PDF-1.7 Paper|As written.|False")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(body))
    assert response["Content-Disposition"] == 'inline; filename="paper.pdf"'
    assert response["ETag"] == f'"{record.pdf_sha256}"'
    assert response["Cache-Control"] == ASK


def test_a_file_that_is_known_already_is_not_sent_again(client, live, record):
    etag = f'"{record.pdf_sha256}"'
    response, body = get(client, record.pdf_url, if_none_match=f'"other", {etag}')

    assert (response.status_code, body, response["ETag"]) == (304, b"", etag)
    assert response["Cache-Control"] == ASK


def test_head_answers_without_the_bytes(client, live, record):
    response = client.head(record.pdf_url)
    response.close()

    assert (response.status_code, response["Content-Length"]) == (200, str(record.pdf_size))


def test_nothing_can_be_sent_to_a_record(client, live, record):
    assert client.post(record.pdf_url).status_code == 405


HIDDEN = ("unpublished", "expired", "private", "under a private page")


@pytest.mark.parametrize("how", HIDDEN)
def test_a_page_that_is_not_public_hides_its_records(client, live, record, how):
    hide(live, how)

    assert get(client, record.pdf_url)[0].status_code == 404
    known = {"if_none_match": f'"{record.pdf_sha256}"'}
    assert get(client, record.pdf_url, **known)[0].status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [("author", 200), ("approver", 200), ("administrator", 200), ("speaker_user", 200)],
)
def test_staff_and_the_speaker_see_it_all_the_same_and_nobody_caches_it(
    request, client, live, record, role, status
):
    hide(live, "unpublished")
    client.force_login(request.getfixturevalue(role))
    response, _body = get(client, record.pdf_url)

    assert (response.status_code, response["Cache-Control"]) == (status, NEVER)


def test_another_speaker_does_not(client, live, record, speaker_user, person):
    person.user = None
    person.save()
    hide(live, "unpublished")
    client.force_login(speaker_user)

    assert get(client, record.pdf_url)[0].status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        lambda url: url.replace(".pdf", "0.pdf"),
        lambda url: f"{url[:-16]}{'0' * 12}.pdf",
        lambda url: f"/records/999999/{url[-16:]}",
        lambda url: f"/records/9999999999999999999999/{url[-16:]}",
    ],
)
def test_other_addresses_are_not_found(client, live, record, change):
    assert get(client, change(record.pdf_url))[0].status_code == 404


def test_a_lost_file_is_not_found_and_logged(client, live, record, caplog):
    storages["records"].delete(record.pdf_path)

    assert get(client, record.pdf_url)[0].status_code == 404
    [entry] = [item for item in caplog.records if item.name == "events.views.records"]
    assert entry.getMessage() == f"The PDF of record {record.pk} is missing: {record.pdf_path}"


def test_a_draft_is_shown_to_its_speaker_with_the_watermark(client, planned, page, speaker_user):
    page.specific.unpublish()
    client.force_login(speaker_user)
    address = reverse("events:document_pdf", args=[planned.pk, page.pk])
    response, body = get(client, address)

    assert body == b"%PDF-1.7 Paper|As written.|True"
    assert response["Cache-Control"].startswith(NEVER)  # Wagtail adds to it in the admin
    assert response["Content-Disposition"] == 'inline; filename="DRAFT-paper.pdf"'


def test_a_published_document_is_shown_as_it_is_published(client, planned, page, speaker_user):
    draft = page.specific
    draft.introduction = "A newer draft."
    draft.save_revision()
    client.force_login(speaker_user)
    _response, body = get(client, reverse("events:document_pdf", args=[planned.pk, page.pk]))

    assert body == b"%PDF-1.7 Paper|As written.|False"


def test_only_documents_of_the_presentation_are_shown(client, planned, make_page, speaker_user):
    other = make_page("Other")
    client.force_login(speaker_user)

    assert (
        client.get(reverse("events:document_pdf", args=[planned.pk, other.pk])).status_code == 404
    )


def test_the_speaker_finds_papers_before_and_records_after(
    client, planned, author, approver, speaker_user
):
    client.force_login(speaker_user)
    before = client.get(reverse("events:appearances"))
    confirm(planned, user=author)
    [record] = deliver(planned, user=approver)
    after = client.get(reverse("events:appearances"))

    assert reverse("events:document_pdf", args=[planned.pk, record.page_id]) in before.text
    assert record.pdf_url in after.text
    assert before.context["earlier"] == [planned]  # the fixture's hearing was in March
    assert before.context["coming"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_appearances_cost_the_same_for_one_and_three(
    client, speaker_user, person, author, make_page, count, django_assert_num_queries
):
    for number in range(count):
        event = make_event(starts_at=timezone.now() + dt.timedelta(days=number + 1))
        add_presentation(event, person, user=author, pages=[make_page(f"Paper {number}")])
    client.force_login(speaker_user)
    client.get(reverse("events:appearances"))
    with django_assert_num_queries(12):
        response = client.get(reverse("events:appearances"))

    assert len(response.context["coming"]) == count
