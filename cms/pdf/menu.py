"""What people are offered when they print something: its papers, and for each what may be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Model
from django.utils.translation import gettext as _

from cms.pdf.choices import BRANDING, COLOURS, MARKS, PAPERS, SIZES, TYPE_SIZES
from cms.pdf.registry import PdfKind, kinds_for

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

VERSION = "cut"  # how addresses name a spoken version
WRITTEN = "written"  # the version that one gets without asking


@dataclass(frozen=True)
class Question:
    """`name` stands in the address, `options` are value and label, the usual one first."""

    name: str
    label: str
    options: list[tuple[str, StrOrPromise]]


@dataclass(frozen=True)
class Offer:
    """One paper."""

    name: str
    label: StrOrPromise
    about: StrOrPromise
    questions: list[Question]


def offers(obj: Model) -> list[Offer]:
    """Every paper that suits `obj`, the main one first."""
    return [_offer(kind, obj) for kind in kinds_for(obj)]


def _offer(kind: PdfKind, obj: Model) -> Offer:
    taken = kind.takes_for(obj)
    asked = {
        "paper": Question("paper", _("Paper"), _options(PAPERS)),
        "colour": Question("colour", _("Color"), _options(COLOURS)),
        "size": Question("size", _("Type"), _options(SIZES)),
        "type_size": Question("type", _("Size of the type"), _type_sizes(kind.usual_type_size)),
        "branded": Question("branding", _("Branding"), _options(BRANDING)),
        "marks": Question("marks", _("For a print shop"), _options(MARKS)),
    }
    questions = [question for name, question in asked.items() if name in taken]
    if len(prepared := _versions(kind, obj)) > 1:
        questions.insert(0, Question(VERSION, _("Version"), prepared))
    return Offer(kind.name, kind.label, kind.about, questions)


def _versions(kind: PdfKind, obj: Model) -> list[tuple[str, StrOrPromise]]:
    """The whole text first, then the shorter ones; none of what has no versions."""
    if not kind.versions:
        return []
    names = kind.versions_for(obj)
    named = [(name, kind.version_label(name)) for name in names if name != WRITTEN]
    whole = (WRITTEN, kind.version_label(WRITTEN)) if WRITTEN in names else named.pop()
    return [("", whole[1]), *named]


def _options(offered: Mapping[str, StrOrPromise]) -> list[tuple[str, StrOrPromise]]:
    """The usual one is not named, so that its address stays plain."""
    pairs = list(offered.items())
    return [("", pairs[0][1]), *pairs[1:]]


def _type_sizes(usual: int) -> list[tuple[str, StrOrPromise]]:
    others = [size for size in TYPE_SIZES if size != usual]
    named = [("", usual), *((str(size), size) for size in others)]
    return [(value, _("%(size)d point") % {"size": size}) for value, size in named]
