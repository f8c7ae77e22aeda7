"""How sharp pictures print, what becomes of one that is gone, and how large two photographs make a file."""

from __future__ import annotations

import io
import random

import pikepdf
import pytest
from django.core.files.images import ImageFile
from PIL import Image, ImageFilter

from cms.models import CreditedImage
from cms.pdf import service, text
from cms.pdf.client import client
from tests.builders import make_fact_sheet


def photograph(width: int, height: int, seed: int) -> bytes:
    """Light, shapes and grain, as a camera has them: a plain surface would compress to nothing."""
    chance = random.Random(seed)
    small = Image.new("RGB", (48, 36))
    small.putdata([tuple(chance.randrange(256) for _ in range(3)) for _ in range(48 * 36)])
    picture = small.resize((width, height), Image.Resampling.BICUBIC)
    grain = Image.effect_noise((width, height), 18).convert("RGB")
    done = Image.blend(picture, grain, 0.15).filter(ImageFilter.GaussianBlur(1))
    out = io.BytesIO()
    done.save(out, "JPEG", quality=92)
    return out.getvalue()


def stored_picture(width: int, height: int, seed: int = 1) -> CreditedImage:
    file = ImageFile(io.BytesIO(photograph(width, height, seed)), name=f"picture-{seed}.jpg")
    return CreditedImage.objects.create(
        title=f"Picture {seed}", description=f"Alt text {seed}", file=file
    )


def picture_block(image: CreditedImage) -> tuple[str, dict]:
    return ("image", {"image": image, "caption": ""})


@pytest.fixture
def rendered(db):
    """What the render process says of a page."""
    from cms.pdf.registry import kind_for

    def run(page):
        document = kind_for(page).document(page, draft=True)
        prepared, _labels = service.prepare(document)
        return client().render(prepared.job, prepared.css)

    return run


def test_two_photographs_of_three_thousand_pixels_make_a_file_below_300_kilobytes(rendered):
    pictures = [picture_block(stored_picture(3000, 2250, seed)) for seed in (1, 2)]
    page = make_fact_sheet(body=pictures)
    done = rendered(page)
    blocks = [f"block-{block.id}" for block in page.body]
    assert [picture["block"] for picture in done.pictures] == blocks
    assert {picture["dpi"] for picture in done.pictures} == {200}
    assert len(done.pdf) <= 300_000


def test_a_small_picture_prints_at_the_dots_its_size_on_paper_leaves(rendered):
    page = make_fact_sheet(body=[picture_block(stored_picture(400, 300))])
    (picture,) = rendered(page).pictures
    assert (picture["dpi"], picture["inches"]) == (80, [5.0, 3.75])


def test_a_picture_without_its_file_is_its_words_in_a_box(rendered):
    image = stored_picture(400, 300)
    page = make_fact_sheet(body=[picture_block(image)])
    rendered(page)  # the smaller copy for paper is made now …
    for rendition in image.renditions.all():
        rendition.file.storage.delete(rendition.file.name)  # … and lost
    done = rendered(page)
    assert list(done.missing) == [{"block": f"block-{page.body[0].id}", "alt": "Alt text 1"}]
    assert text.missing_words("Alt text 1", text.extract_text(done.pdf)) == []
    assert done.pictures == []


def test_the_box_around_the_words_of_a_missing_picture_is_drawn(db, pdf):
    picture = '<img alt="A clinic" src="asset://rendition/999999">'
    printed, words = pdf(picture), pdf("<p>A clinic</p>")
    assert strokes(printed.pdf) > strokes(words.pdf)
    assert printed.warnings[0].startswith("A picture is missing and was left out")


def strokes(data: bytes) -> int:
    """How many lines and areas the first page paints."""
    with pikepdf.open(io.BytesIO(data)) as file:
        done = [str(step.operator) for step in pikepdf.parse_content_stream(file.pages[0])]
    return sum(name in {"S", "f", "f*", "B"} for name in done)
