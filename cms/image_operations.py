"""What renditions can do besides what Wagtail brings."""

from __future__ import annotations

from typing import Any

from wagtail.images.image_operations import FilterOperation


class Grey(FilterOperation):
    """`grey`: shades of grey only, as a copy for a printer without colour needs them."""

    def construct(self) -> None:
        return

    def run(self, willow: Any, image: Any, env: dict[str, Any]) -> Any:
        return type(willow)(willow.image.convert("L"))
