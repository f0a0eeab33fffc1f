"""The queue over HTTP."""

from datetime import timedelta

import pytest

from apps.core import clock
from apps.tasks.models import EquipmentKind, WarehouseTask
from apps.tasks.operations import claim_task, complete_task
from apps.tasks.states import TaskState
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, an_actor
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.tasks import a_task, some_tasks


@pytest.fixture
def warehouse(db):
    return WarehouseFactory(code="MAIN")


@pytest.fixture
def ann(warehouse):
    return a_worker(warehouse, username="ann")


@pytest.fixture
def ben(warehouse):
    return a_worker(warehouse, username="ben")


def test_a_task_reads_by_numbers_and_codes(warehouse, ann):
    lot = LotFactory(
        number="L1", item=ItemFactory(number="MILK", name="Milk", perishable=True), expires_on="2099-12-31"
    )
    dock, bin_ = LocationFactory(warehouse=warehouse, code="DOCK"), LocationFactory(warehouse=warehouse, code="A-1")
    task = a_task(lot.item, dock, 4, lot=lot, target=bin_)

    body = ann.get(f"/tasks/{task.number}").json()

    del body["created_at"]
    assert body == {
        "number": task.number,
        "version": 1,
        "kind": "putaway",
        "state": "ready",
        "warehouse": "MAIN",
        "document": "GR-000001",
        "item": "MILK",
        "item_name": "Milk",
        "lot": "L1",
        "expires_on": "2099-12-31",
        "serial": None,
        "unit": None,
        "unit_kind": None,
        "whole_unit": False,
        "quantity": "4",
        "source": "DOCK",
        "target": "A-1",
        "priority": 50,
        "urgency": 50,
        "due_at": None,
        "sequence": 0,
        "skill": None,
        "equipment": None,
        "minutes": None,
        "assigned_to": None,
        "device": None,
        "lease_until": None,
        "started_at": None,
        "done_at": None,
        "done_by": None,
        "worked_minutes": None,
    }


def test_the_next_task_is_leased_to_worker_and_device(warehouse, ann, ben):
    first, second = some_tasks(warehouse, 2)

    mine = ann.post("/tasks/next", {"warehouse": "MAIN"}).json()
    again = ann.post("/tasks/next", {"warehouse": "MAIN", "kinds": ["putaway"]}).json()
    other = ben.post("/tasks/next", {"warehouse": "MAIN"}).json()

    assert (mine["number"], mine["state"], mine["assigned_to"], mine["device"], mine["version"]) == (
        first.number,
        "assigned",
        "ann",
        ann.device.number,
        2,
    )
    assert (again["number"], other["number"]) == (first.number, second.number)
    facts = refused(a_worker(warehouse).post("/tasks/next", {"warehouse": "MAIN"}), 409, "no_task")
    assert facts == {"warehouse": "MAIN"}


def test_asking_for_the_next_needs_a_known_place_and_kind(warehouse, ann):
    some_tasks(warehouse)

    refused(ann.post("/tasks/next", {"warehouse": "NOSUCH"}), 404, "not_found")
    refused(ann.post("/tasks/next", {"warehouse": "MAIN", "kinds": ["juggle"]}), 400, "malformed")
    refused(ann.post("/tasks/next", {}), 400, "malformed")

    assert WarehouseTask.objects.get().state == TaskState.READY


def test_a_task_is_claimed_and_handed_back(warehouse, ann, ben):
    (task,) = some_tasks(warehouse)

    claimed = ann.post(f"/tasks/{task.number}/claim").json()
    assert (claimed["assigned_to"], claimed["version"]) == ("ann", 2)
    refused(ben.post(f"/tasks/{task.number}/claim"), 409, "task_taken")
    refused(ben.post(f"/tasks/{task.number}/hand-back"), 409, "task_taken")
    back = ann.post(f"/tasks/{task.number}/hand-back").json()
    assert (back["state"], back["assigned_to"], back["version"]) == ("ready", None, 3)
    complete_task(WarehouseTask.objects.get(), by=an_actor(ben.user), at=clock.now())
    refused(ann.post(f"/tasks/{task.number}/claim"), 409, "task_stale")


def test_another_warehouses_tasks_are_not_found(warehouse):
    (task,) = some_tasks(warehouse)
    stranger = a_worker(WarehouseFactory())

    assert stranger.get("/tasks").json()["results"] == []
    refused(stranger.get(f"/tasks/{task.number}"), 404, "not_found")
    refused(stranger.post(f"/tasks/{task.number}/claim"), 404, "not_found")
    refused(stranger.post(f"/tasks/{task.number}/hand-back"), 404, "not_found")
    refused(stranger.post("/tasks/next", {"warehouse": "MAIN"}), 404, "not_found")


def test_a_repeated_claim_gets_the_same_answer(warehouse, ann):
    some_tasks(warehouse, 2)

    answers = [ann.post("/tasks/next", {"warehouse": "MAIN"}, key="k1").json() for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert WarehouseTask.objects.filter(state=TaskState.ASSIGNED).count() == 1


def test_lists_filter_and_take_the_same_number_of_statements_for_2_and_20(warehouse):
    manager = a_person(warehouse)
    done, _ = some_tasks(warehouse, 2)
    few, _ = manager.statements(lambda: manager.get("/tasks"))
    some_tasks(warehouse, 18, document="OTHER")
    many, answer = manager.statements(lambda: manager.get("/tasks"))

    assert (len(answer.json()["results"]), many) == (20, few)
    complete_task(done, by=an_actor(), at=clock.now())
    for params, count in (
        ({"document": "OTHER"}, 18),
        ({"state": "done"}, 1),
        ({"open": "true"}, 19),
        ({"open": "false"}, 1),
        ({"kind": "pick"}, 0),
        ({"item": done.item.number}, 2),
        ({"assigned_to": "ann"}, 0),
    ):
        assert len(manager.get("/tasks", **params).json()["results"]) == count, params


def test_the_next_task_is_asked_for_from_a_place_with_a_truck(warehouse, ann):
    here, there = (LocationFactory(warehouse=warehouse, code=code, pick_sequence=n) for n, code in ((1, "A"), (9, "B")))
    truck = EquipmentKind.objects.create(code="RT", name="Reach truck")
    truck.workers.add(ann.user)
    item = ItemFactory()
    a_task(item, here)
    wanted = a_task(item, there)

    got = ann.post("/tasks/next", {"warehouse": "MAIN", "place": "B", "equipment": "RT"})

    assert (got.status_code, got.json()["number"]) == (200, wanted.number)
    refused(ann.post("/tasks/next", {"warehouse": "MAIN", "place": "NOWHERE"}), 404, "not_found")
    refused(ann.post("/tasks/next", {"warehouse": "MAIN", "equipment": "NONE"}), 404, "not_found")


def test_a_worker_gives_a_sign_and_a_supervisor_gives_a_task(warehouse, ann, ben):
    task, other = some_tasks(warehouse, 2)
    boss = a_worker(warehouse, username="boss", roles=("supervisor",))
    ann.post("/tasks/next", {"warehouse": "MAIN"})

    renewed = ann.post(f"/tasks/{task.number}/renew")
    given = boss.post(f"/tasks/{other.number}/give", {"worker": "ben"})

    assert (renewed.status_code, renewed.json()["assigned_to"]) == (200, "ann")
    assert (given.status_code, given.json()["assigned_to"], given.json()["device"]) == (200, "ben", None)
    refused(ben.post(f"/tasks/{task.number}/renew"), 409, "task_stale")
    refused(ann.post(f"/tasks/{other.number}/give", {"worker": "ben"}), 403, "not_allowed")
    refused(boss.post(f"/tasks/{other.number}/give", {"worker": "nobody"}), 404, "not_found")


def test_labour_is_told_by_worker_and_kind_and_to_a_worker_their_own(warehouse, ann, ben):
    boss = a_worker(warehouse, username="boss", roles=("supervisor",))
    first, second = some_tasks(warehouse, 2)
    at = clock.now()
    for task, who in ((first, ann), (second, ben)):
        claim_task(task_id=task.pk, by=an_actor(who.user), at=at)
        task.refresh_from_db()
        complete_task(task, by=an_actor(who.user), at=at + timedelta(minutes=3))
    today = warehouse.local_date(at).isoformat()
    asked = {"warehouse": "MAIN", "since": today, "until": today}

    rows = boss.get("/labour", **asked).json()

    assert rows == [
        {"worker": name, "kind": "putaway", "tasks": 1, "timed": 1, "minutes": "3.00", "usual_minutes": None}
        for name in ("ann", "ben")
    ]
    assert ann.get("/labour", **asked).json() == rows[:1]
    assert boss.get("/labour", **asked | {"until": "2020-01-01"}).status_code == 400
