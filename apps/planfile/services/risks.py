"""The risk register."""

from __future__ import annotations

from apps.planfile.domain.differences import Action, Difference
from apps.planfile.domain.records import RecordKind
from apps.planfile.services.context import Load, assign
from apps.risks.domain import RiskState
from apps.risks.models import Risk, RiskCategory, RiskResponse


def write_risks(load: Load) -> None:
    """Categories and risks. A risk that is gone from the file is closed."""
    categories = {row.key: row for row in load.plan.risk_categories.all()}
    for found in load.of(RecordKind.RISK_CATEGORY):
        if found.action is not Action.REMOVED:
            row = categories.get(found.key) or RiskCategory(plan=load.plan, key=found.key)
            assign(row, load.fields(found))
            row.save()
            categories[found.key] = row
    risks = {row.key: row for row in load.plan.risks.all()}
    for found in load.of(RecordKind.RISK):
        if found.action is Action.REMOVED:
            risks[found.key].state = RiskState.CLOSED
            risks[found.key].save()
        else:
            risk = risks.get(found.key) or Risk(plan=load.plan, key=found.key)
            write_risk(load, found, risk, categories)
    for found in load.of(RecordKind.RISK_CATEGORY, Action.REMOVED):
        if not categories[found.key].risks.exists():
            categories[found.key].delete()


def write_risk(
    load: Load, found: Difference, risk: Risk, categories: dict[str, RiskCategory]
) -> None:
    """A risk with what it threatens and what is done about it."""
    fields = load.fields(found)
    threatened = {name: fields.pop(name, None) for name in ("milestones", "key_results")}
    responses = fields.pop("responses", None)
    if "category" in fields:
        fields["category"] = categories[fields["category"]]
    if found.action is Action.ADDED:
        fields["state"] = RiskState.OPEN
    assign(risk, load.resolved(fields))
    risk.save()
    if threatened["milestones"] is not None:
        risk.milestones.set([load.milestones[key] for key in threatened["milestones"]])
    if threatened["key_results"] is not None:
        risk.key_results.set([load.key_results[key] for key in threatened["key_results"]])
    if responses is not None:
        write_responses(load, risk, responses)


def write_responses(load: Load, risk: Risk, responses: tuple[tuple[str, ...], ...]) -> None:
    """Responses in order; one that is done keeps its day while its text stays."""
    done = {row.text: row.done_on for row in risk.responses.all()}
    risk.responses.all().delete()
    for position, (strategy, text, owner, due_on) in enumerate(responses):
        RiskResponse.objects.create(
            risk=risk,
            position=position,
            strategy=str(strategy),
            text=text,
            owner=load.users[owner] if owner else None,
            due_on=due_on or None,
            done_on=done.get(text),
        )
