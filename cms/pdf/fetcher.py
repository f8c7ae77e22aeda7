"""The only way a document reaches a file: a list fixed before the render started.

Used in the render process alone. `AssetReader` decides; `asset_fetcher` gives it WeasyPrint's shape.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

MAX_RESOURCE = 15 * 2**20
MAX_TOTAL = 60 * 2**20
MAX_COUNT = 400
MAX_DATA_URL = 256 * 2**10
_DATA_URL = re.compile(r"data:(image/(?:png|jpeg));base64,([A-Za-z0-9+/=\s]*)\Z")


class AssetRefused(ValueError):
    """The document asked for something it may not read."""


class AssetLimit(Exception):
    """The document reads too much: the render must stop."""


@dataclass(frozen=True)
class Resource:
    """One file of the manifest as it arrives in the render process."""

    content_type: str
    sha256: str
    path: str = ""
    body: bytes = b""

    def read(self) -> bytes:
        return Path(self.path).read_bytes() if self.path else self.body


class AssetReader:
    """Serves the manifest and short inline pictures, within limits for the whole document."""

    def __init__(self, resources: Mapping[str, Resource]) -> None:
        self._resources = resources
        self._count = 0
        self._total = 0

    def read(self, url: str) -> tuple[str, bytes]:
        """Content type and bytes of `url`."""
        content_type, body = self._data(url) if url.startswith("data:") else self._asset(url)
        self._count += 1
        self._total += len(body)
        if self._count > MAX_COUNT or self._total > MAX_TOTAL or len(body) > MAX_RESOURCE:
            raise AssetLimit("The document uses too many or too large files.")
        return content_type, body

    def _asset(self, url: str) -> tuple[str, bytes]:
        resource = self._resources.get(url)
        if resource is None:
            raise AssetRefused(f"not a file of this document: {url[:200]}")
        body = resource.read()
        if hashlib.sha256(body).hexdigest() != resource.sha256:
            raise AssetRefused(f"the file changed during the render: {url[:200]}")
        return resource.content_type, body

    def _data(self, url: str) -> tuple[str, bytes]:
        match = _DATA_URL.match(url) if len(url) <= MAX_DATA_URL else None
        if match is None:
            raise AssetRefused("only short inline PNG and JPEG pictures can be read")
        try:
            return match[1], base64.b64decode(match[2])
        except binascii.Error as error:
            raise AssetRefused("an inline picture is damaged") from error


def asset_fetcher(resources: Mapping[str, Resource]) -> URLFetcher:
    """A fetcher that reads the manifest and nothing else.

    It must subclass `URLFetcher`: WeasyPrint reads private attributes of whatever it is given.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class AssetFetcher(URLFetcher):
        def __init__(self) -> None:
            super().__init__(timeout=1, allowed_protocols={"asset", "data"}, allow_redirects=False)
            self.reader = AssetReader(resources)

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            try:
                content_type, body = self.reader.read(url)
            except AssetLimit as error:
                # A BaseException, which ends the render instead of leaving a gap in the page.
                raise FatalURLFetchingError(str(error)) from error
            # Bytes, never a file URL: WeasyPrint would open that path again by itself.
            return URLFetcherResponse(url, body, {"Content-Type": content_type})

        def open(self, *args: Any, **kwargs: Any) -> NoReturn:
            raise AssetRefused("the base class would use the network here")

    return AssetFetcher()
