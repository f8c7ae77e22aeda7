"""No picture is stored with what its camera knows about its owner."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images.forms import get_image_form

from cms.enums import GroupName
from cms.metadata import strip_metadata
from cms.models import CreditedImage
from tests.builders import make_user

pytestmark = pytest.mark.django_db

OWNER = "Ada Okafor, 12 Elm Street"
XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{OWNER}</x:xmpmeta>".encode()


def camera_file(kind: str, frames: int = 1, *, orientation: int = 1) -> bytes:
    """A picture of 40 by 20 as a camera writes it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = orientation, OWNER
    first, *others = [Image.new("RGB", (40, 20), (20 * n, 90, 90)) for n in range(frames)]
    extra = {"save_all": True, "append_images": others} if others else {}
    if kind in {"JPEG", "PNG", "WEBP"} and not (kind == "PNG" and others):
        extra["xmp"] = XMP
    buffer = io.BytesIO()
    first.save(buffer, kind, exif=exif, **extra)
    return buffer.getvalue()


def store(body: bytes, name: str) -> CreditedImage:
    return CreditedImage.objects.create(title="Tap", file=ContentFile(body, name=name))


def body_of(image: CreditedImage) -> bytes:
    with image.file.storage.open(image.file.name) as handle:
        return handle.read()


@pytest.mark.parametrize(
    ("kind", "frames", "name", "stored_as"),
    [
        ("JPEG", 1, "a.jpg", "JPEG"),
        ("PNG", 1, "a.png", "PNG"),
        ("WEBP", 1, "a.webp", "WEBP"),
        ("MPO", 2, "a.jpg", "JPEG"),  # what telephones write
    ],
)
def test_a_stored_picture_tells_nothing_of_its_owner(kind, frames, name, stored_as):
    body = camera_file(kind, frames, orientation=6)
    assert OWNER.encode() in body

    image = store(body, name)

    stored = body_of(image)
    picture = Image.open(io.BytesIO(stored))
    assert OWNER.encode() not in stored
    assert dict(picture.getexif()) == {}
    assert (picture.format, getattr(picture, "n_frames", 1)) == (stored_as, 1)
    assert picture.size == (image.width, image.height) == (20, 40)


@pytest.mark.parametrize(
    ("body", "name", "words"),
    [
        (camera_file("WEBP", 3), "a.webp", "Use a picture that does not move: it is printed as well."),
        (camera_file("PNG", 3), "a.png", "Use a picture that does not move: it is printed as well."),
        (camera_file("TIFF"), "a.png", "Use a picture in the format JPEG, PNG or WebP."),
        (camera_file("JPEG")[:-40], "a.jpg", "This picture cannot be read. It may be damaged."),
        (b"no picture", "a.jpg", "This picture cannot be read. It may be damaged."),
    ],
    ids=["animated WebP", "animated PNG", "unknown kind", "cut short", "no picture"],
)  # fmt: skip
def test_what_cannot_be_rewritten_is_not_stored(body, name, words):
    with pytest.raises(ValidationError) as caught:
        strip_metadata(ContentFile(body, name=name))
    assert caught.value.messages == [words]


def test_a_picture_that_is_refused_leaves_nothing_behind():
    with pytest.raises(ValidationError):
        store(camera_file("WEBP", 3), "a.webp")
    assert CreditedImage.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        (camera_file("WEBP", 3), ["Use a picture that does not move: it is printed as well."]),
        (camera_file("WEBP"), []),
    ],
    ids=["animated", "still"],
)
def test_the_form_says_why_a_picture_is_refused(body, errors):
    file = SimpleUploadedFile("a.webp", body, "image/webp")
    collection = CreditedImage._meta.get_field("collection").default()
    data = {"title": "Tap", "collection": collection}
    user = make_user("ada", GroupName.ADMINISTRATORS)
    form = get_image_form(CreditedImage)(data, {"file": file}, user=user)

    assert form.errors.get("file", []) == errors


def test_a_picture_from_the_form_is_rewritten_once(monkeypatch):
    import cms.models.image as image_model

    calls = []
    real = image_model.strip_metadata
    monkeypatch.setattr(image_model, "strip_metadata", lambda file: calls.append(1) or real(file))
    image = CreditedImage(title="Tap", file=ContentFile(camera_file("JPEG"), name="a.jpg"))
    image.full_clean(exclude=["width", "height"])
    image.save()
    image.title = "Well"
    image.save()

    assert calls == [1]
    assert OWNER.encode() not in body_of(image)
