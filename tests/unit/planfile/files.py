"""Small plan files for tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from apps.planfile.domain.loading import read_plan_file
from apps.planfile.domain.model import PlanFile
from apps.planfile.domain.problems import PlanFileRefusedError, Problem

SHIPPED = Path(__file__).parents[3] / "apps/demo/plans/three-year-growth.yaml"
START = date(2025, 7, 1)

SMALL = """\
format: 1
plan:
  key: shop
  name: {en: New shop, zh-hans: 新店}
  months: 12
  time_zone: Asia/Shanghai
phases:
  - {number: 1, name: Build, from: M1, to: M6}
  - {number: 2, name: Run, from: M7, to: M12}
teams:
  - {key: sales, name: Sales, tier: business_unit}
people:
  - {key: ann, name: Ann, email: ann@example.com, role: lead, team: sales}
  - {key: bo, name: Bo, email: bo@example.com, role: pmo, locale: zh-hans}
objectives:
  - key: growth
    name: Growth
    owner: ann
    key_results:
      - key: visitors
        name: Visitors
        baseline: 100
        owner: ann
        targets: [{due: M3, value: 150}, {due: M12, value: 300.5}]
      - {key: returns, name: Returns, direction: decrease, baseline: 9,
         targets: [{due: M12, value: 4}]}
      - {key: stock, name: Stock, direction: keep_within, at_least: 5, at_most: 8}
      - {key: licence, name: Licence, direction: binary, targets: [{due: M2}]}
      - {key: steps, name: Steps, direction: milestones, milestones: [busy, open],
         targets: [{due: M6, value: 50}, {due: M12, value: 100}]}
      - {key: unknown, name: Unknown, unit: "%", targets: [{due: M12, value: 20}]}
milestones:
  - key: open
    name: Shop open
    due: M4
    phase: 1
    owner: ann
    acceptance: [Doors open at nine]
    measured_by: {key_result: visitors, at_least: 160}
  - {key: busy, name: Busy, due: M11, phase: 2}
work_packages:
  - {key: opening, in: open, name: Opening}
tasks:
  - {key: find-place, in: opening, name: Find a place, owner: ann, start: M1, finish: M1.20}
  - {key: fit-out, in: opening, name: Fit it out, owner: bo, team: sales, start: M2,
     finish: 2025-10-20}
  - {key: advertise, phase: 1, name: Advertise, start: M3.5, finish: M5}
links:
  - {from: find-place, to: fit-out, lag: 5}
  - {from: fit-out, to: open, kind: FF, lag: 2}
  - {from: open, to: advertise, kind: SF}
risk_categories:
  - {key: market, name: Market}
risks:
  - key: rain
    name: Rain
    category: market
    responses: [{strategy: accept, text: Wait}]
    probability: 2
    impact: 3
    threatens: {milestones: [open], key_results: [visitors]}
"""

GATE = """\
  - {key: gate, name: Gate, due: M6, phase: 1,
     measured_by: {key_result: steps, at_least: 50}}
"""
"""A milestone that is measured by the share of accepted milestones."""


def read(text: str, *, start: date = START, language: str = "en") -> PlanFile:
    """The plan of a text."""
    return read_plan_file(text.encode(), start=start, language=language)


def problems_of(text: str | bytes, *, language: str = "en") -> tuple[Problem, ...]:
    """What is wrong with a text; () when nothing is."""
    data = text.encode() if isinstance(text, str) else text
    try:
        read_plan_file(data, start=START, language=language)
    except PlanFileRefusedError as error:
        return error.problems
    return ()


def changed(old: str, new: str, text: str = SMALL) -> str:
    """`text` with one place changed; the place must be there."""
    assert old in text, old
    return text.replace(old, new, 1)
