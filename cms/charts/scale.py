"""From figures to lengths. Zero is always in view: a cut axis makes a small change look large."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


class Scale:
    """Maps figures linearly to `start`..`end`; `zero` is where nothing lies."""

    def __init__(
        self,
        values: Iterable[Decimal | None],
        start: float,
        end: float,
        *,
        head: Decimal = Decimal(1),
    ) -> None:
        known = [value for value in values if value is not None]
        self.low = min([Decimal(0), *known])
        self.high = max([Decimal(0), *known]) * head
        if self.low == self.high:
            self.high = Decimal(1)
        self.start, self.end = start, end

    def __call__(self, value: Decimal) -> float:
        share = float((value - self.low) / (self.high - self.low))
        return self.start + share * (self.end - self.start)

    @property
    def zero(self) -> float:
        return self(Decimal(0))

    def ticks(self, wanted: int = 4) -> list[Decimal]:
        """About `wanted` round figures over the range, zero among them."""
        raw = (self.high - self.low) / wanted
        magnitude = Decimal(10) ** raw.adjusted()
        step = next(step * magnitude for step in STEPS if step * magnitude >= raw)
        first = int(self.low / step)
        last = int(self.high / step)
        return [step * number for number in range(first, last + 1)]
