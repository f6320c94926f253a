"""Proof 1 once more, on the product's own services and rows: what is stored of a plan with any
history is what a day-by-day evaluation of the definitions finds.

OKRTRACK_DEEP=n runs n more plans.
"""

import os
import random

import pytest
from django.db import transaction

from apps.people.models import User
from apps.plans.models import Plan
from tests.services.plans.service_run import ServiceRun, storable
from tests.unit.plans.brute import Brute
from tests.unit.plans.scenario import make_scenario

pytestmark = [pytest.mark.django_db, pytest.mark.long]

SHARDS = 4
SEEDED = int(os.environ.get("OKRTRACK_DEEP", "40"))


@pytest.mark.parametrize("shard", range(SHARDS))
def test_random_plans(plan: Plan, pmo: User, shard: int) -> None:
    logged = 0
    for seed in range(shard, SEEDED, SHARDS):
        scenario = storable(make_scenario(random.Random(seed).randint))
        brute = Brute(scenario)
        brute.run()
        with transaction.atomic():
            run = ServiceRun(plan, pmo, scenario)
            run.run()
            assert run.log == brute.log, seed
            assert run.levels == brute.level, seed
            for day, expected in enumerate(brute.forecasts):
                assert run.forecasts[day] == expected, (seed, day)
            transaction.set_rollback(True)
        logged += sum(map(len, brute.log.values()))
    assert logged > SEEDED / SHARDS
