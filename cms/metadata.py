"""What happens to a picture before it is stored. A leaf module: imports nothing of the project."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

KEPT = ("icc_profile", "dpi")  # colour and print size; never EXIF or comments


def strip_metadata(file: FieldFile) -> None:
    """Rewrite an uncommitted image file without EXIF (place, time, camera, owner).

    The orientation that EXIF held is applied to the pixels. A file that Pillow cannot read is
    left as it is: the form has already refused what is not an image.
    """
    from PIL import Image, ImageOps

    file.seek(0)
    try:
        picture = Image.open(file)
        kind = picture.format
        if kind not in {"JPEG", "PNG", "WEBP"} or getattr(picture, "n_frames", 1) > 1:
            return
        kept = {name: picture.info[name] for name in KEPT if picture.info.get(name)}
        upright = ImageOps.exif_transpose(picture)
    except (OSError, SyntaxError):
        return
    finally:
        file.seek(0)
    if "transparency" in upright.info:  # a palette's transparent colour is kept in `info`
        upright = upright.convert("RGBA")
    upright.info.clear()
    if upright.mode not in {"RGB", "RGBA", "L", "LA", "P", "CMYK"}:
        upright = upright.convert("RGB")
    buffer = io.BytesIO()
    options = {"quality": 92} if kind in {"JPEG", "WEBP"} else {"optimize": True}
    upright.save(buffer, format=kind, **kept, **options)
    file.file = ContentFile(buffer.getvalue(), name=file.name)
