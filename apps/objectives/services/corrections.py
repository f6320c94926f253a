"""A value that was wrong: a new row beside the old one, with the reason. Nothing is overwritten."""

from decimal import Decimal

from apps.objectives.models import CheckIn
from apps.objectives.selectors.reporting import read_reporting
from apps.objectives.services.entering import (
    TypedValue,
    check_in_evaluate,
    check_takes_values,
)
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError, gettext_noop
from apps.plans.services.change import plan_change
from apps.plans.services.entries import entry_store


def check_in_correct(
    *, check_in: CheckIn, by: User, value: Decimal, confidence: int | None, reason: str
) -> CheckIn:
    """Correct a reported value for its own date; the first row keeps its author and moment.

    Which targets are met is judged anew from the whole history: one that only the wrong value had
    met is open again. Raises PlanRuleError "check_in.superseded" when somebody has corrected it
    meanwhile, "check_in.unchanged", and "check_in.is_counted" for a share of milestones.
    """
    key_result = check_in.key_result
    with plan_change(
        plan=key_result.plan, by=by, reason=reason, is_settled_by_caller=True
    ) as change:
        reporting = read_reporting(change.plan, key_result.pk)
        standing = None if reporting is None else reporting.of_day(check_in.for_on)
        if reporting is None or standing is None or standing.pk != check_in.pk:
            raise PlanRuleError(
                "check_in.superseded",
                gettext_noop("Somebody has corrected this value meanwhile; look at it first."),
            )
        check_takes_values(reporting.key_result)
        if (standing.value, standing.confidence) == (value, confidence):
            raise PlanRuleError(
                "check_in.unchanged",
                gettext_noop("Neither value nor confidence differs from what stands."),
            )
        typed = TypedValue(
            for_on=check_in.for_on,
            value=value,
            confidence=confidence,
            note=reason,
            # What it corrects is compared above; what was reported since is nothing to choose from.
            seen=reporting.rows[-1]["id"],
        )
        evaluated = check_in_evaluate(change=change, reporting=reporting, typed=typed)
        entry_store(evaluated=evaluated)
    return evaluated.new
