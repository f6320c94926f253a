"""A changed plan file over a plan that lives: what it counts anew, and what it must not lose."""

import datetime as dt
from itertools import pairwise

import pytest
import time_machine

from apps.plans.models import Item
from apps.risks.models import Risk, RiskResponse
from tests.services.planfile.test_load import load
from tests.unit.planfile.files import changed

pytestmark = pytest.mark.django_db


def reckoned(plan: str) -> dict[str, tuple[object, ...]]:
    """What the engine made of every item."""
    return {
        item.key: (item.duration_days, item.level, item.forecast_a, item.forecast_b, item.silent_on)
        for item in Item.objects.filter(plan__key=plan)
    }


RULES = [
    "check_in_days: 30",
    "minimum_reference_days: 200",
    "calendar: {days: working_days}",
    "calendar: {days: all_days}",
    "calendar: {days: working_days, holidays: [2025-08-04]}",
    "calendar: {days: working_days, make_up_days: [2025-08-02]}",
]


def with_rule(rule: str) -> str:
    return changed("  months: 12\n", f"  months: 12\n  {rule}\n")


@pytest.mark.parametrize(("before", "after"), list(pairwise([*RULES, RULES[0]])))
@time_machine.travel(dt.datetime(2025, 8, 12, 4, tzinfo=dt.UTC), tick=False)
def test_a_rule_of_reckoning_that_changes_later_is_as_if_it_had_stood_from_the_first(
    before: str, after: str
) -> None:
    load(with_rule(after).replace("key: shop", "key: fresh"))
    load(with_rule(before))
    fresh = reckoned("fresh")
    assert reckoned("shop") != fresh
    load(with_rule(after))
    assert reckoned("shop") == fresh


RESPONSES = "[{strategy: accept, text: Wait}]"
MORE = "[{strategy: avoid, text: Move, owner: ann}, {strategy: accept, text: Wait}]"


def test_a_response_that_is_done_stays_done_while_its_text_stays() -> None:
    load()
    RiskResponse.objects.update(done_on=dt.date(2025, 8, 1))
    load(changed(RESPONSES, MORE))
    responses = Risk.objects.get(key="rain").responses.order_by("position")
    assert [(row.text, row.done_on) for row in responses] == [
        ("Move", None),
        ("Wait", dt.date(2025, 8, 1)),
    ]
    load(changed("text: Wait", "text: Wait inside"))
    assert Risk.objects.get(key="rain").responses.get().done_on is None
