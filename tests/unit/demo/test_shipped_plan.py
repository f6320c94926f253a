"""The plan that is shipped: complete, in both languages, and free of contradictions."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from apps.planfile.domain.loading import read_plan_file
from apps.planfile.domain.model import Link, PlanFile
from apps.plans.domain import Role, Tier
from apps.plans.engine.links import LinkKind
from tests.unit.planfile.files import SHIPPED

STARTS = [date(2025, 7, 1), date(2025, 8, 1), date(2024, 2, 29), date(2025, 1, 31)]


def shipped(language: str = "en", start: date = STARTS[0]) -> PlanFile:
    return read_plan_file(SHIPPED.read_bytes(), start=start, language=language)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("start", STARTS)
def test_it_loads_in_both_languages_from_any_start(language: str, start: date) -> None:
    plan = shipped(language, start)
    assert len(plan.phases) == 3
    assert len(plan.milestones) == 12
    assert len(plan.objectives) == 4
    assert len(plan.key_results) == 39
    assert len(plan.risks) == 20
    assert len(plan.risk_categories) == 5
    assert len(plan.tasks) == 128


def test_names_are_chinese_in_chinese_and_english_in_english() -> None:
    for language, is_chinese in (("en", False), ("zh-hans", True)):
        plan = shipped(language)
        names = [task.name for task in plan.tasks]
        names += [milestone.name for milestone in plan.milestones]
        names += [key_result.name for key_result in plan.key_results]
        names += [risk.name for risk in plan.risks]
        names += [person.name for person in plan.people]
        for name in names:
            assert any("\u4e00" <= letter <= "\u9fff" for letter in name) is is_chinese, name


def test_every_milestone_is_fed_by_ten_or_eleven_tasks_and_says_when_it_is_accepted() -> None:
    plan = shipped()
    keys = {milestone.key for milestone in plan.milestones}
    fed = Counter(link.to for link in plan.links if link.is_implied and link.to in keys)
    assert {fed[milestone.key] for milestone in plan.milestones} == {10, 11}
    assert all(milestone.acceptance for milestone in plan.milestones)


def test_every_task_milestone_key_result_and_risk_has_an_owner() -> None:
    plan = shipped()
    owners = [task.owner for task in plan.tasks]
    owners += [milestone.owner for milestone in plan.milestones]
    owners += [key_result.owner for key_result in plan.key_results]
    owners += [risk.owner for risk in plan.risks]
    owners += [objective.owner for objective in plan.objectives]
    assert all(owners)


def test_all_four_kinds_of_link_and_some_lags_are_there() -> None:
    plan = shipped()
    assert {link.kind for link in plan.links} == set(LinkKind)
    assert sum(link.lag > 0 for link in plan.links) >= 20


@pytest.mark.parametrize("start", STARTS)
def test_the_baseline_keeps_every_link(start: date) -> None:
    plan = shipped(start=start)
    days = {task.key: (task.start, task.finish) for task in plan.tasks}
    days |= {milestone.key: (milestone.due, milestone.due) for milestone in plan.milestones}
    milestones = {milestone.key for milestone in plan.milestones}
    assert [link for link in plan.links if not _is_kept(link, days, milestones)] == []


def _is_kept(link: Link, days: dict[str, tuple[date, date]], milestones: set[str]) -> bool:
    (first_start, first_finish), (start, finish) = days[link.from_], days[link.to]
    lag = timedelta(days=link.lag)
    if link.kind is LinkKind.FS:
        next_day = timedelta(days=0 if link.to in milestones else 1)
        return start >= first_finish + lag + next_day
    begins = first_start if link.kind in {LinkKind.SS, LinkKind.SF} else first_finish
    return (start if link.kind is LinkKind.SS else finish) >= begins + lag


def test_teams_stand_in_three_tiers() -> None:
    tiers = Counter(team.tier for team in shipped().teams)
    assert tiers == {Tier.COMMITTEE: 1, Tier.BUSINESS_UNIT: 5, Tier.SUPPORT_PLATFORM: 5}


def test_there_is_an_account_for_each_role_and_a_lead_for_each_lower_team() -> None:
    plan = shipped()
    roles = {person.key: person.role for person in plan.people}
    assert {roles[role.value] for role in Role} == set(Role)
    led = {person.team for person in plan.people if person.role is Role.LEAD}
    assert led == {team.key for team in plan.teams if team.tier is not Tier.COMMITTEE}
    assert all(person.email.endswith("@example.com") for person in plan.people)


def test_what_the_document_does_not_say_stays_unknown() -> None:
    plan = shipped()
    baselines = {kr.key: kr.baseline for kr in plan.key_results}
    assert baselines["high_value_retention"] is None
    assert baselines["scenario_growth"] is None
    assert all(risk.probability is None and risk.impact is None for risk in plan.risks)


def test_contradictions_of_the_document_are_told_at_the_key_result() -> None:
    notes = {kr.key: kr.note for kr in shipped().key_results if kr.note}
    assert set(notes) == {"revenue_cagr", "high_value_churn", "arpu", "acquisition_cost"}
