"""Finds every `asset://` file a document or stylesheet names and fixes its bytes by a hash.

The render process gets this manifest and nothing else: it cannot open a URL or another file.
"""

from __future__ import annotations

import functools
import hashlib
import mimetypes
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from cms.pdf import fonts
from cms.pdf.errors import PdfAssetMissing

_URL = re.compile(r"asset://(?:static|rendition|font|logo)/[^\s\"'()<>\\]+", re.IGNORECASE)
_CSS_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^\s"')]+))\s*\)""", re.IGNORECASE)
_CSS_IMPORT = re.compile(r"""@import\s+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_LOGO = re.compile(r"[0-9a-f]{32}\.svg")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# Where the engine reads a file from. A link's address is only printed.
_READ = frozenset({"src", "href", "xlink:href", "data"})
_CONTENT_TYPES = {
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Asset:
    """One file a document may read: by path, or by its bytes when the storage has no paths."""

    url: str
    content_type: str
    sha256: str
    path: str = ""
    body: bytes = b""


@dataclass(frozen=True)
class Manifest:
    """Everything a document may read, and what it asked for in vain."""

    assets: dict[str, Asset]
    warnings: tuple[str, ...] = ()

    def digests(self) -> list[tuple[str, str]]:
        return sorted((url, asset.sha256) for url, asset in self.assets.items())


def canonical(url: str) -> str:
    """The URL as the engine asks for it: ASCII, without query and fragment."""
    return quote(url.split("#")[0].split("?")[0], safe="/:@!$&'()*+,;=~%")


class _Reader(HTMLParser):
    """Collects what attributes and styles name; words of the text are never an address."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        for name, value in attrs:
            if name == "style":
                self.found += urls_in_css(value or "", "")
            elif name in _READ and tag != "a" and _URL.fullmatch((value or "").strip()):
                self.found.append(canonical((value or "").strip()))

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.found += urls_in_css(data, "")


def urls_in_html(html: str) -> list[str]:
    """Asset URLs in document order, each once."""
    if "asset:" not in html.lower() and "&#" not in html:
        return []
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return list(dict.fromkeys(reader.found))


def urls_in_css(css: str, base_url: str) -> list[str]:
    """Asset URLs a stylesheet names, with relative ones resolved against its own address."""
    css = _CSS_COMMENT.sub("", css)
    found = [next(filter(None, match), "") for match in _CSS_URL.findall(css)]
    found += [next(filter(None, match), "") for match in _CSS_IMPORT.findall(css)]
    resolved = (_resolve(url, base_url) for url in found if url and not url.startswith("#"))
    return list(dict.fromkeys(canonical(url) for url in resolved if _URL.fullmatch(url)))


def _resolve(url: str, base_url: str) -> str:
    if _SCHEME.match(url):
        return url
    scheme, _sep, path = base_url.partition("://")
    return f"{scheme}://{posixpath.normpath(posixpath.join(posixpath.dirname(path), url))}"


def collect(
    urls: Iterable[str], *, optional: Iterable[str] = (), known: Manifest | None = None
) -> Manifest:
    """Resolve every URL. A missing static file or font raises; a missing rendition is a warning.

    `optional` is what the content of a document names: whatever is missing there is a warning. `known` comes first in
    what is returned: it was resolved just now.
    """
    assets: dict[str, Asset] = {} if known is None else dict(known.assets)
    renditions: dict[int, str] = {}
    warnings: list[str] = []
    required = dict.fromkeys(urls)
    for url in {**required, **dict.fromkeys(optional)}:
        if url in assets:
            continue
        kind, _sep, name = url.removeprefix("asset://").partition("/")
        if kind == "rendition":
            if name.isascii() and name.isdigit():
                renditions[int(name)] = url
            else:
                warnings.append(_missing_picture(url))
            continue
        try:
            path = _path_of(kind, name, url)
        except PdfAssetMissing as error:
            if url in required:
                raise
            warnings.append(str(error))
        else:
            assets[url] = _file_asset(url, path)
    found = _rendition_assets(renditions)
    warnings += [_missing_picture(url) for url in renditions.values() if url not in found]
    return Manifest(assets | found, tuple(warnings))


def _path_of(kind: str, name: str, url: str) -> Path:
    if kind == "font":
        return _font_path(url, name)
    return _logo_path(url, name) if kind == "logo" else static_path(url)


def _logo_path(url: str, name: str) -> Path:
    """A cleaned drawing by the hash of its content."""
    path = Path(settings.ROSTRUM_DATA) / "logos" / name
    if not _LOGO.fullmatch(name) or not path.is_file():
        raise PdfAssetMissing(url)
    return path


def static_path(url: str) -> Path:
    """The file of an `asset://static/` URL."""
    name = unquote(url.removeprefix("asset://static/"))
    if posixpath.normpath(name) != name or name.startswith(("/", "..")) or "\\" in name:
        raise PdfAssetMissing(url)
    found = finders.find(name)
    if not found or not Path(found).is_file():
        raise PdfAssetMissing(url)
    return Path(found)


def stylesheet_urls(root_urls: Iterable[str]) -> list[str]:
    """The stylesheets, what they import and every file they name."""
    seen: dict[str, None] = {}
    queue = list(root_urls)
    while queue:
        url = queue.pop(0)
        if url in seen:
            continue
        seen[url] = None
        if url.endswith(".css"):
            path = static_path(url)
            status = path.stat()
            queue += _named_in(str(path), status.st_mtime_ns, status.st_size, url)
    return list(seen)


@functools.lru_cache(maxsize=256)
def _named_in(path: str, mtime_ns: int, size: int, url: str) -> tuple[str, ...]:
    """What a stylesheet names, remembered until its time or size changes."""
    return tuple(urls_in_css(Path(path).read_text(encoding="utf-8"), url))


def _font_path(url: str, name: str) -> Path:
    path = fonts.font_files().get(name)
    if path is None:
        raise PdfAssetMissing(url)
    return path


def _missing_picture(url: str) -> str:
    return _("A picture is missing and was left out: %(url)s") % {"url": url}


def _file_asset(url: str, path: Path) -> Asset:
    status = path.stat()
    digest = _digest(str(path), status.st_mtime_ns, status.st_size)
    return Asset(url, _content_type(path.name), digest, path=str(path))


@functools.lru_cache(maxsize=4096)
def _digest(path: str, mtime_ns: int, size: int) -> str:
    """Hash of a file's bytes, remembered until its time or size changes."""
    with Path(path).open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _content_type(name: str) -> str:
    suffix = posixpath.splitext(name)[1].lower()
    return _CONTENT_TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _rendition_assets(wanted: dict[int, str]) -> dict[str, Asset]:
    """Renditions by primary key; originals have no address here, so they cannot be reached."""
    if not wanted:
        return {}
    assets: dict[str, Asset] = {}
    for rendition in get_image_model().get_rendition_model().objects.filter(pk__in=wanted):
        url = wanted[rendition.pk]
        try:
            assets[url] = _stored_asset(url, rendition.file)
        except (OSError, ValueError):  # the row outlived its file, or was saved without one
            continue
    return assets


def _stored_asset(url: str, file: object) -> Asset:
    storage, name = file.storage, file.name  # type: ignore[attr-defined]
    try:
        return _file_asset(url, Path(storage.path(name)))
    except NotImplementedError:  # object storage has no paths: send the bytes
        with storage.open(name, "rb") as handle:
            body = handle.read()
        digest = hashlib.sha256(body).hexdigest()
        return Asset(url, _content_type(name), digest, body=body)
