"""The best next task: urgent, for what the worker has learned and drives, and near to where they stand."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import connection

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotAllowed
from apps.journal.models import AuditEntry
from apps.tasks.errors import NoTask, NotQualified, TaskStale, TaskTaken, WorkerElsewhere
from apps.tasks.jobs import press_due as press_due_everywhere
from apps.tasks.models import EquipmentKind, Skill, TaskPolicy, TaskRule, WarehouseTask
from apps.tasks.operations import (
    NewTask,
    apply_rules,
    claim_best,
    claim_next_task,
    claim_task,
    complete_task,
    give_task,
    hand_back_task,
    lock_task,
    make_tasks,
    press_due,
    renew_lease,
)
from apps.tasks.queries.nearness import next_best, next_on_walk
from apps.tasks.states import TaskKind, TaskState
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.factories.tasks import a_task

NOW = clock.now()
MANY = 3_000
"""So that it matters how a statement is planned."""
BEFORE_A_PLAN_IS_KEPT = 12
"""Calls: the driver prepares a statement from its sixth on, and the server looks at five plans before it keeps one."""


@pytest.fixture
def warehouse(db):
    return WarehouseFactory(code="MAIN")


@pytest.fixture
def worker(warehouse):
    return a_worker(warehouse, "ann")


@pytest.fixture
def item(db):
    return ItemFactory(number="NUT", weight_g=D(400))


def a_worker(warehouse, username, *roles):
    return an_actor(works_at(UserFactory(username=username, roles=[role.value for role in roles]), warehouse))


def a_bin(warehouse, walk, **more):
    return LocationFactory(warehouse=warehouse, zone=None, pick_sequence=walk, **more)


def following(warehouse, worker, at=NOW, **more):
    return claim_next_task(warehouse_code=warehouse.code, by=worker, at=at, **more)


def done(task, worker, at=NOW):
    return complete_task(task, by=worker, at=at)


def test_equally_urgent_work_of_any_kind_is_taken_by_nearness_to_where_the_last_task_ended(warehouse, worker, item):
    dock, far, near, shelf = (a_bin(warehouse, walk) for walk in (0, 90, 41, 40))
    putaway = a_task(item, dock, target=shelf, sequence=1)
    far_pick = a_task(item, far, kind=TaskKind.PICK, document="W-1", sequence=2)
    near_fill = a_task(item, near, kind=TaskKind.REPLENISH, document="R-1", sequence=3)

    assert following(warehouse, worker) == putaway
    done(putaway, worker)

    assert following(warehouse, worker) == near_fill
    assert claim_next_task(warehouse_code="MAIN", by=a_worker(warehouse, "ben"), at=NOW) == far_pick


def test_the_search_is_planned_once_and_not_at_every_call(warehouse, worker, item):
    place = a_bin(warehouse, 10)
    new = NewTask(kind=TaskKind.COUNT, document="C-1", quantity=D(1), source_id=place.pk, item_id=item.pk)
    make_tasks([new] * MANY, warehouse_id=warehouse.pk, at=NOW)

    for _ in range(BEFORE_A_PLAN_IS_KEPT):
        hand_back_task(task_id=following(warehouse, worker).pk, by=worker, at=NOW)

    with connection.cursor() as cursor:
        cursor.execute(
            "select max(generic_plans) from pg_prepared_statements where statement like '%%with policy as%%'"
            " and statement not like '%%pg_prepared_statements%%'"
        )
        assert cursor.fetchone()[0] > 0


def test_a_place_that_is_scanned_says_where_the_worker_stands(warehouse, worker, item):
    here, there = a_bin(warehouse, 10), a_bin(warehouse, 90)
    a_task(item, here)
    wanted = a_task(item, there)

    assert following(warehouse, worker, place_id=there.pk) == wanted


def test_a_walk_that_was_begun_goes_on_before_it_is_left_for_what_is_nearer(warehouse, worker, item):
    first, second, third = (a_bin(warehouse, walk) for walk in (10, 12, 50))
    walked = [
        a_task(item, place, kind=TaskKind.PICK, document="W-1", sequence=turn)
        for turn, place in ((1, first), (2, third))
    ]
    near = a_task(item, second, kind=TaskKind.PICK, document="W-2", sequence=3)
    taken = following(warehouse, worker, kinds=[TaskKind.PICK], place_id=first.pk)
    done(taken, worker)

    assert taken == walked[0]
    assert following(warehouse, worker) == walked[1]
    done(walked[1], worker)
    assert following(warehouse, worker) == near


def test_after_a_pick_the_walk_goes_on_with_what_the_whole_search_would_find(
    warehouse, worker, item, django_assert_num_queries
):
    places = [a_bin(warehouse, walk) for walk in (10, 20, 30, 40)]
    picks = [a_task(item, place, kind=TaskKind.PICK, document="W-1", sequence=place.pick_sequence) for place in places]
    fill = a_task(item, places[2], kind=TaskKind.REPLENISH, document="R-1", sequence=1)
    first = following(warehouse, worker, place_id=places[1].pk, kinds=[TaskKind.PICK])
    assert first == picks[1]
    asked = {"warehouse_id": warehouse.pk, "kinds": list(TaskKind), "worker": worker.user, "at": NOW}
    last = done(first, worker)

    walk = next_on_walk(sequence=last.sequence, **asked)
    assert walk is not None
    assert walk.free == [picks[2].pk, picks[3].pk]
    assert list(next_best(**asked).free) == list(walk.free)
    with django_assert_num_queries(3):  # the walk, the lock, the lease
        assert claim_best(warehouse_id=warehouse.pk, after=last, by=worker, at=NOW) == picks[2]
    own = next_on_walk(sequence=last.sequence, **asked)
    assert own is not None
    assert (own.own, own.free) == (picks[2].pk, ())

    # Behind the end of a walk all is weighed again: what was left behind, and what is no pick.
    end = done(picks[3], worker)
    done(picks[2], worker, at=NOW + timedelta(seconds=1))
    assert next_on_walk(sequence=end.sequence, **asked) is None
    assert claim_best(warehouse_id=warehouse.pk, after=end, by=worker, at=NOW) == fill


def test_the_site_says_how_much_less_urgent_work_may_go_first_because_it_is_near(warehouse, worker, item):
    here, there = a_bin(warehouse, 10), a_bin(warehouse, 90)
    near, urgent = a_task(item, here, priority=45), a_task(item, there, priority=50)
    ben = a_worker(warehouse, "ben")

    assert following(warehouse, ben, place_id=here.pk) == urgent
    hand_back_task(task_id=urgent.pk, by=ben, at=NOW)
    TaskPolicy.objects.create(warehouse=warehouse, near_within=5)

    assert following(warehouse, worker, place_id=here.pk) == near


def test_rules_weigh_tasks_when_they_are_made_and_again_when_applied(warehouse, item):
    place = a_bin(warehouse, 1, level=2)
    before = a_task(item, place, 3, kind=TaskKind.PICK)
    TaskRule.objects.create(warehouse=warehouse, code="PICKS", name="Picks first", kind="pick", points=20)
    TaskRule.objects.create(
        warehouse=warehouse, code="HEAVY", name="Heavy", min_weight_g=D(1200), min_level=2, points=-5, minutes=D(4)
    )
    after = a_task(item, place, 3, kind=TaskKind.PICK)
    light = a_task(item, place, 2, kind=TaskKind.COUNT)

    boss = a_worker(warehouse, "boss", Role.SUPERVISOR)
    assert apply_rules(warehouse_id=warehouse.pk, by=boss, at=NOW) == 1

    told = WarehouseTask.objects.in_bulk([before.pk, after.pk, light.pk])
    assert [
        (told[task.pk].urgency, told[task.pk].minutes, told[task.pk].version) for task in (before, after, light)
    ] == [
        (65, D("4.00"), 2),
        (65, D("4.00"), 1),
        (50, None, 1),
    ]
    assert AuditEntry.objects.filter(verb="apply", kind="task rules", number="MAIN").count() == 1


def test_a_picker_may_not_apply_rules(warehouse, worker, item):
    a_task(item, a_bin(warehouse, 1))
    TaskRule.objects.create(warehouse=warehouse, code="ALL", name="All", points=20)

    with pytest.raises(NotAllowed):
        apply_rules(warehouse_id=warehouse.pk, by=worker, at=NOW)
    assert WarehouseTask.objects.get().urgency == 50


def test_work_that_needs_a_skill_or_a_truck_goes_to_who_has_it(warehouse, worker, item):
    skill, truck = (
        Skill.objects.create(code="ADR", name="Dangerous goods"),
        EquipmentKind.objects.create(code="RT", name="Truck"),
    )
    TaskRule.objects.create(warehouse=warehouse, code="HIGH", name="High", min_level=2, skill=skill, equipment=truck)
    high = a_task(item, a_bin(warehouse, 1, level=2), kind=TaskKind.PICK)

    with pytest.raises(NoTask):
        following(warehouse, worker)
    skill.workers.add(worker.user)
    with pytest.raises(NoTask):
        following(warehouse, worker)
    for act in (claim_task, lambda **given: lock_task(version=None, **given)):
        with pytest.raises(NotQualified) as refusal:
            act(task_id=high.pk, by=worker, at=NOW)
        assert refusal.value.facts["task"] == high.number
    assert WarehouseTask.objects.get().state == TaskState.READY

    truck.workers.add(worker.user)
    other = EquipmentKind.objects.create(code="FL", name="Forklift")
    with pytest.raises(NoTask):
        following(warehouse, worker, equipment_id=other.pk)
    assert following(warehouse, worker, equipment_id=truck.pk) == high


def test_what_is_due_gets_more_urgent_soon_and_once_more_when_late(warehouse, worker, item):
    place = a_bin(warehouse, 1)
    soon, late, later = (a_task(item, place, due_at=NOW + timedelta(minutes=minutes)) for minutes in (60, -1, 61))
    never = a_task(item, place)

    assert press_due(warehouse_id=warehouse.pk, by=worker, at=NOW) == 2
    assert press_due(warehouse_id=warehouse.pk, by=worker, at=NOW) == 0

    told = dict(WarehouseTask.objects.values_list("pk", "urgency"))
    assert [told[task.pk] for task in (soon, late, later, never)] == [60, 70, 50, 50]
    assert following(warehouse, worker) == late


def test_beat_presses_what_is_due_in_every_warehouse(warehouse, item, django_assert_max_num_queries):
    a_task(item, a_bin(warehouse, 1), due_at=clock.now())
    a_task(item, LocationFactory(), due_at=clock.now())

    assert press_due_everywhere() == 2
    with django_assert_max_num_queries(20):
        assert press_due_everywhere() == 0


def test_a_sign_from_the_worker_renews_the_lease_and_others_give_none(warehouse, worker, item):
    TaskPolicy.objects.create(warehouse=warehouse, lease_minutes=10)
    task = a_task(item, a_bin(warehouse, 1))
    following(warehouse, worker)

    kept = renew_lease(task_id=task.pk, by=worker, at=NOW + timedelta(minutes=9))
    assert (kept.lease_until, kept.version) == (NOW + timedelta(minutes=19), 2)
    ben = a_worker(warehouse, "ben")
    with pytest.raises(TaskStale):
        renew_lease(task_id=task.pk, by=ben, at=NOW)
    following(warehouse, ben, at=NOW + timedelta(minutes=19))

    with pytest.raises(TaskStale):
        renew_lease(task_id=task.pk, by=worker, at=NOW + timedelta(minutes=19))


def test_a_supervisor_gives_a_task_to_a_worker_of_the_site(warehouse, worker, item):
    task, boss = a_task(item, a_bin(warehouse, 1)), a_worker(warehouse, "boss", Role.SUPERVISOR)
    stranger = UserFactory(username="stranger")

    with pytest.raises(NotAllowed):
        give_task(task_id=task.pk, worker_id=worker.user.pk, by=worker, at=NOW)
    with pytest.raises(WorkerElsewhere):
        give_task(task_id=task.pk, worker_id=stranger.pk, by=boss, at=NOW)
    given = give_task(task_id=task.pk, worker_id=worker.user.pk, by=boss, at=NOW)

    assert (given.assigned_to, given.state, given.started_at) == (worker.user, TaskState.ASSIGNED, NOW)
    assert following(warehouse, worker) == task
    with pytest.raises(TaskTaken):
        give_task(task_id=task.pk, worker_id=boss.user.pk, by=boss, at=NOW)
    assert AuditEntry.objects.get(verb="give").detail == {"worker": "ann"}


def test_the_minutes_of_a_task_count_from_when_its_worker_took_it(warehouse, worker, item):
    place = a_bin(warehouse, 1)
    task, untaken = a_task(item, place), a_task(item, place)
    following(warehouse, worker)
    hand_back_task(task_id=task.pk, by=worker, at=NOW + timedelta(minutes=5))
    following(warehouse, worker, at=NOW + timedelta(minutes=6))

    ended = done(WarehouseTask.objects.get(pk=task.pk), worker, at=NOW + timedelta(minutes=8, seconds=30))
    never = done(untaken, worker)

    assert (ended.worked_minutes, never.worked_minutes) == (D("2.50"), None)


def test_what_is_best_is_found_by_as_many_statements_among_two_as_among_twenty(
    warehouse, worker, item, django_assert_num_queries
):
    for number in range(20):
        a_task(item, a_bin(warehouse, number))
    done(following(warehouse, worker), worker)

    for _ in range(2):
        with django_assert_num_queries(4):
            task = following(warehouse, worker)
        done(task, worker)
