"""System check: can this machine make PDFs? Answers without importing WeasyPrint."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from cms.pdf import engine


@register()
def check_pdf_libraries(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The site runs without these libraries, PDFs do not."""
    missing = engine.missing_libraries()
    if not missing:
        return []
    names = ", ".join(library.name for library in missing)
    packages = " ".join(library.debian for library in missing)
    required = any(library.required for library in missing)
    effect = "PDFs cannot be made" if required else "PDFs are made, up to 60 times slower"
    return [
        Warning(
            f"{effect}: these system libraries are missing: {names}.",
            hint=(
                f"Debian and Ubuntu: apt-get install --no-install-recommends {packages}. "
                "macOS: brew install pango."
            ),
            id="rostrum.W001" if required else "rostrum.W002",
        )
    ]
