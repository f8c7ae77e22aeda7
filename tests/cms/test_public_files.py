"""Pictures and documents that stand on public pages: who may still change and delete them."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from cms.domain.file_rights import shows_in_public
from cms.enums import GroupName
from cms.models import Attachment, CreditedImage, HomePage, StandardPage, Theme
from cms.models.branding import Branding
from tests.builders import make_fact_sheet, make_user
from tests.cms.test_media import drawn

pytestmark = pytest.mark.django_db

AUTHOR, APPROVER, ADMINISTRATOR = (
    GroupName.AUTHORS,
    GroupName.APPROVERS,
    GroupName.ADMINISTRATORS,
)


@pytest.fixture
def colleague():
    return make_user("colleague", ADMINISTRATOR)


@pytest.fixture
def picture(colleague) -> CreditedImage:
    file = drawn("PNG", "tap.png")
    return CreditedImage.objects.create(title="Tap", file=file, uploaded_by_user=colleague)


@pytest.fixture
def letter(colleague) -> Attachment:
    file = ContentFile(b"adopted words", name="letter.txt")
    return Attachment.objects.create(title="Letter", file=file, uploaded_by_user=colleague)


def sign_in(client, group: GroupName):
    user = make_user("me", group)
    client.force_login(user)
    return user


def show(*files, live: bool = True) -> StandardPage:
    tags = {
        CreditedImage: '<embed embedtype="image" id="{}" format="fullwidth" alt="Tap"/>',
        Attachment: '<a linktype="document" id="{}">Letter</a>',
    }
    body = "".join(tags[type(file)].format(file.pk) for file in files)
    page = StandardPage(title="Water", slug="water", body=f"<p>{body}</p>", live=live)
    return HomePage.objects.get().add_child(instance=page)


def edit_picture(client, picture, **changes):
    root = Collection.objects.get(depth=1).pk
    data = {"title": "Changed", "collection": root, "tags": "", "description": "Other", **changes}
    return client.post(reverse("wagtailimages:edit", args=[picture.pk]), data)


def edit_letter(client, letter):
    data = {
        "title": "Changed",
        "file": SimpleUploadedFile("other.txt", b"other words"),
        "collection": Collection.objects.get(depth=1).pk,
        "tags": "",
    }
    return client.post(reverse("wagtaildocs:edit", args=[letter.pk]), data)


def titles() -> tuple[list[str], list[str]]:
    pictures = CreditedImage.objects.values_list("title", flat=True)
    return list(pictures), list(Attachment.objects.values_list("title", flat=True))


def bulk(action: str, *files) -> str:
    meta = files[0]._meta
    address = reverse("wagtail_bulk_action", args=[meta.app_label, meta.model_name, action])
    return f"{address}?{'&'.join(f'id={file.pk}' for file in files)}"


@pytest.mark.parametrize(
    ("group", "status", "title"),
    [(AUTHOR, 403, "Tap"), (APPROVER, 403, "Tap"), (ADMINISTRATOR, 302, "Changed")],
)
def test_whoever_may_publish_alone_changes_a_public_picture(client, picture, group, status, title):
    sign_in(client, group)
    show(picture)

    assert edit_picture(client, picture).status_code == status
    assert titles()[0] == [title]


@pytest.mark.parametrize(
    ("group", "status", "words"),
    [
        (AUTHOR, 403, b"adopted words"),
        (APPROVER, 403, b"adopted words"),
        (ADMINISTRATOR, 302, b"other words"),
    ],
)
def test_whoever_may_publish_alone_replaces_a_public_document(client, letter, group, status, words):
    sign_in(client, group)
    show(letter)

    assert edit_letter(client, letter).status_code == status
    with Attachment.objects.get().open_file() as file:
        assert file.read() == words


@pytest.mark.parametrize("group", [AUTHOR, APPROVER, ADMINISTRATOR])
def test_nobody_deletes_what_is_public(client, picture, letter, group):
    sign_in(client, group)
    show(picture, letter)
    answers = [
        client.post(reverse("wagtailimages:delete", args=[picture.pk])),
        client.post(reverse("wagtaildocs:delete", args=[letter.pk])),
        client.post(bulk("delete", picture)),
        client.post(bulk("delete", letter)),
        client.post(reverse("wagtailimages:delete_multiple", args=[picture.pk])),
        client.post(reverse("wagtaildocs:delete_multiple", args=[letter.pk])),
    ]

    assert [it.status_code for it in answers] == [403, 403, 302, 302, 302, 302]
    assert titles() == (["Tap"], ["Letter"])


def test_not_even_a_superuser_deletes_what_is_public(client, picture, admin_user):
    client.force_login(admin_user)
    show(picture)

    assert client.post(reverse("wagtailimages:delete", args=[picture.pk])).status_code == 403
    assert titles()[0] == ["Tap"]


@pytest.mark.parametrize("group", [AUTHOR, APPROVER])
def test_bulk_actions_leave_what_is_public_and_say_why(client, picture, letter, group):
    sign_in(client, group)
    show(picture, letter)
    other = Collection.objects.get(depth=1).add_child(instance=Collection(name="Other"))
    for file in (picture, letter):
        client.post(bulk("add_tags", file), {"tags": "wet"})
        client.post(bulk("add_to_collection", file), {"collection": other.pk})
        file.refresh_from_db()
        said = client.get(bulk("delete", file)).text

        assert (list(file.tags.all()), file.collection.depth) == ([], 1)
        assert "administrators alone change it, and nobody deletes it" in said
        assert "Yes, delete" not in said


def test_the_second_form_of_an_upload_is_refused_too(client, picture):
    sign_in(client, AUTHOR)
    show(picture)
    prefix = f"image-{picture.pk}"
    client.post(
        reverse("wagtailimages:edit_multiple", args=[picture.pk]),
        {f"{prefix}-title": "Changed", f"{prefix}-tags": "", f"{prefix}-description": "Other"},
    )

    assert titles()[0] == ["Tap"]


def test_the_refusal_says_why_where_it_stands_and_what_to_do(client, picture):
    sign_in(client, AUTHOR)
    page = show(picture)
    for name in ("edit", "image_usage"):
        response = client.get(reverse(f"wagtailimages:{name}", args=[picture.pk]))

        assert response.status_code == 403
        assert [(it.title, it.address) for it in response.context["places"]] == [
            ("Water", page.get_url())
        ]
        assert "ask an administrator" in response.text
    deleting = client.get(reverse("wagtailimages:delete", args=[picture.pk])).text
    assert "Take it off those pages first, then delete it." in deleting


@pytest.mark.parametrize("mine", [True, False])
def test_what_is_not_public_is_edited_and_deleted_as_ever(client, picture, letter, mine):
    user = sign_in(client, AUTHOR)
    show(picture, letter, live=False)
    if mine:
        CreditedImage.objects.update(uploaded_by_user=user)
        Attachment.objects.update(uploaded_by_user=user)
    answers = [edit_picture(client, picture).status_code, edit_letter(client, letter).status_code]
    assert (answers, titles()) == ([302, 302], (["Changed"], ["Changed"]))

    asked = client.get(reverse("wagtailimages:delete", args=[picture.pk])).text
    assert "This image is referenced 1 time." in asked
    client.post(reverse("wagtailimages:delete", args=[picture.pk]))
    client.post(bulk("delete", letter))
    assert titles() == ([], [])


def test_an_own_upload_that_is_public_is_kept_as_well(client, picture):
    CreditedImage.objects.update(uploaded_by_user=sign_in(client, AUTHOR))
    page = show(picture)
    assert edit_picture(client, picture).status_code == 403

    page.unpublish()
    assert edit_picture(client, picture).status_code == 302


def test_logos_are_public(client, picture):
    assert shows_in_public(picture) is False
    theme = Theme.objects.create(name="Housing", logo=picture)
    assert shows_in_public(picture) is False
    make_fact_sheet(theme=theme)
    assert shows_in_public(picture) is True

    theme.delete()
    branding = Branding.objects.create(site_id=1, logo=picture)
    sign_in(client, AUTHOR)
    response = edit_picture(client, picture)
    assert response.status_code == 403
    assert [it.title for it in response.context["places"]] == ["Logo of the site"]
    branding.delete()
    assert edit_picture(client, picture).status_code == 302


def test_whoever_may_do_nothing_with_files_learns_nothing_of_them(client, picture):
    sign_in(client, GroupName.SPEAKERS)
    show(picture)

    for name in ("edit", "delete", "image_usage"):
        response = client.get(reverse(f"wagtailimages:{name}", args=[picture.pk]))
        assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
