from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cms.domain.visibility import file_is_public
from cms.enums import GroupName
from cms.models import Attachment, Branding, CreditedImage, HomePage, Rendition, StandardPage, User
from cms.views.media import may_open
from tests.builders import make_user


def drawn(kind: str, name: str) -> ContentFile:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(buffer, kind)
    return ContentFile(buffer.getvalue(), name=name)


def status(client, address: str) -> int:
    """Status of the answer, read to its end, which closes the file."""
    response = client.get(address)
    assert response.getvalue() is not None
    return response.status_code


@pytest.fixture
def picture(db) -> CreditedImage:
    return CreditedImage.objects.create(title="Tap", file=drawn("PNG", "secret-draft.png"))


@pytest.fixture
def rendition(picture) -> str:
    """Address of a rendition; making it does not make it public."""
    file = drawn("JPEG", "tap.width-20.jpg")
    made = Rendition.objects.create(
        image=picture, filter_spec="width-20|format-jpeg", file=file, width=20, height=10
    )
    return made.url


@pytest.fixture
def letter(db) -> Attachment:
    return Attachment.objects.create(title="Letter", file=ContentFile(b"text", name="letter.txt"))


@pytest.fixture
def show(db) -> Callable[..., StandardPage]:
    """Adds a live page with the picture in its text."""

    def add(body: str, slug: str = "page") -> StandardPage:
        page = StandardPage(title="Page", slug=slug, body=body)
        return Page.objects.get(pk=HomePage.objects.get().pk).add_child(instance=page)

    return add


def embed(picture: CreditedImage) -> str:
    return f'<embed embedtype="image" id="{picture.pk}" format="fullwidth" alt="Tap"/>'


@pytest.fixture
def staff(client, db):
    """A client signed in as an author, who may choose pictures and documents."""
    client.force_login(make_user())
    return client


def test_a_rendition_on_a_public_page_is_served(client, picture, rendition, show) -> None:
    show(embed(picture))
    response = client.get(rendition)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=300"
    assert response.getvalue().startswith(b"\xff\xd8")
    assert response.cookies == {}


def test_a_rendition_that_is_nowhere_public_is_not_found(client, rendition) -> None:
    assert status(client, rendition) == 404


def test_a_rendition_in_a_draft_of_a_live_page_is_not_found(
    client, picture, rendition, show
) -> None:
    page = show("<p>Nothing</p>")
    page.body = embed(picture)
    revision = page.save_revision()
    assert status(client, rendition) == 404
    revision.publish()
    assert status(client, rendition) == 200
    page.unpublish()
    assert status(client, rendition) == 404


def test_the_logo_is_served(client, picture, rendition) -> None:
    Branding.objects.update(logo=picture)
    assert status(client, rendition) == 200


def test_a_document_with_the_key_of_the_logo_is_not_public(picture, letter) -> None:
    Attachment.objects.filter(pk=letter.pk).update(id=picture.pk)
    Branding.objects.update(logo=picture)
    assert file_is_public(picture) is True
    assert file_is_public(Attachment.objects.get()) is False


def test_originals_are_for_staff_only(client, picture, show, staff) -> None:
    show(embed(picture))
    assert status(staff, picture.file.url) == 200
    staff.logout()
    assert status(client, picture.file.url) == 404


def test_staff_see_files_of_drafts_and_nobody_may_keep_them(staff, rendition) -> None:
    response = staff.get(rendition)
    assert response.getvalue() is not None
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-cache")


def test_an_account_without_admin_access_is_a_visitor(client, rendition) -> None:
    client.force_login(User.objects.create_user("eve"))
    assert status(client, rendition) == 404


def test_an_unchanged_file_is_not_sent_again(client, picture, rendition, show) -> None:
    show(embed(picture))
    first = client.get(rendition)
    assert len(first.getvalue()) == int(first["Content-Length"])
    etag = first["ETag"]
    again = client.get(rendition, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(rendition)
    assert (head.status_code, head.getvalue()) == (200, b"")
    assert client.post(rendition).status_code == 405


@pytest.mark.parametrize(
    "path",
    ["../rostrum.sqlite3", "a/../../x", "..%2f..%2fetc/passwd", "%2fetc/passwd", "nothing.png", "images", "x%00.png", "images/", "a//b", "C:\\x", "%2e%2e/x", "x" * 5000],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder_even_for_staff(staff, rendition, path) -> None:
    assert status(staff, f"/media/{path}") == 404
    staff.logout()
    assert status(staff, f"/media/{path}") == 404


def test_a_file_that_a_browser_could_run_is_offered_for_saving(staff) -> None:
    file = ContentFile(b"<script>1</script>", name="page.html")
    response = staff.get(Attachment.objects.create(title="Page", file=file).file.url)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response.getvalue() == b"<script>1</script>"


def test_a_file_that_belongs_to_nothing_is_not_found(staff) -> None:
    name = default_storage.save("stray.png", drawn("PNG", "stray.png"))
    assert status(staff, f"/media/{name}") == 404


def test_speakers_see_no_files_but_public_ones(client, picture, rendition, letter, show) -> None:
    client.force_login(make_user("sam", GroupName.SPEAKERS))
    files = [picture.file.url, rendition, letter.url, f"/media/{letter.file.name}"]
    assert [status(client, address) for address in files] == [404] * 4
    show(f'{embed(picture)}<p><a linktype="document" id="{letter.pk}">Letter</a></p>')
    assert [status(client, address) for address in files] == [404, 200, 200, 404]


def test_the_portrait_of_a_member_is_for_members_only(client, db) -> None:
    sam, visitor = make_user("sam", GroupName.SPEAKERS), User.objects.create_user("eve")
    name = UserProfile.objects.create(user=sam, avatar=drawn("PNG", "sam.png")).avatar.name
    assert [may_open(user, name) for user in (sam, AnonymousUser(), visitor)] == [
        True,
        False,
        False,
    ]


def test_a_row_whose_file_is_gone_is_not_found(client, picture, rendition, show) -> None:
    show(embed(picture))
    default_storage.delete(picture.renditions.get().file.name)
    assert status(client, rendition) == 404


def test_a_document_follows_the_same_gate(client, letter, show, staff) -> None:
    assert status(staff, letter.url) == 200
    staff.logout()
    assert status(client, letter.url) == 404
    show(f'<p><a linktype="document" id="{letter.pk}">Letter</a></p>')
    response = client.get(letter.url)
    assert (response.status_code, response.getvalue()) == (200, b"text")
    # Its stored file has no address of its own.
    assert status(client, f"/media/{letter.file.name}") == 404


def test_files_have_one_address_in_every_environment() -> None:
    assert reverse("media", kwargs={"path": "images/a.png"}) == "/media/images/a.png"
