"""A value that was wrong: a new row beside the old one, with the reason. Nothing is overwritten."""

from decimal import Decimal

from apps.objectives.models import CheckIn
from apps.objectives.services.shares import is_counted
from apps.objectives.services.targets import key_results_refresh
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError
from apps.plans.models import Item, ItemState
from apps.plans.services.change import plan_change


def check_in_correct(
    *, check_in: CheckIn, by: User, value: Decimal, confidence: int | None, reason: str
) -> CheckIn:
    """Correct a reported value for its own date; the first row keeps its author and moment.

    Which targets are met is judged anew from the whole history: one that only the wrong value had
    met is open again. Raises PlanRuleError "check_in.superseded" when somebody has corrected it
    meanwhile, "check_in.unchanged", and "check_in.is_counted" for a share of milestones.
    """
    key_result = check_in.key_result
    if is_counted(key_result):
        raise PlanRuleError("check_in.is_counted", "This value is counted, nobody types it.")
    with plan_change(plan=key_result.plan, by=by, reason=reason) as change:
        same_day = CheckIn.objects.filter(key_result=key_result, for_on=check_in.for_on)
        standing = same_day.latest_first().first()
        if standing is None or standing.pk != check_in.pk:
            raise PlanRuleError("check_in.superseded", "Somebody has corrected it meanwhile.")
        if (standing.value, standing.confidence) == (value, confidence):
            raise PlanRuleError("check_in.unchanged", "Nothing differs from the standing value.")
        new = CheckIn.objects.create(
            key_result=key_result,
            for_on=check_in.for_on,
            value=value,
            confidence=confidence,
            note=reason,
            corrects=standing,
            entered_by=by,
        )
        met = Item.objects.filter(target__key_result=key_result, state=ItemState.FINISHED)
        # Before the judgement, which takes no target back that was met.
        met.update(state=ItemState.OPEN, finished_on=None)
        key_results_refresh(change=change, key_results=[key_result])
    return new
