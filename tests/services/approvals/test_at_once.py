"""Two requests for one target at once end in one request and one sentence."""

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection

from apps.approvals.models import ChangeRequest
from apps.approvals.services.requests import request_decide
from apps.objectives.models import KeyResult
from apps.objectives.selectors.drafts import PlannedTarget
from apps.objectives.services.target_changes import target_change_request
from apps.plans.engine.errors import PlanRuleError
from apps.plans.models import Subject
from tests.build import ask_for_more, day, make_key_result, make_objective, make_plan, signer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def key_result(transactional_db: None) -> KeyResult:
    return make_key_result(make_objective(make_plan()))


@pytest.mark.parametrize("is_further", [True, False])
def test_of_two_that_ask_at_once_one_is_told_that_the_other_waits(
    key_result: KeyResult, is_further: bool
) -> None:
    signer()
    barrier = threading.Barrier(3)

    def ask(number: int) -> str:
        mine = KeyResult.objects.select_related("plan").get(pk=key_result.pk)
        target = None if is_further else mine.targets.select_related("item").get()
        barrier.wait()
        try:
            target_change_request(
                key_result=mine,
                target=target,
                asked=PlannedTarget(day(400), Decimal(50 + number)),
                by=signer(),
                reason="at once",
            )
        except PlanRuleError as refused:
            return refused.code
        finally:
            connection.close()
        return "made"

    with ThreadPoolExecutor(3) as pool:
        found = sorted(pool.map(ask, range(3)))
    assert found == ["made", "request.pending", "request.pending"]
    assert ChangeRequest.objects.get().subject == Subject.objects.get()


def test_of_two_decisions_at_once_one_stands(key_result: KeyResult) -> None:
    asked = ask_for_more(key_result)
    barrier = threading.Barrier(2)

    def decide(is_approved: bool) -> str:
        mine = ChangeRequest.objects.get(pk=asked.pk)
        barrier.wait()
        try:
            request_decide(request=mine, by=signer(), is_approved=is_approved, note="at once")
        except PlanRuleError as refused:
            return refused.code
        finally:
            connection.close()
        return "decided"

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(decide, (True, False)))
    assert found == ["decided", "request.decided"]
    asked.refresh_from_db()
    assert key_result.targets.count() == (2 if asked.decision == "approved" else 1)
