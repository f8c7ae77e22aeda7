"""Pictures: with credit, with a name nobody can guess, without the camera's metadata."""

from __future__ import annotations

import uuid
from pathlib import PurePosixPath

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage

from cms.metadata import strip_metadata


class CreditedImage(AbstractImage):
    """An uploaded picture. `description` is the default alternative text."""

    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Photographer or owner, printed beside the picture."),
    )

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")

    def get_upload_to(self, filename: str) -> str:
        # The uploaded name may tell what a draft is about, and is guessable.
        suffix = PurePosixPath(filename).suffix.lower()
        return super().get_upload_to(f"{uuid.uuid4().hex}{suffix}")

    def save(self, *args, **kwargs) -> None:
        if self.file and not self.file._committed:
            strip_metadata(self.file)
            self._set_file_hash()
        super().save(*args, **kwargs)


class Rendition(AbstractRendition):
    image = models.ForeignKey(CreditedImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
