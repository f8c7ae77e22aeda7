"""The podium copy: testimony as it is read out, for eyes that leave the page and come back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.pdf.choices import USUAL, PrintChoices
from cms.pdf.registry import UnknownVersion
from testimony.domain.comments import is_comment
from testimony.domain.cuts import FULL_VERSION, VERSIONS, Version, cut_as, versions_of
from testimony.domain.marks import SPOKEN
from testimony.domain.podium import page_letters, script_of
from testimony.domain.speaking_time import rate_of
from testimony.models import TestimonyPage
from testimony.pdf.documents import DocumentPdf, capacity_of, known_version, letterhead

USUAL_TYPE = 20
# How many letters fit is reckoned for the largest type of Latin letters; others need more room.
WIDE_SCRIPTS = {"vi": 0.9, "ar": 0.9, "zh-Hans": 0.5}


def spoken_version(name: str) -> Version:
    """Without a name, the whole text. What is only printed is read out by nobody."""
    version = known_version(name) if name else FULL_VERSION
    if version.medium != SPOKEN:
        raise UnknownVersion(name)
    return version


class PodiumPdf(DocumentPdf):
    """Nothing but what is said. Sources stay on the copy that is filed."""

    name = "podium"
    label = _("Podium copy")
    about = _(
        "To read from: large type, whole sentences on each page, minutes in the margin, no footnotes."
    )
    template = "testimony/print/podium.html"
    versions = tuple(name for name, it in VERSIONS.items() if it.medium == SPOKEN)
    takes = frozenset({"paper", "colour", "branded", "type_size"})
    usual_type_size = USUAL_TYPE

    def suits(self, obj: TestimonyPage) -> bool:
        return not obj.is_imported and not is_comment(obj)

    def suffix(self, version: str) -> str:
        return f"-podium{spoken_version(version).file_suffix.removesuffix('-spoken')}"

    def versions_for(self, obj: TestimonyPage) -> tuple[str, ...]:
        return tuple(version.name for version in versions_of(obj) if version.medium == SPOKEN)

    def version_label(self, version: str) -> str:
        return spoken_version(version).label

    def context(
        self,
        obj: TestimonyPage,
        *,
        draft: bool,
        choices: PrintChoices = USUAL,
        version: str = "",
    ) -> dict[str, Any]:
        size = choices.type_size or USUAL_TYPE
        shown = cut_as(obj, spoken_version(version))
        longest = int(page_letters(size, choices.sheet) * WIDE_SCRIPTS.get(obj.language, 1))
        return {
            **letterhead(draft=draft, theme=obj.theme, choices=choices),
            "page": obj,
            "capacity": capacity_of(obj),
            "version": shown,
            "rate": rate_of(shown.page),
            "type_size": size,
            "script": script_of(shown, longest=longest, show_gaps=draft),
        }
