"""How each way of the table is gone: the address, what is sent, and by what it shows that it was
done. Each is valid, so that only the permission stands between it and the database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from apps.approvals.models import ChangeRequest
from apps.milestones.models import Task, TaskReport
from apps.objectives.models import CheckIn, Comment, KeyResult, Objective
from apps.people.models import Absence, User
from apps.plans.models import CalendarDay, Membership, Team
from tests.permissions.table import Actor
from tests.permissions.world import LAST, TODAY, World

Values = Callable[[World, Actor], dict[str, Any]]
TARGETS = {
    "targets-TOTAL_FORMS": 1,
    "targets-INITIAL_FORMS": 0,
    "targets-0-due_on": "2027-12-31",
    "targets-0-value": 50,
}
NEW_KEY_RESULT = {"name": "Made", "kind": "increase", "baseline": "10"}
WORSE = "two stores closed"


@dataclass(frozen=True, slots=True)
class Way:
    """``at`` fills the address, ``sent`` is the body, ``done`` whether the database has it now."""

    at: Values
    sent: Values
    done: Callable[[World, Actor, HttpResponse], object]


def way(at: Any = None, sent: Any = None, done: Any = None) -> Way:
    """Values and functions of the world, of the world and the actor, or of neither."""
    return Way(values(at), values(sent), lambda w, a, answer: done(*(w, a, answer)[: count(done)]))


def count(function: Any) -> int:
    """How many arguments it takes."""
    return int(function.__code__.co_argcount)


def values(given: Any) -> Values:
    """What is given, whatever it depends on."""
    if callable(given):
        return lambda w, a: dict(given(*(w, a)[: count(given)]))
    return lambda w, a: dict(given or {})


def newest(model: Any, **wanted: Any) -> bool:
    """Whether the row that was written last is this one."""
    row = model.objects.order_by("-pk").filter(**wanted).first()
    return row is not None and row.pk == model.objects.order_by("-pk").first().pk


def now(row: Any) -> Any:
    """The row as it stands."""
    return type(row).objects.get(pk=row.pk)


def request_is(decision: str) -> Callable[[World], bool]:
    return lambda w: bool(now(w.request).decision == decision)


def asked(kind: str) -> Callable[[World, Actor], bool]:
    return lambda w, a: newest(
        ChangeRequest, payload__kind=kind, requested_by=w.people.get(a), **REASON
    )


def reported(kind: str) -> Callable[[World, Actor], bool]:
    if kind == "task":
        return lambda w, a: newest(TaskReport, task=w.task.pk, entered_by=w.people.get(a))
    return lambda w, a: newest(CheckIn, value=45, for_on=TODAY, entered_by=w.people.get(a))


def row_key(kind: str, w: World) -> str:
    return f"task-{w.task.pk}" if kind == "task" else f"kr-{w.key_result.pk}"


def row_of(kind: str) -> Callable[[World], dict[str, Any]]:
    """What is typed into a row of My week, or into the form behind a link."""

    def typed(w: World) -> dict[str, Any]:
        key, is_task = row_key(kind, w), kind == "task"
        said = {"value": "2" if is_task else "45", "note": WORSE}
        said["seen"] = "0" if is_task else str(w.check_in.pk)
        return {f"{key}-{name}": text for name, text in said.items()}

    return typed


def at_row(kind: str) -> Callable[[World], dict[str, str]]:
    return lambda w: {"row_key": row_key(kind, w)}


def at_link(kind: str) -> Callable[[World, Actor], dict[str, str]]:
    return lambda w, a: {"token": w.token(kind, a)}


def own_team(w: World, a: Actor) -> Team:
    return w.other_team if a == Actor.OTHER_LEAD else w.team


def target(w: World) -> str:
    return str(w.key_result.targets.order_by("due_on").last().item.key)


STOCK, SHARE, LIVE, DONE = ({"key": key} for key in ("stock", "share", "live", "done"))
OLD = {"key": "old"}
CLOSING = {"grade": "0.7", "note": "Most of it"}
REASON = {"reason": "said so"}
MOVED = {"value": 60, "due_on": "2028-12-31", **REASON}
ADDED = {"value": 48, "due_on": "2026-12-31", **REASON}


def copy_form(w: World) -> dict[str, Any]:
    turns = w.objective.key_results.get()
    return {
        "name": "Made",
        "due_on": "2028-12-31",
        f"take-{turns.pk}": "on",
        f"value-{turns.pk}": 80,
    }


def is_made(w: World) -> bool:
    return Objective.objects.filter(plan=w.plan, name="Made").exists()


def is_closed(w: World) -> bool:
    return now(w.objective).closed_on is not None


def is_archived(w: World) -> bool:
    return now(w.objective).archived_at is not None


def is_restored(w: World) -> bool:
    return w.plan.objectives.get(key="old").archived_at is None


def is_renamed(w: World) -> bool:
    return bool(now(w.objective).name == "Made")


def has_key_result(w: World) -> bool:
    return KeyResult.objects.filter(objective=w.objective, name="Made").exists()


def is_corrected(w: World) -> bool:
    return newest(CheckIn, corrects=w.check_in, value=43)


def has_comment(w: World, a: Actor) -> bool:
    return newest(Comment, author=w.people.get(a), text="Well done")


def is_marked(w: World) -> bool:
    return now(w.criterion).met_on is not None


def is_accepted(w: World) -> bool:
    return bool(now(w.milestone.item).state == "finished")


def is_open_again(w: World) -> bool:
    return bool(w.plan.items.get(key="done").state == "open")


def marks(w: World) -> dict[str, Any]:
    return {"criteria": [w.criterion.pk], "on": LAST, "reason": "seen in use"}


def at_request(w: World) -> dict[str, int]:
    return {"pk": w.request.pk}


OBJECTIVES = {
    "FORM objectives:objective_new": way(
        None, lambda w, a: {"name": "Made", "supports": "-", "team": own_team(w, a).pk}, is_made
    ),
    "POST api:objective-list": way(
        None, lambda w, a: {"name": "Made", "team": own_team(w, a).key}, is_made
    ),
    "FORM objectives:objective_change": way(
        STOCK, lambda w: {"name": "Made", "supports": "-", "team": w.team.pk, **REASON}, is_renamed
    ),
    "PATCH api:objective-detail": way(STOCK, {"name": "Made", **REASON}, is_renamed),
    "FORM objectives:objective_close": way(STOCK, CLOSING, is_closed),
    "POST api:objective-close": way(STOCK, CLOSING, is_closed),
    "FORM objectives:objective_archive": way(STOCK, REASON, is_archived),
    "POST api:objective-archive": way(STOCK, REASON, is_archived),
    "FORM objectives:objective_restore": way(OLD, REASON, is_restored),
    "POST api:objective-restore": way(OLD, REASON, is_restored),
    "FORM objectives:objective_copy": way(STOCK, copy_form, is_made),
    "POST api:objective-copy": way(
        STOCK,
        {"name": "Made", "due_on": "2028-12-31", "key_results": [{"key": "turns", "value": 80}]},
        is_made,
    ),
    "FORM objectives:key_result_new": way(STOCK, NEW_KEY_RESULT | TARGETS, has_key_result),
    "POST api:objective-key-results": way(
        STOCK,
        NEW_KEY_RESULT | {"owner": None, "targets": [{"due_on": "2027-12-31", "value": 50}]},
        has_key_result,
    ),
    "POST objectives:objective_comments": way(STOCK, {"text": "Well done"}, has_comment),
    "POST objectives:key_result_comments": way(SHARE, {"text": "Well done"}, has_comment),
    "POST api:objective-comments": way(STOCK, {"text": "Well done"}, has_comment),
    "POST api:key-result-comments": way(SHARE, {"text": "Well done"}, has_comment),
}

KEY_RESULTS = {
    "FORM objectives:key_result_change": way(
        SHARE,
        lambda w: {"name": "Made", "unit": "%", "baseline": 42, **REASON},
        lambda w: now(w.key_result).name == "Made",
    ),
    "POST objectives:key_result_change line": way(
        SHARE,
        lambda w: {"name": "Made", "unit": "%", "baseline": 42, "weight": 3, **REASON},
        lambda w: now(w.key_result).weight == 3,
    ),
    "PATCH api:key-result-detail": way(
        SHARE, {"name": "Made", **REASON}, lambda w: now(w.key_result).name == "Made"
    ),
    "PATCH api:key-result-detail line": way(
        SHARE, {"weight": 3, **REASON}, lambda w: now(w.key_result).weight == 3
    ),
    "FORM objectives:check_in_correct": way(
        lambda w: SHARE | {"pk": w.check_in.pk}, {"value": 43, **REASON}, is_corrected
    ),
    "POST api:check-in-correct": way(
        lambda w: {"pk": w.check_in.pk}, {"value": 43, **REASON}, is_corrected
    ),
    "FORM objectives:target_change_new": way(lambda w: {"key": target(w)}, MOVED, asked("move")),
    "FORM objectives:target_drop_new": way(lambda w: {"key": target(w)}, REASON, asked("drop")),
    "FORM objectives:target_add_new": way(SHARE, ADDED, asked("add")),
    "POST api:target-change-list move": way(
        None,
        lambda w: {"key_result": "share", "kind": "move", "target": target(w), **MOVED},
        asked("move"),
    ),
    "POST api:target-change-list drop": way(
        None,
        lambda w: {"key_result": "share", "kind": "drop", "target": target(w), **REASON},
        asked("drop"),
    ),
    "POST api:target-change-list add": way(
        None, {"key_result": "share", "kind": "add", **ADDED}, asked("add")
    ),
    "POST objectives:target_change_detail approve": way(
        at_request, {"decision": "approve"}, request_is("approved")
    ),
    "POST objectives:target_change_detail reject": way(
        at_request, {"decision": "reject", "note": "no"}, request_is("rejected")
    ),
    "POST objectives:target_change_detail withdraw": way(
        at_request, {"decision": "withdraw"}, request_is("withdrawn")
    ),
    "POST approvals:request_detail approve": way(
        at_request, {"decision": "approve"}, request_is("approved")
    ),
    "POST approvals:request_detail reject": way(
        at_request, {"decision": "reject", "note": "no"}, request_is("rejected")
    ),
    "POST approvals:request_detail withdraw": way(
        at_request, {"decision": "withdraw"}, request_is("withdrawn")
    ),
    "POST api:target-change-approve": way(at_request, {}, request_is("approved")),
    "POST api:target-change-reject": way(at_request, {"note": "no"}, request_is("rejected")),
    "POST api:target-change-withdraw": way(at_request, {}, request_is("withdrawn")),
}

MILESTONES = {
    "FORM milestones:milestone_acceptance": way(LIVE, marks, is_marked),
    "POST api:milestone-criteria": way(LIVE, marks, is_marked),
    "POST milestones:milestone_acceptance accept": way(
        LIVE, lambda w: marks(w) | {"act": "accept"}, is_accepted
    ),
    "POST api:milestone-accept": way(LIVE, marks, is_accepted),
    "FORM milestones:milestone_reopening": way(DONE, REASON, is_open_again),
    "POST api:milestone-reopen": way(DONE, REASON, is_open_again),
    "POST api:task-move": way(
        {"key": "1"},
        {"in": "works", **REASON},
        lambda w: Task.objects.get(pk=w.task.pk).package_id is not None,
    ),
    "POST api:work-package-move": way(
        {"key": "works"},
        {"phase": 1, **REASON},
        lambda w: w.plan.work_packages.get(key="works").phase_id is not None,
    ),
}

REPORTS = (
    {
        f"{method} {name} {kind}": way(at(kind), row_of(kind), reported(kind))
        for method, name, at in (
            ("POST", "cadence:week", lambda kind: None),
            ("POST", "cadence:week_row", at_row),
            ("FORM", "cadence:link_form", at_link),
        )
        for kind in ("key result", "task")
    }
    | {
        f"GET cadence:week_preview {kind}": way(
            at_row(kind), row_of(kind), lambda w, a, answer: b"After saving" in answer.content
        )
        for kind in ("key result", "task")
    }
    | {
        "POST api:check-in-list": way(
            None,
            {"key_result": "share", "for_on": TODAY, "value": 45, "note": WORSE},
            reported("key result"),
        )
    }
)

ACCOUNTS = {
    "POST outbox:notification_resend": way(
        lambda w: {"pk": w.message.pk}, {}, lambda w: now(w.message).state == "pending"
    ),
    "FORM people:profile": way(
        None,
        {"display_name": "Made", "language": "en", "time_zone": "Asia/Shanghai"},
        lambda w, a: User.objects.filter(username=a.name.lower(), display_name="Made").exists(),
    ),
    "POST people:absence_add": way(
        None,
        {"start_on": "2027-05-01", "finish_on": "2027-05-02"},
        lambda w, a: newest(Absence, user=w.people.get(a), start_on="2027-05-01"),
    ),
    "POST people:absence_delete": way(
        lambda w, a: {"pk": w.absences.get(a, w.absences[Actor.VIEWER]).pk},
        {},
        lambda w, a: Absence.objects.count() < len(w.absences) + 1,
    ),
    "POST people:language_set": way(
        None,
        {"language": "zh-hans"},
        lambda w, a, answer: settings.LANGUAGE_COOKIE_NAME in answer.cookies,
    ),
    "POST set_language": way(
        None,
        {"language": "zh-hans"},
        lambda w, a, answer: settings.LANGUAGE_COOKIE_NAME in answer.cookies,
    ),
    "POST core:theme_set": way(None, {"theme": "dark"}, lambda w, a, answer: bool(answer.cookies)),
    "FORM admin:people_user_add": way(
        None,
        {"username": "new", "password1": "correct horse", "password2": "correct horse"}
        | {"usable_password": "true", "display_name": "New", "email": "new@example.org"}
        | {"language": "en", "time_zone": "Asia/Shanghai"},
        lambda w: User.objects.filter(username="new").exists(),
    ),
    "FORM admin:plans_membership_add": way(
        None,
        lambda w: {"plan": w.plan.pk, "user": w.people[Actor.STRANGER].pk, "role": "viewer"},
        lambda w: newest(Membership, plan=w.plan, user=w.people[Actor.STRANGER]),
    ),
    "FORM admin:plans_membership_change": way(
        lambda w: {"object_id": Membership.objects.get(user=w.people[Actor.VIEWER]).pk},
        lambda w: {"plan": w.plan.pk, "user": w.people[Actor.VIEWER].pk, "role": "admin"},
        lambda w: Membership.objects.get(user=w.people[Actor.VIEWER]).role == "admin",
    ),
    "FORM admin:plans_team_add": way(
        None,
        lambda w: {"plan": w.plan.pk, "key": "new", "name": "New", "tier": 2, "position": 1},
        lambda w: newest(Team, plan=w.plan, key="new"),
    ),
    "FORM admin:plans_calendarday_add": way(
        None,
        lambda w: {"plan": w.plan.pk, "day_on": TODAY, "name": "Founders' day"},
        lambda w: newest(CalendarDay, plan=w.plan, day_on=TODAY),
    ),
}

WAYS: dict[str, Way] = OBJECTIVES | KEY_RESULTS | MILESTONES | REPORTS | ACCOUNTS

# what the pages that are only looked at need in their address
SEEN: dict[str, Values] = {
    name: values(at)
    for name, at in {
        "plans:item_explain": lambda w: {"pk": w.task.pk},
        "objectives:target_detail": lambda w: {"key": target(w)},
        "objectives:target_change_detail": at_request,
        "approvals:request_detail": at_request,
        "milestones:milestone_detail": LIVE,
        "milestones:task_detail": {"key": "1"},
        "risks:risk_detail": {"key": "r1"},
        "risks:item_risks": lambda w: {"item_pk": w.task.pk},
        "cadence:week_row": at_row("task"),
        "outbox:notification_detail": lambda w: {"pk": w.message.pk},
        "outbox:notification_mail": lambda w: {"pk": w.message.pk},
        "api:target-detail": lambda w: {"key": target(w)},
        "api:target-change-detail": at_request,
        "api:target-change-preview": at_request,
        "api:milestone-detail": LIVE,
        "api:milestone-criteria": LIVE,
        "api:task-detail": {"key": "1"},
        "api:work-package-detail": {"key": "works"},
        "api:risk-detail": {"key": "r1"},
        "api:item-explanation": lambda w: {"pk": w.task.pk},
    }.items()
}
