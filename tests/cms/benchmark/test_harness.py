"""Samples in, a judgement out; a restless machine is not judged."""

from __future__ import annotations

import gc
from contextlib import contextmanager

import pytest

from cms.benchmark import harness
from cms.benchmark.harness import Verdict
from cms.benchmark.registry import Measure, Pair


def measure(pair: Pair | None = None, **values) -> Measure:
    @contextmanager
    def opened():
        yield pair

    fields = {"name": "sums", "title": "Sums", "limit": "one sum", "target": 3.0, "goal": 2.0}
    return Measure(**{**fields, "open": opened, **values})


def sample(measured: float, limit: float = 1.0, again: float = 1.0) -> dict[str, float]:
    return {"measured": measured, "limit": limit, "again": again}


def test_the_ratio_is_the_median_of_the_rounds():
    result = harness.judge(measure(), [sample(2), sample(2.5), sample(9)])

    assert (result.ratio, result.rounds, result.verdict) == (2.5, 3, Verdict.WITHIN)
    assert result.quartiles == (2.25, 5.75)
    assert (result.measured, result.bound) == (2500, 1000)


def test_the_limit_of_a_round_is_the_mean_of_its_two_measures():
    result = harness.judge(measure(), [sample(6, limit=1.95, again=2.05)])

    assert result.ratio == pytest.approx(3.0)


def test_a_ratio_above_the_target_is_said_to_be():
    assert harness.judge(measure(target=3.0), [sample(3.1)] * 3).verdict == Verdict.ABOVE


def test_a_ratio_at_the_target_passes():
    assert harness.judge(measure(target=3.0), [sample(3.0)] * 3).verdict == Verdict.WITHIN


@pytest.mark.parametrize(
    "samples",
    [
        [sample(9, again=1.06)] * 5,
        [sample(9, again=0.94)] * 5,
        [sample(9, again=0.8), sample(9, again=1.0), sample(9, again=1.2)],
    ],
    ids=["limit slower the second time", "faster the second time", "restless"],
)
def test_a_limit_that_disagrees_with_itself_gives_no_verdict(samples):
    assert harness.judge(measure(), samples).verdict == "noisy, not judged"


def test_the_interval_holds_the_median_and_is_the_same_for_the_same_samples():
    values = [2.0, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6]
    low, high = harness.interval(values)

    assert low <= 2.3 <= high
    assert harness.interval(values) == (low, high)
    assert harness.interval([2.0]) == (2.0, 2.0)


def test_every_round_runs_each_case_once_after_a_warm_up():
    calls = {"measured": 0, "limit": 0}

    def count(name: str, seconds: float):
        def work() -> float:
            calls[name] += 1
            return seconds

        return work

    pair = Pair(count("measured", 2.0), count("limit", 1.0))
    result = harness.run(measure(pair), rounds=4)

    assert calls == {"measured": 2 + 4, "limit": 4 + 8}
    assert result.ratio == 2.0


def test_garbage_is_not_collected_while_the_clock_runs():
    with harness.garbage_collection_stopped():
        assert gc.isenabled() is False
    assert gc.isenabled() is True
    assert gc.get_freeze_count() == 0


def test_a_slice_repeats_until_the_clock_can_tell():
    calls = []
    seconds = harness.cpu_slice(lambda: calls.append(sum(range(20_000))))()

    assert len(calls) > 1
    assert seconds * len(calls) >= harness.SLICE_SECONDS


def test_a_slice_of_long_work_runs_it_once(monkeypatch):
    ticks = iter([0.0, 0.0, 5.0])
    monkeypatch.setattr(harness.time, "process_time", lambda: next(ticks))

    assert harness.cpu_slice(lambda: None)() == 5.0
