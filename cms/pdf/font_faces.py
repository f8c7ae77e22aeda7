"""Which families and styles an installation has, and what of them the browser gets."""

from __future__ import annotations

from dataclasses import dataclass

Ranges = tuple[tuple[int, int], ...]

STYLE_NAMES = {400: "Regular", 600: "SemiBold", 700: "Bold"}

# Latin with Vietnamese, marks, punctuation, currency, arrows, mathematics and shapes.
LATIN: Ranges = (
    (0x0020, 0x024F), (0x0259, 0x0259), (0x02B0, 0x036F), (0x1E00, 0x1EFF), (0x2000, 0x209F),
    (0x20A0, 0x20CF), (0x2100, 0x218F), (0x2190, 0x22FF), (0x25A0, 0x26FF), (0xFB00, 0xFB06),
)  # fmt: skip
BOX_DRAWING: Ranges = ((0x2500, 0x259F),)
ARABIC: Ranges = (
    (0x0600, 0x06FF), (0x0750, 0x077F), (0x0870, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC),
)  # fmt: skip
# What Arabic shapes together with its letters: joiners, and the circle that carries a lone mark.
ARABIC_HELPERS: Ranges = ((0x0020, 0x0020), (0x200C, 0x200F), (0x25CC, 0x25CC))


@dataclass(frozen=True)
class Face:
    """One style of one family.

    `only` tells browsers which characters to fetch it for; `scale` enlarges a family whose letters
    look small beside the others at the same type size.
    """

    family: str
    slug: str
    package: str
    source: str
    weight: int
    italic: bool = False
    web: Ranges = LATIN
    only: Ranges = ()
    scale: float = 1

    @property
    def stem(self) -> str:
        return f"{self.slug}-{self.weight}{'-italic' if self.italic else ''}"

    @property
    def style_name(self) -> str:
        name = STYLE_NAMES[self.weight]
        if not self.italic:
            return name
        return "Italic" if self.weight == 400 else f"{name} Italic"


def _family(
    family: str, slug: str, package: str, base: str, axes: str, *, scale: float = 1
) -> tuple[Face, ...]:
    roman, italic = f"{base}[{axes}].ttf", f"{base}-Italic[{axes}].ttf"
    return (
        *(Face(family, slug, package, roman, weight, scale=scale) for weight in (400, 600, 700)),
        Face(family, slug, package, italic, 400, italic=True, scale=scale),
    )


def _arabic(weight: int, name: str) -> Face:
    """Amiri draws each letter as one glyph.

    Most families set dots or lam-alef together from parts. That looks right on paper, but copying,
    searching and reading aloud then give other words.
    """
    source = f"Amiri-{name}.ttf"
    helped = ARABIC + ARABIC_HELPERS
    return Face(
        "Amiri", "amiri", "fontpkg_amiri", source, weight, web=helped, only=ARABIC, scale=1.18
    )


FACES = (
    *_family("Public Sans", "public-sans", "fontpkg_public_sans", "PublicSans", "wght"),
    *_family(
        "Source Serif 4", "source-serif-4", "fontpkg_source_serif_4", "SourceSerif4", "opsz,wght"
    ),
    Face(
        "Source Code Pro",
        "source-code-pro",
        "fontpkg_source_code_pro",
        "SourceCodePro[wght].ttf",
        400,
        web=LATIN + BOX_DRAWING,
    ),
    _arabic(400, "Regular"),
    _arabic(700, "Bold"),
)


@dataclass(frozen=True)
class FontSet:
    """Faces that are made together, after the start, when somebody first wants them."""

    slug: str
    packages: tuple[str, ...]
    faces: tuple[Face, ...]


def _files(family: str, slug: str, package: str, base: str) -> tuple[Face, ...]:
    """A family whose package brings each style as a static file."""
    names = ((400, "Regular"), (600, "SemiBold"), (700, "Bold"))
    return (
        *(Face(family, slug, package, f"{base}-{name}.ttf", weight) for weight, name in names),
        Face(family, slug, package, f"{base}-Italic.ttf", 400, italic=True),
    )


PLEX = FontSet(
    "plex",
    ("fontpkg-ibm-plex-sans", "fontpkg-ibm-plex-serif"),
    (
        *_family(
            "IBM Plex Sans", "ibm-plex-sans", "fontpkg_ibm_plex_sans", "IBMPlexSans", "wdth,wght"
        ),
        *_files("IBM Plex Serif", "ibm-plex-serif", "fontpkg_ibm_plex_serif", "IBMPlexSerif"),
    ),
)
HUMANIST = FontSet(
    "humanist",
    ("fontpkg-source-sans-3", "fontpkg-literata"),
    (
        *_family("Literata", "literata", "fontpkg_literata", "Literata", "opsz,wght"),
        *_family(
            "Source Sans 3",
            "source-sans-3",
            "fontpkg_source_sans_3",
            "SourceSans3",
            "wght",
            scale=1.06,
        ),
    ),
)
SETS = {font_set.slug: font_set for font_set in (PLEX, HUMANIST)}
ALL_FACES = (*FACES, *(face for font_set in SETS.values() for face in font_set.faces))
