"""The queue: claim, lease, hand back, complete, cancel."""

from datetime import timedelta

import pytest

from apps.core import clock
from apps.core.errors import IllegalTransition
from apps.tasks.errors import NoTask, TaskStale, TaskTaken
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import (
    cancel_tasks,
    claim_next_task,
    claim_task,
    complete_task,
    hand_back_task,
    lock_task,
    make_tasks,
)
from apps.tasks.states import TaskKind, TaskState
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory, works_at
from tests.factories.tasks import some_tasks

NOW = clock.now()
LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def warehouse(db):
    return WarehouseFactory(code="MAIN")


@pytest.fixture
def worker(warehouse):
    return a_worker(warehouse, "ann")


def a_worker(warehouse, username):
    return an_actor(works_at(UserFactory(username=username), warehouse))


def following(warehouse, worker, at=NOW, **more):
    return claim_next_task(warehouse_code=warehouse.code, by=worker, at=at, **more)


def test_tasks_come_by_priority_then_as_one_walks(warehouse, worker):
    far, near = (some_tasks(warehouse, sequence=place)[0] for place in (20, 10))
    (urgent,) = some_tasks(warehouse, sequence=30, priority=90)

    walked = []
    for _ in range(3):
        task = following(warehouse, worker)
        complete_task(task, by=worker, at=NOW)
        walked.append(task)

    assert walked == [urgent, near, far]


def test_a_claimed_task_is_leased_to_its_worker(warehouse, worker):
    (task,) = some_tasks(warehouse)

    claimed = following(warehouse, worker)

    assert (claimed, claimed.state, claimed.assigned_to, claimed.lease_until, claimed.version) == (
        task,
        TaskState.ASSIGNED,
        worker.user,
        LATER,
        2,
    )


def test_a_worker_gets_their_own_task_again_with_a_new_lease(warehouse, worker):
    first, _ = some_tasks(warehouse, 2)
    following(warehouse, worker)

    again = following(warehouse, worker, at=NOW + timedelta(minutes=5))

    assert (again, again.version, again.lease_until) == (first, 2, LATER + timedelta(minutes=5))


def test_another_worker_gets_another_task_then_none(warehouse, worker):
    first, second = some_tasks(warehouse, 2)
    ben, cat = a_worker(warehouse, "ben"), a_worker(warehouse, "cat")

    assert following(warehouse, worker) == first
    assert following(warehouse, ben) == second
    with pytest.raises(NoTask) as refusal:
        following(warehouse, cat)
    assert refusal.value.facts == {"warehouse": "MAIN"}


def test_a_task_whose_lease_ran_out_goes_to_the_next(warehouse, worker):
    (task,) = some_tasks(warehouse)
    following(warehouse, worker)
    ben = a_worker(warehouse, "ben")

    taken = following(warehouse, ben, at=LATER)

    assert (taken, taken.assigned_to, taken.version) == (task, ben.user, 3)
    with pytest.raises(TaskTaken):
        lock_task(task_id=task.pk, version=None, by=worker, at=LATER)


def test_only_the_kinds_asked_for_and_the_workers_own_warehouses_count(warehouse, worker):
    some_tasks(warehouse)
    other = WarehouseFactory(code="OTHER")
    some_tasks(other)

    for code, kinds in (("MAIN", [TaskKind.PICK]), ("OTHER", list(TaskKind))):
        with pytest.raises(NoTask):
            claim_next_task(warehouse_code=code, kinds=kinds, by=worker, at=NOW)
    assert not WarehouseTask.objects.exclude(state=TaskState.READY).exists()


def test_a_certain_task_is_claimed_unless_another_holds_it(warehouse, worker):
    _, wanted = some_tasks(warehouse, 2)
    ben = a_worker(warehouse, "ben")

    assert claim_task(task_id=wanted.pk, by=worker, at=NOW).assigned_to == worker.user
    with pytest.raises(TaskTaken) as refusal:
        claim_task(task_id=wanted.pk, by=ben, at=NOW)
    assert refusal.value.facts == {"task": wanted.number, "worker": "ann"}
    assert claim_task(task_id=wanted.pk, by=ben, at=LATER).assigned_to == ben.user


def test_a_task_that_is_done_or_cancelled_is_stale(warehouse, worker):
    done, cancelled = some_tasks(warehouse, 2)
    complete_task(done, by=worker, at=NOW)
    cancel_tasks([cancelled.pk])

    for task in (done, cancelled):
        with pytest.raises(TaskStale):
            claim_task(task_id=task.pk, by=worker, at=NOW)
        with pytest.raises(TaskStale):
            lock_task(task_id=task.pk, version=None, by=worker, at=NOW)
        with pytest.raises(IllegalTransition):
            hand_back_task(task_id=task.pk, by=worker, at=NOW)


def test_a_task_handed_back_is_free_again(warehouse, worker):
    (task,) = some_tasks(warehouse)
    following(warehouse, worker)
    ben = a_worker(warehouse, "ben")

    with pytest.raises(TaskTaken):
        hand_back_task(task_id=task.pk, by=ben, at=NOW)
    back = hand_back_task(task_id=task.pk, by=worker, at=NOW)

    assert (back.state, back.assigned_to, back.lease_until, back.version) == (TaskState.READY, None, None, 3)
    assert following(warehouse, ben) == task


def test_a_confirm_names_the_version_it_saw(warehouse, worker):
    (task,) = some_tasks(warehouse)
    following(warehouse, worker)

    with pytest.raises(TaskStale) as refusal:
        lock_task(task_id=task.pk, version=1, by=worker, at=NOW)

    assert refusal.value.facts == {"task": task.number, "seen": 1, "version": 2, "state": "assigned"}
    assert lock_task(task_id=task.pk, version=2, by=worker, at=LATER) == task


def test_cancelling_leaves_what_is_done(warehouse, worker):
    done, ready, assigned = some_tasks(warehouse, 3)
    complete_task(done, by=worker, at=NOW)
    claim_task(task_id=assigned.pk, by=worker, at=NOW)

    cancelled = cancel_tasks([done.pk, ready.pk, assigned.pk])

    assert cancelled == [ready, assigned]
    told = [(task.pk, task.state, task.version) for task in cancelled]
    assert told == [(ready.pk, TaskState.CANCELLED, 2), (assigned.pk, TaskState.CANCELLED, 3)]
    assert list(WarehouseTask.objects.order_by("pk").values_list("pk", "state", "version")) == [
        (done.pk, TaskState.DONE, 2),
        *told,
    ]


def test_of_many_that_advance_together_none_does_when_one_may_not(warehouse, worker):
    ready, done = some_tasks(warehouse, 2)
    complete_task(done, by=worker, at=NOW)

    with pytest.raises(IllegalTransition):
        WarehouseTask.advance_all([ready, done], TaskState.CANCELLED)

    assert list(WarehouseTask.objects.order_by("pk").values_list("state", flat=True)) == ["ready", "done"]


def test_no_tasks_draw_no_numbers(warehouse, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert make_tasks([], warehouse_id=warehouse.pk, at=NOW) == []
