"""What decides the bytes of a PDF besides its HTML: stylesheets, fonts, library versions, options."""

from __future__ import annotations

import ctypes
import functools
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version

from cms.pdf import assets, font_sets, fonts

# Raise it whenever code of this package changes what a PDF holds: stored files then render anew.
ENGINE_REVISION = 7
PRINT_STYLESHEETS = ("rostrum/css/tokens.css", "rostrum/css/print.css")
_PACKAGES = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "pillow")


@dataclass(frozen=True)
class Library:
    """A system library the engine loads, and the packages that bring it."""

    name: str
    sonames: tuple[str, ...]
    debian: str
    required: bool = True


LIBRARIES = (
    Library("Pango", ("libpango-1.0.so.0", "libpango-1.0.dylib"), "libpango-1.0-0"),
    Library("PangoFT2", ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"), "libpangoft2-1.0-0"),
    Library("HarfBuzz", ("libharfbuzz.so.0", "libharfbuzz.0.dylib"), "libharfbuzz0b"),
    Library(
        "HarfBuzz subset",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
        "libharfbuzz-subset0",
        required=False,
    ),
)
_MAC_FOLDERS = ("/opt/homebrew/lib/", "/usr/local/lib/")


@dataclass(frozen=True)
class RenderOptions:
    """How to print, as far as a caller may choose."""

    variant: str = "pdf/ua-1"


@functools.cache
def _load(library: Library) -> ctypes.CDLL | None:
    folders = ("", *_MAC_FOLDERS) if sys.platform == "darwin" else ("",)
    for folder in folders:
        for soname in library.sonames:
            try:
                return ctypes.CDLL(f"{folder}{soname}")
            except OSError:
                continue
    return None


def missing_libraries() -> list[Library]:
    """System libraries that cannot be loaded. Does not import WeasyPrint."""
    return [library for library in LIBRARIES if _load(library) is None]


def _native_version(library: Library, function: str) -> str:
    loaded = _load(library)
    if loaded is None:
        return "none"
    call = getattr(loaded, function)
    call.restype = ctypes.c_char_p
    return call().decode()


@functools.cache
def engine_versions() -> dict[str, str]:
    """Everything whose update may change bytes."""
    found = {"engine": str(ENGINE_REVISION), "python": ".".join(map(str, sys.version_info[:2]))}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "none"
    found["pango"] = _native_version(LIBRARIES[0], "pango_version_string")
    found["harfbuzz"] = _native_version(LIBRARIES[2], "hb_version_string")
    found["subset"] = "none" if _load(LIBRARIES[3]) is None else "harfbuzz"
    return found


def stylesheet_roots() -> list[str]:
    return [f"asset://static/{name}" for name in PRINT_STYLESHEETS]


def stylesheet_manifest() -> assets.Manifest:
    """The print stylesheets with every file they name, hashed as they are now."""
    return assets.collect(assets.stylesheet_urls(stylesheet_roots()))


def identity(options: RenderOptions, css: assets.Manifest) -> dict[str, object]:
    """The part of a PDF's key that does not depend on the document."""
    return {
        "versions": engine_versions(),
        "fonts": fonts.font_digest(),
        "font_sets": font_sets.digests(),
        "ready_made_fonts": fonts.ready_made(),
        "css": css.digests(),
        "options": asdict(options),
    }
