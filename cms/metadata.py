"""What happens to a picture before it is stored. A leaf module: imports nothing of the project."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile
    from PIL.Image import Image

KEPT = ("icc_profile", "dpi")  # colour and print size; never EXIF, XMP or comments
# Telephones write MPO: a JPEG with further pictures (depth, preview) behind the first.
STORED_AS = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WEBP"}
OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92},
    "WEBP": {"quality": 92},
    "PNG": {"optimize": True},
}


def strip_metadata(file: FieldFile) -> None:
    """Rewrite an uncommitted image file without EXIF and XMP (place, time, camera, owner).

    The orientation that EXIF held is applied to the pixels. Raises ValidationError for whatever cannot be
    rewritten: a file that is stored as it came may say where its owner lives.
    """
    file.seek(0)
    kind, picture, kept = _read(file)
    if "transparency" in picture.info:  # a palette's transparent colour is kept in `info`
        picture = picture.convert("RGBA")
    picture.info.clear()
    if picture.mode not in {"RGB", "RGBA", "L", "LA", "P", "CMYK"}:
        picture = picture.convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, format=kind, **kept, **OPTIONS[kind])
    file.file = ContentFile(buffer.getvalue(), name=file.name)


def _read(file: FieldFile) -> tuple[str, Image, dict[str, Any]]:
    """Format to store, pixels the right way up, and what is kept beside them."""
    from PIL import Image, ImageOps

    try:
        picture = Image.open(file)
        kind = STORED_AS.get(picture.format or "")
        is_animated = picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1
        kept = {name: picture.info[name] for name in KEPT if picture.info.get(name)}
        upright = ImageOps.exif_transpose(picture)
    except (OSError, SyntaxError, ValueError, struct.error, Image.DecompressionBombError) as error:
        raise ValidationError(_("This picture cannot be read. It may be damaged.")) from error
    finally:
        file.seek(0)
    if kind is None:
        raise ValidationError(_("Use a picture in the format JPEG, PNG or WebP."))
    if is_animated:
        raise ValidationError(_("Use a picture that does not move: it is printed as well."))
    return kind, upright, kept
