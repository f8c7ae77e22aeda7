"""Static files finder for the web fonts, which live in the data folder and not in an app."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

from cms.pdf import fonts
from cms.pdf.font_faces import FACES
from cms.pdf.font_failures import FontsFailed

PREFIX = "rostrum/fonts"
NAMES = frozenset({"fonts.css", *(f"{face.stem}.woff2" for face in FACES)})


class FontFinder(BaseFinder):
    """Serves `rostrum/fonts/<file>`; makes the fonts when one is first asked for."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(  # type: ignore[override]  # the stubs declare overloads
        self, path: str, find_all: bool = False, **kwargs: Any
    ) -> str | builtins.list[str]:
        folder, name = PurePosixPath(path).parent.as_posix(), PurePosixPath(path).name
        if folder != PREFIX or name not in NAMES:
            return []
        try:
            found = str(fonts.web_folder() / name)
        except FontsFailed:  # the page is shown in the fonts of the browser
            return []
        return [found] if find_all else found

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        storage = FileSystemStorage(location=fonts.web_folder())
        storage.prefix = PREFIX  # type: ignore[attr-defined]  # collectstatic reads it
        for name in sorted(NAMES):
            yield name, storage
