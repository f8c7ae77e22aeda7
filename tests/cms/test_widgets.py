"""Inputs of the admin's forms."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cms.widgets import FigureInput


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("29.9000"), "29.9"),
        (Decimal("1200.0000"), "1200"),
        (Decimal("0.0000"), "0"),
        (Decimal("-0.5000"), "-0.5"),
        (None, None),
        ("twelve", "twelve"),
    ],
)
def test_a_figure_is_shown_without_the_zeros_of_its_column(value, shown):
    assert FigureInput().format_value(value) == shown
