"""How figures are printed. A leaf module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import ROUND_HALF_UP, Context, Decimal

from django.conf import settings
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import ngettext

from testimony.enums import Scale, Unit

SUFFIXES: dict[str, str] = {Unit.PERCENT: "%"}
PREFIXES: dict[str, str] = {Unit.DOLLARS: "$", Unit.DOLLARS_PER_HOUR: "$"}

_document: ContextVar[str] = ContextVar("language_of_document", default="")


@contextmanager
def text_in(language: str) -> Iterator[None]:
    """While a document in `language` is shown in the editor, whose own words are those of its reader."""
    token = _document.set(language)
    try:
        yield
    finally:
        _document.reset(token)


@contextmanager
def written_as_text() -> Iterator[None]:
    """Figures inside a text are written as its language does, whoever reads it in whatever interface: that of the
    document that is shown, else that of the installation, in which the library is written."""
    with translation.override(_document.get() or settings.LANGUAGE_CODE):
        yield


def format_figure(value: Decimal | None, unit: str, decimals: int, scale: str = Scale.NONE) -> str:
    """`value` rounded half up to `decimals`, written as the active language writes numbers, with the sign
    of its unit and the word of its scale: 47.3%, $4.2 billion, 2,1 millones.

    An empty value (a draft) gives an empty string. Units that are words stand in the label.
    """
    if value is None:
        return ""
    rounded = rounded_half_up(value, decimals)
    number = number_format(abs(rounded), decimal_pos=decimals, use_l10n=True, force_grouping=True)
    sign = "-" if rounded < 0 else ""
    figure = f"{sign}{PREFIXES.get(unit, '')}{number}{SUFFIXES.get(unit, '')}"
    return with_scale(figure, scale, one=number == "1")


def rounded_half_up(value: Decimal, decimals: int) -> Decimal:
    # Room for a number that its own form is about to refuse as too long.
    room = Context(prec=1_000)
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, room)


def with_scale(figure: str, scale: str, *, one: bool) -> str:
    """`figure` with the word of its scale, in the singular for `one`."""
    count = 1 if one else 2
    if scale == Scale.THOUSAND:
        words = ngettext("%(figure)s thousand", "%(figure)s thousand", count)
    elif scale == Scale.MILLION:
        words = ngettext("%(figure)s million", "%(figure)s million", count)
    elif scale == Scale.BILLION:
        words = ngettext("%(figure)s billion", "%(figure)s billion", count)
    else:
        return figure
    return words % {"figure": figure}
