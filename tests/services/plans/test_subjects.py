"""A thing gets its one row among the subjects when it is first needed; a trial leaves nothing."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from apps.objectives.models import KeyResult, Objective
from apps.people.models import User
from apps.plans.engine.errors import PlanRuleError
from apps.plans.kinds import facts_of, resting, subject_kind_of, subject_relations
from apps.plans.models import Item, Plan, Subject
from apps.plans.services.change import plan_trial
from apps.plans.services.subjects import subject_of
from tests.build import make_item, make_key_result, make_objective, make_plan, signer

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(plan: Plan) -> Item:
    return make_item(plan, "1", 1, 40, name="Dig", owner=signer())


@pytest.fixture
def key_result(plan: Plan) -> KeyResult:
    return make_key_result(make_objective(plan, owner=signer()))


def test_a_thing_has_one_subject_that_leads_back_to_it(
    plan: Plan, item: Item, key_result: KeyResult
) -> None:
    for thing, kind, path in (
        (item, "item", "tasks/1/"),
        (key_result, "key_result", "key-results/retention/"),
        (key_result.objective, "objective", "objectives/growth/"),
    ):
        subject = subject_of(thing)
        assert subject_of(thing) == subject == subject_of(type(thing).objects.get(pk=thing.pk))
        assert (subject.plan, subject.kind, subject_kind_of(thing)) == (plan, kind, kind)
        assert getattr(Subject.objects.get(pk=subject.pk), kind) == thing
        facts = facts_of(plan, subject)
        assert facts.path == f"/plans/{plan.key}/{path}"
        assert facts.name == thing.name
        assert facts.people == ({signer().pk} if thing.owner_id else frozenset())
    assert Subject.objects.count() == 3


def test_what_is_gone_from_the_lists_rests(plan: Plan, item: Item, key_result: KeyResult) -> None:
    subjects = [subject_of(thing) for thing in (item, key_result, key_result.objective)]
    assert not Subject.objects.filter(resting()).exists()
    Item.objects.filter(pk=item.pk).update(state="cancelled")
    Objective.objects.update(archived_at="2026-01-01T00:00Z")
    assert set(Subject.objects.filter(resting())) == set(subjects)
    assert item not in Item.objects.exclude(resting("subject"))


def test_the_facts_of_many_are_read_at_once(plan: Plan, item: Item, key_result: KeyResult) -> None:
    for thing in (item, key_result, key_result.objective):
        subject_of(thing)
    with CaptureQueriesContext(connection) as asked:
        rows = Item.objects.filter(plan=plan).select_related(*subject_relations("subject"))
        subjects = [row.subject for row in rows if row.subject is not None]
        assert [facts_of(plan, subject).name for subject in subjects] == ["Dig"]
    assert len(asked) == 1


def test_what_stands_for_something_is_not_taken_away(item: Item) -> None:
    with pytest.raises(ProtectedError):
        subject_of(item).delete()


def test_what_nobody_has_registered_is_no_subject(plan: Plan) -> None:
    with pytest.raises(LookupError, match="Plan is no subject"):
        subject_of(plan)


def test_a_subject_leaves_no_trace_in_the_history(key_result: KeyResult) -> None:
    for thing in (key_result, key_result.objective):
        subject_of(thing)
        assert list(thing.events.values_list("pgh_label", flat=True)) == ["insert"]  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_one_subject() -> None:
    item = make_item(make_plan(), "1", 1, 40)
    barrier = threading.Barrier(4)

    def first(_number: int) -> int:
        mine = Item.objects.get(pk=item.pk)
        barrier.wait()
        try:
            return subject_of(mine).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(first, range(4)))
    assert found == set(Subject.objects.values_list("pk", flat=True))
    assert len(found) == 1


def test_a_trial_is_looked_at_and_leaves_nothing(plan: Plan, item: Item) -> None:
    with plan_trial(plan=plan, by=signer(), reason="what if") as change:
        Item.objects.filter(pk=item.pk).update(name="Fill")
        change.touch(item)
        change.finish()
        assert Item.objects.get(pk=item.pk).name == "Fill"
    assert Item.objects.get(pk=item.pk).name == "Dig"


def test_a_trial_that_is_refused_leaves_nothing_and_says_why(item: Item, pmo: User) -> None:
    def attempt() -> None:
        with plan_trial(plan=item.plan, by=pmo, reason="what if"):
            Item.objects.filter(pk=item.pk).update(name="Fill")
            raise PlanRuleError("x", "No.")

    with pytest.raises(PlanRuleError, match="No"):
        attempt()
    assert Item.objects.get(pk=item.pk).name == "Dig"
