"""Proof 1: the sweep's log is the log of a day-by-day evaluation, whatever sweeps were missed.

The stored forecast's forecast is compared with the evaluation's on every single day as well.
OKRTRACK_DEEP=n runs n more plans from a seeded generator (for example 20000).
"""

import os
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.plans.brute import Brute
from tests.unit.plans.engine_run import EngineRun
from tests.unit.plans.scenario import Scenario, make_scenario

SEEDED = int(os.environ.get("OKRTRACK_DEEP", "150"))


def compare(scenario: Scenario) -> tuple[int, int]:
    """Assert equal logs, last levels and daily forecasts; returns (item-days, changes)."""
    brute, engine = Brute(scenario), EngineRun(scenario)
    brute.run()
    engine.run()
    for key, expected in brute.log.items():
        assert engine.log[key] == expected, (key, scenario)
        assert engine.tracks[key].level == brute.level[key], (key, scenario)
    for day, expected_day in enumerate(brute.forecasts):
        assert engine.forecasts[day] == expected_day, (day, scenario)
    return brute.item_days, sum(len(log) for log in brute.log.values())


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_random_plans_shrinkable(data: st.DataObject) -> None:
    scenario = make_scenario(lambda low, high: data.draw(st.integers(low, high)))
    compare(scenario)


def test_random_plans_seeded() -> None:
    item_days = changes = 0
    for seed in range(SEEDED):
        days, logged = compare(make_scenario(random.Random(seed).randint))
        item_days += days
        changes += logged
    print(f"{SEEDED} plans, {item_days} item-days, {changes} level changes")  # noqa: T201
    assert changes > SEEDED
