"""The one builder of test data: rows are made by the product's own services, so that forecasts,
levels and signatures are real. What the product makes from a plan file or in the admin only
(plans, people, teams, risks) has its one place here too.
"""

from tests.build.changes import changing, signer
from tests.build.days import FIRST_DAY, LAST_DAY, SHANGHAI, at, counting_from, day
from tests.build.duties import make_duty
from tests.build.items import link, make_item, report
from tests.build.milestones import make_criteria, make_milestone, make_packages, make_tasks, meet
from tests.build.objectives import (
    check_in,
    correct,
    make_bare_key_result,
    make_key_result,
    make_objective,
    make_share,
)
from tests.build.people import add_member, make_absence, make_member, make_user
from tests.build.plans import first_phase, make_phase, make_plan, make_team
from tests.build.requests import ask_for_more, ask_to_drop, ask_to_move, decide
from tests.build.risks import make_category, make_response, make_risk

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "SHANGHAI",
    "add_member",
    "ask_for_more",
    "ask_to_drop",
    "ask_to_move",
    "at",
    "changing",
    "check_in",
    "correct",
    "counting_from",
    "day",
    "decide",
    "first_phase",
    "link",
    "make_absence",
    "make_bare_key_result",
    "make_category",
    "make_criteria",
    "make_duty",
    "make_item",
    "make_key_result",
    "make_member",
    "make_milestone",
    "make_objective",
    "make_packages",
    "make_phase",
    "make_plan",
    "make_response",
    "make_risk",
    "make_share",
    "make_tasks",
    "make_team",
    "make_user",
    "meet",
    "report",
    "signer",
]
