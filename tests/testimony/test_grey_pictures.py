"""A copy in shades of grey has its photographs in them too."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from cms.models import CreditedImage, Rendition
from cms.pdf.choices import PrintChoices
from cms.pdf.registry import kind_for
from cms.pdf.service import document_html
from tests.builders import make_testimony

pytestmark = pytest.mark.django_db


def photograph(form: str) -> CreditedImage:
    out = io.BytesIO()
    mode = "RGBA" if form == "PNG" else "RGB"
    Image.new(mode, (60, 40), "orange").save(out, form)
    file = ContentFile(out.getvalue(), name=f"orange.{form.lower()}")
    return CreditedImage.objects.create(title="Orange", description="An orange wall", file=file)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize(("colour", "mode"), [("colour", "RGB"), ("grey", "L")])
def test_photographs_are_printed_as_the_copy_is(form, colour, mode):
    picture = {"image": photograph(form), "caption": ""}
    page = make_testimony(body=[("image", picture)])
    html = document_html(kind_for(page).document(page, choices=PrintChoices(colour=colour)))
    (pk,) = re.findall(r'src="asset://rendition/(\d+)"', html)
    with Rendition.objects.get(pk=pk).file.open() as file, Image.open(file) as printed:
        assert printed.mode == mode
