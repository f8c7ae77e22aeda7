"""Runs one measure and judges it, or says that the machine was too restless to judge.

Processor time, since wall time is many times that on a busy machine; ratios within a round, since
the machine's speed drifts between rounds; the limit twice in each round, since two measures of the
same thing that differ show how far any other difference can be trusted.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from statistics import mean, median, quantiles

from cms.benchmark.registry import Measure, Slice

SLICE_SECONDS = 0.03
WARM_UP = 2
RESAMPLES = 2_000
AGREEMENT = 0.05  # how far the two measures of the limit may differ in the middle …
SPREAD = 0.15  # … and in their quartiles


class Verdict(StrEnum):
    WITHIN = "within the target"
    ABOVE = "above the target"
    NOISY = "noisy, not judged"


@dataclass(frozen=True)
class Result:
    name: str
    title: str
    limit: str
    target: float
    goal: float
    rounds: int
    ratio: float
    quartiles: tuple[float, float]
    interval: tuple[float, float]  # 95 % of resampled medians lie within
    control: float
    control_spread: float
    measured: float
    bound: float
    unit: str
    verdict: Verdict


def cpu_slice(work: Callable[[], object]) -> Slice:
    """A slice that repeats `work` in this process until the clock can tell the time it takes."""

    def run() -> float:
        calls, before = 0, time.process_time()
        while (spent := time.process_time() - before) < SLICE_SECONDS or not calls:
            work()
            calls += 1
        return spent / calls

    return run


def run(measure: Measure, rounds: int, *, seed: int = 1) -> Result:
    order = random.Random(seed)  # noqa: S311 (an order of cases, no secret)
    samples: list[dict[str, float]] = []
    with measure.open() as pair, garbage_collection_stopped():
        cases = [("measured", pair.measured), ("limit", pair.limit), ("again", pair.limit)]
        for _name, case in cases * WARM_UP:
            case()
        for _round in range(rounds):
            order.shuffle(cases)
            samples.append({name: case() for name, case in cases})
    return judge(measure, samples)


def judge(measure: Measure, samples: Sequence[dict[str, float]]) -> Result:
    ratios = [one["measured"] / mean((one["limit"], one["again"])) for one in samples]
    controls = [one["again"] / one["limit"] for one in samples]
    low, high = quartiles(controls)
    restless = abs(median(controls) - 1) > AGREEMENT or high - low > SPREAD
    ratio = median(ratios)
    factor = 1000 if measure.unit.startswith("ms ") else 1
    within = Verdict.WITHIN if ratio <= measure.target else Verdict.ABOVE
    return Result(
        name=measure.name,
        title=measure.title,
        limit=measure.limit,
        target=measure.target,
        goal=measure.goal,
        rounds=len(samples),
        ratio=ratio,
        quartiles=quartiles(ratios),
        interval=interval(ratios),
        control=median(controls),
        control_spread=high - low,
        measured=factor * median(one["measured"] for one in samples),
        bound=factor * median(one["limit"] for one in samples),
        unit=measure.unit,
        verdict=Verdict.NOISY if restless else within,
    )


def quartiles(values: Sequence[float]) -> tuple[float, float]:
    if len(values) < 2:
        return values[0], values[0]
    first, _middle, third = quantiles(values, n=4, method="inclusive")
    return first, third


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Bootstrap of the median; seeded, so that the same samples give the same interval."""
    draw = random.Random(len(values))  # noqa: S311 (statistics, no secret)
    medians = sorted(median(draw.choices(values, k=len(values))) for _ in range(RESAMPLES))
    return medians[int(RESAMPLES * 0.025)], medians[int(RESAMPLES * 0.975) - 1]


@contextmanager
def garbage_collection_stopped() -> Iterator[None]:
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
