"""How figures are printed. A leaf module."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format

from testimony.enums import Unit

SUFFIXES: dict[str, str] = {Unit.PERCENT: "%"}
PREFIXES: dict[str, str] = {Unit.DOLLARS: "$", Unit.DOLLARS_PER_HOUR: "$"}


def format_figure(value: Decimal | None, unit: str, decimals: int) -> str:
    """`value` rounded half up to `decimals`, grouped by thousands, with the sign of its unit.

    An empty value (a draft) gives an empty string. Units that are words stand in the label.
    """
    if value is None:
        return ""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    number = number_format(rounded, decimal_pos=decimals, use_l10n=True, force_grouping=True)
    return f"{PREFIXES.get(unit, '')}{number}{SUFFIXES.get(unit, '')}"
