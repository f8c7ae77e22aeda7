"""Pictures: with credit, with a name nobody can guess, without the camera's metadata."""

from __future__ import annotations

import uuid
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import File
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

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def get_upload_to(self, filename: str) -> str:
        # The uploaded name may tell what a draft is about, and is guessable.
        suffix = PurePosixPath(filename).suffix.lower()
        return super().get_upload_to(f"{uuid.uuid4().hex}{suffix}")

    _stripped: File | None = None

    def clean(self) -> None:
        """Refuses in the form what could not be stored without its metadata."""
        super().clean()
        try:
            self._strip()
        except ValidationError as error:
            raise ValidationError({"file": error}) from error

    def save(self, *args, **kwargs) -> None:
        self._strip()
        super().save(*args, **kwargs)

    def _strip(self) -> None:
        """Rewrite a new file, once: the form has cleaned the picture before it is saved."""
        if not self.file or self.file._committed or self.file.file is self._stripped:
            return
        strip_metadata(self.file)
        self._stripped = self.file.file
        self._set_file_hash()


class Rendition(AbstractRendition):
    image = models.ForeignKey(CreditedImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
