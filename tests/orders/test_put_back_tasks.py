"""Picked goods that are wanted no more are tasks of the one queue: claimed, led to, confirmed."""

from decimal import Decimal as D

import pytest

from apps.core import clock
from apps.locations.choices import LocationKind
from apps.orders.errors import NotAPutBack, NothingToPutBack
from apps.orders.models import PickReturn, PutBack
from apps.orders.operations import (
    LineChange,
    cancel_sales_order,
    change_sales_order,
    confirm_put_back,
    put_back,
    sort_pick,
)
from apps.tasks.errors import TaskTaken
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import claim_task
from apps.tasks.states import TaskKind
from tests.factories.api import a_worker, refused
from tests.factories.ledger import LotFactory, an_actor, stands, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import a_sales_order, pick, refusing, released
from tests.factories.tasks import a_task


@pytest.fixture
def given_up(floor):
    """Four bolts picked from the face for an order that was cancelled."""
    stock(floor.bolt, floor.face, 4)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))
    (one,) = released(order).picks.all()
    pick(one, 4, floor.tote)
    cancel_sales_order(order_id=order.pk, reason="x", by=floor.boss, at=clock.now())
    return one


def task_of(one):
    return PutBack.objects.open().get(pick=one).task


def test_what_is_to_be_put_back_is_a_task_from_the_tote_to_its_bin(floor, given_up):
    task = task_of(given_up)

    assert (task.kind, task.state, task.document, task.item, task.quantity, task.source, task.target) == (
        "put_back",
        "ready",
        given_up.allocation.line.order.number,
        floor.bolt,
        D(4),
        floor.tote,
        floor.face,
    )


def test_it_names_lot_and_leaves_the_bin_open_where_that_is_none_any_more(floor):
    lot = LotFactory(item=floor.milk, number="M1")
    stock(floor.milk, floor.near, 2, lot=lot)
    order = a_sales_order(floor.warehouse, (floor.milk, 2))
    (one,) = released(order).picks.all()
    pick(one, 2, floor.tote)
    floor.near.is_active = False
    floor.near.save()

    cancel_sales_order(order_id=order.pk, reason="x", by=floor.boss, at=clock.now())

    task = task_of(one)
    assert (task.lot, task.target) == (lot, None)


def test_the_worker_is_led_to_it_and_confirms_it_by_the_queue(floor, given_up):
    hand = a_worker(floor.warehouse)

    task = hand.post("/tasks/next", {"warehouse": "MAIN", "kinds": ["put_back"]}).json()
    assert (task["kind"], task["source"], task["target"], task["quantity"]) == ("put_back", "TOTE-1", "N-01", "4")
    path = f"/tasks/{task['number']}/confirm"
    body = {"version": task["version"], "quantity": "4", "location": "N-01"}
    refused(hand.post(path, {**body, "location": "TOTE-1"}), 409, "put_back_elsewhere")
    refused(hand.post(path, {**body, "quantity": "5"}), 409, "nothing_to_put_back")
    refused(a_worker(WarehouseFactory()).post(path, body), 404, "not_found")
    done = hand.post(path, body, key="p1")
    again = hand.post(path, body, key="p1")

    assert (done.status_code, done.json(), done.json()["state"]) == (200, again.json(), "done")
    assert stands(floor.bolt) == {"N-01": D(4)}
    given_up.refresh_from_db()
    assert (given_up.returned, given_up.allocation.line.order.state) == (D(4), "cancelled")
    row = PickReturn.objects.get()
    assert (row.put_back, row.quantity, row.transaction.reason) == (PutBack.objects.get(), D(4), "x")
    facts = refused(hand.post(path, {"quantity": "4"}), 409, "task_stale")
    assert facts["state"] == "done"


def test_without_a_bin_the_confirm_goes_where_the_task_leads(floor, given_up):
    task = task_of(given_up)

    assert a_worker(floor.warehouse).post(f"/tasks/{task.number}/confirm", {"quantity": "4"}).status_code == 200

    assert stands(floor.bolt) == {"N-01": D(4)}


def test_a_part_is_followed_by_a_task_for_the_rest(floor, given_up):
    first = task_of(given_up)

    confirm_put_back(task_id=first.pk, location_id=floor.near.pk, quantity=D(1), by=floor.picker, at=clock.now())

    rest = task_of(given_up)
    first.refresh_from_db()
    assert (first.state, rest.state, rest.quantity, rest.source, rest.target) == (
        "done",
        "ready",
        D(3),
        floor.tote,
        floor.face,
    )
    confirm_put_back(task_id=rest.pk, location_id=floor.face.pk, by=floor.picker, at=clock.now())
    assert stands(floor.bolt) == {"N-01": D(3), "N-02": D(1)}
    assert not WarehouseTask.objects.open().exists()


def test_putting_back_at_the_desk_does_the_tasks_too(floor, given_up):
    task = task_of(given_up)

    put_back(pick_id=given_up.pk, location_id=floor.near.pk, by=floor.picker, at=clock.now())

    task.refresh_from_db()
    assert (task.state, task.done_by) == ("done", floor.picker.user)


def test_what_another_worker_has_in_hand_is_not_put_back_behind_them(floor, given_up):
    task = task_of(given_up)
    claim_task(task_id=task.pk, by=an_actor(), at=clock.now())

    with refusing(TaskTaken):
        put_back(pick_id=given_up.pk, location_id=floor.near.pk, by=floor.picker, at=clock.now())

    assert stands(floor.bolt) == {"TOTE-1": D(4)}


def test_a_shrunken_line_asks_once_for_each_change_and_each_task_for_its_own(floor):
    stock(floor.bolt, floor.face, 8)
    order = a_sales_order(floor.warehouse, (floor.bolt, 8))
    (one,) = released(order).picks.all()
    pick(one, 8, floor.tote)
    for wanted in (6, 3):
        lines = [LineChange(line=1, quantity=D(wanted))]
        change_sales_order(order_id=order.pk, lines=lines, by=floor.boss, at=clock.now())
    first, second = WarehouseTask.objects.filter(kind=TaskKind.PUT_BACK).order_by("pk")
    assert (first.quantity, second.quantity) == (D(2), D(3))

    with refusing(NothingToPutBack):
        confirm_put_back(task_id=first.pk, location_id=floor.face.pk, quantity=D(3), by=floor.picker, at=clock.now())
    confirm_put_back(task_id=second.pk, location_id=floor.face.pk, by=floor.picker, at=clock.now())

    first.refresh_from_db()
    assert (first.state, stands(floor.bolt)) == ("ready", {"N-01": D(3), "TOTE-1": D(5)})


def test_a_task_follows_the_goods_to_another_tote(floor):
    stock(floor.bolt, floor.face, 8)
    order = a_sales_order(floor.warehouse, (floor.bolt, 8))
    (one,) = released(order).picks.all()
    pick(one, 8, floor.tote)
    change_sales_order(order_id=order.pk, lines=[LineChange(line=1, quantity=D(5))], by=floor.boss, at=clock.now())
    other = LocationFactory(warehouse=floor.warehouse, code="TOTE-2", kind=LocationKind.TOTE)
    seen = task_of(one)

    sort_pick(pick_id=one.pk, tote_id=other.pk, by=floor.picker, at=clock.now())

    task = task_of(one)
    assert (task.pk, task.source, task.version) == (seen.pk, other, seen.version + 1)


def test_another_task_is_no_put_back(floor):
    task = a_task(floor.bolt, floor.face, kind=TaskKind.REPLENISH)

    with refusing(NotAPutBack):
        confirm_put_back(task_id=task.pk, location_id=floor.near.pk, by=floor.picker, at=clock.now())
