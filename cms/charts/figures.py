"""How the figures of a chart are written beside its bars and points."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format

Rows = list[tuple[str, Decimal | None]]

PERCENT_WORDS = frozenset(
    {
        *("%", "percent", "per cent", "por ciento", "phần trăm", "pousan", "boqolkiiba"),
        *("في المئة", "في المائة", "بالمئة", "بالمائة"),
    }
)
DOLLAR_WORDS = frozenset(
    {"$", "us$", "usd", "dollars", "dólares", "đô la", "dola", "doolar", "دولار"}
)
MOST_DECIMALS = 4
LARGEST = Decimal(10) ** 15  # longer figures than this are written with an exponent
MINUS = "\N{MINUS SIGN}"


class FigureFormat:
    """Writes all figures of one chart with the same decimals and the sign of its unit."""

    def __init__(self, values: Iterable[Decimal | None], unit: str) -> None:
        name = " ".join(unit.lower().split())
        self.suffix = "%" if _begins(name, PERCENT_WORDS) else ""
        self.prefix = "$" if _begins(name, DOLLAR_WORDS) else ""
        known = [value for value in values if value is not None]
        self.decimals = max((_decimals(value) for value in known), default=0)
        if self.prefix and self.decimals == 1:
            self.decimals = 2  # $7.5 is written $7.50

    def __call__(self, value: Decimal) -> str:
        sign = MINUS if value < 0 else ""
        size = abs(value)
        if size >= LARGEST:
            return f"{sign}{self.prefix}{size:.2E}{self.suffix}"
        step = Decimal(1).scaleb(-self.decimals)
        rounded = size.quantize(step, rounding=ROUND_HALF_UP)
        number = number_format(
            rounded, decimal_pos=self.decimals, use_l10n=True, force_grouping=True
        )
        return f"{sign}{self.prefix}{number}{self.suffix}"


def _begins(name: str, words: frozenset[str]) -> bool:
    """A unit may read on (“percent of workers”), so its beginning decides."""
    return any(name == word or name.startswith(f"{word} ") for word in words)


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    # A figure of many decimals is a quotient: one decimal says enough from ten upward.
    if places > 2 and abs(value) >= 10:
        return 1
    return max(0, min(places, MOST_DECIMALS))


def clean_label(label: object) -> str:
    text = "" if label is None else str(label)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def clean_value(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return None
    return number if number.is_finite() else None
