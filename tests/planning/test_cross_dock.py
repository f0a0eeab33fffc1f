"""Goods that an order waits for go from the dock to a lane, and out from there."""

from datetime import date
from decimal import Decimal as D

import pytest

from apps.accounts.models import SYSTEM, User
from apps.accounts.roles import Role
from apps.core import clock
from apps.core.codes import make_sscc
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.models import AuditEntry, OutboxMessage
from apps.ledger.models import Lot, StockBalance
from apps.ledger.operations import hold_lots, release_holds
from apps.ledger.states import HoldReason
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.orders.models import SalesOrder
from apps.planning.jobs import cross_dock as job
from apps.planning.operations import cross_dock, serve_lanes
from apps.purchasing.operations import Arrival, close_receipt, open_receipt, receive_lines
from apps.storage.models import Putaway
from apps.storage.operations import confirm_putaway, propose_again
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import claim_next_task
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.factories.orders import a_sales_order
from tests.factories.purchasing import an_approved_order, receive_line
from tests.invariants import assert_invariants


@pytest.fixture
def floor(db):
    warehouse = WarehouseFactory(code="MAIN")
    LocationFactory(warehouse=warehouse, code="A-01")
    LocationFactory(warehouse=warehouse, code="LANE-1", is_cross_dock=True)
    LocationFactory(warehouse=warehouse, code="DOCK", kind=LocationKind.DOCK)
    return warehouse


@pytest.fixture
def system(db):
    return Actor(user=User.objects.get(username=SYSTEM), job="planning.cross_dock")


def came(warehouse, *lines):
    """A truck brought these (item, quantity, label); the receipt is closed."""
    order = an_approved_order(warehouse, *((item, quantity) for item, quantity, *_ in lines))
    told = {"by": an_actor(), "at": clock.now()}
    dock = Location.objects.get(warehouse=warehouse, kind=LocationKind.DOCK)
    receipt = open_receipt(order_ids=[order.pk], dock_id=dock.pk, **told)
    for number, (_, quantity, *label) in enumerate(lines, start=1):
        receive_line(receipt_id=receipt.pk, line=number, quantity=D(quantity), **(label[0] if label else {}), **told)
    return close_receipt(receipt_id=receipt.pk, **told)


def send(warehouse, by):
    return cross_dock(warehouse_id=warehouse.pk, by=by, at=clock.now())


def targets(warehouse):
    tasks = WarehouseTask.objects.open().filter(warehouse=warehouse).order_by("pk")
    return list(tasks.values_list("item__number", "target__code", "quantity"))


def test_goods_that_an_order_waits_for_go_to_the_lane_and_the_rest_to_its_bin(floor, system):
    bolt, nut = ItemFactory(number="BOLT"), ItemFactory(number="NUT")
    order = a_sales_order(floor, (bolt, 4))

    came(floor, (bolt, 10), (nut, 5))
    assert targets(floor) == [("BOLT", "A-01", D(10)), ("NUT", "A-01", D(5))]
    [putaway] = send(floor, system)

    assert targets(floor) == [("BOLT", "LANE-1", D(4)), ("NUT", "A-01", D(5)), ("BOLT", "A-01", D(6))]
    assert putaway.reasons == [
        {"rule": "cross_dock", "points": 0, "sentence": f"{order.number} waits for 4: it goes out from here."}
    ]
    assert WarehouseTask.objects.get(putaway=putaway).priority == 80
    assert AuditEntry.objects.of("warehouse", "MAIN").get(verb="cross-dock").detail["putaways"] == [putaway.pk]
    assert_invariants()


def test_what_stands_in_the_lane_is_allocated_to_who_waited_first(floor, system):
    bolt = ItemFactory(number="BOLT")
    first, second = a_sales_order(floor, (bolt, 4)), a_sales_order(floor, (bolt, 4))
    came(floor, (bolt, 5))
    [putaway] = send(floor, system)
    lane = Location.objects.get(code="LANE-1")

    confirm_putaway(task_id=putaway.task_id, location_id=lane.pk, quantity=D(5), by=an_actor(), at=clock.now())
    served = serve_lanes(warehouse_id=floor.pk, by=system, at=clock.now())

    assert [order.number for order in served] == [first.number, second.number]
    assert StockBalance.objects.get(location=lane).reserved == D(5)
    reserved = {order: order.lines.get().allocations.get().quantity for order in SalesOrder.objects.all()}
    assert reserved == {first: D(4), second: D(1)}
    assert serve_lanes(warehouse_id=floor.pk, by=system, at=clock.now()) == []
    assert_invariants()


def test_a_second_run_and_a_second_truck_send_no_more_than_is_owed(floor, system):
    bolt = ItemFactory(number="BOLT")
    a_sales_order(floor, (bolt, 8))

    came(floor, (bolt, 5))
    assert len(send(floor, system)) == 1
    assert send(floor, system) == []
    came(floor, (bolt, 5))
    assert len(send(floor, system)) == 1
    assert send(floor, system) == []

    assert targets(floor) == [("BOLT", "LANE-1", D(5)), ("BOLT", "LANE-1", D(3)), ("BOLT", "A-01", D(2))]


def test_an_order_that_stock_covers_waits_for_nothing(floor, system):
    bolt = ItemFactory(number="BOLT")
    stock(bolt, Location.objects.get(code="A-01"), 10)
    a_sales_order(floor, (bolt, 4))
    came(floor, (bolt, 5))

    assert send(floor, system) == []


def test_the_lot_that_expires_first_goes_first_and_a_held_one_nowhere(floor, system):
    milk = ItemFactory(number="MILK", perishable=True)
    a_sales_order(floor, (milk, 6))
    dates = {"L1": date(2098, 1, 1), "L2": date(2099, 1, 1), "L0": date(2097, 1, 1)}
    order = an_approved_order(floor, (milk, 15))
    told = {"by": an_actor(), "at": clock.now()}
    dock = Location.objects.get(kind=LocationKind.DOCK, warehouse=floor)
    receipt = open_receipt(order_ids=[order.pk], dock_id=dock.pk, **told)
    lots = {
        lot: receive_line(receipt_id=receipt.pk, line=1, quantity=D(5), lot_number=lot, expires_on=dates[lot], **told)[
            0
        ].lot_id
        for lot in ("L2", "L1", "L0")
    }
    close_receipt(receipt_id=receipt.pk, **told)
    hold_lots([lots["L0"]], reason=HoldReason.QUALITY, by=system)

    sent = send(floor, system)

    assert [(each.task.lot.number, WarehouseTask.objects.get(pk=each.task_id).quantity) for each in sent] == [
        ("L1", D(5)),
        ("L2", D(1)),
    ]


def test_what_a_worker_has_in_hand_goes_where_it_was_going(floor, system):
    bolt = ItemFactory(number="BOLT")
    a_sales_order(floor, (bolt, 4))
    came(floor, (bolt, 4))
    worker = Actor(user=works_at(UserFactory(roles=[Role.PICKER]), floor))
    claim_next_task(warehouse_code="MAIN", by=worker, at=clock.now())

    assert send(floor, system) == []
    assert targets(floor) == [("BOLT", "A-01", D(4))]


def test_a_lane_that_may_not_hold_it_gets_nothing_and_no_lane_means_no_cross_docking(floor, system):
    bolt = ItemFactory(number="BOLT")
    a_sales_order(floor, (bolt, 4))
    came(floor, (bolt, 4))

    Location.objects.filter(code="LANE-1").update(max_units=3)
    assert send(floor, system) == []
    Location.objects.filter(code="LANE-1").update(is_active=False)
    assert send(floor, system) == []
    assert targets(floor) == [("BOLT", "A-01", D(4))]


def test_a_lane_that_a_worker_could_not_use_is_not_proposed_to_the_same_putaway_again(floor, system):
    bolt = ItemFactory(number="BOLT")
    a_sales_order(floor, (bolt, 4))
    came(floor, (bolt, 4))
    [putaway] = send(floor, system)
    told = {"by": an_actor(), "at": clock.now()}

    propose_again(task_id=putaway.task_id, reason_code="FULL", **told)

    assert targets(floor) == [("BOLT", "A-01", D(4))]
    assert send(floor, system) == []
    assert targets(floor) == [("BOLT", "A-01", D(4))]
    LocationFactory(warehouse=floor, code="LANE-2", is_cross_dock=True)
    assert len(send(floor, system)) == 1
    assert targets(floor) == [("BOLT", "LANE-2", D(4))]


def a_pallet_of(warehouse, item, *lots):
    """A pallet with two of each of these lots came in; it waits to be put away."""
    order = an_approved_order(warehouse, (item, 2 * len(lots)))
    told = {"by": an_actor(), "at": clock.now()}
    dock = Location.objects.get(warehouse=warehouse, kind=LocationKind.DOCK)
    receipt = open_receipt(order_ids=[order.pk], dock_id=dock.pk, **told)
    arrivals = [
        Arrival(line=1, quantity=D(2), lot_number=lot, expires_on=day, sscc=make_sscc(3, "4012345", 1))
        for lot, day in lots
    ]
    rows = receive_lines(receipt_id=receipt.pk, arrivals=arrivals, **told)
    close_receipt(receipt_id=receipt.pk, **told)
    return [row.lot for row in rows]


def test_a_pallet_of_several_lots_goes_to_no_lane_while_one_of_them_is_on_hold(floor, system):
    milk = ItemFactory(number="MILK", perishable=True)
    a_sales_order(floor, (milk, 4))
    _, bad = a_pallet_of(floor, milk, ("L1", date(2098, 1, 1)), ("L2", date(2099, 1, 1)))
    [hold] = hold_lots([bad.pk], reason=HoldReason.QUALITY, by=system)

    assert send(floor, system) == []
    release_holds([hold], by=system, at=clock.now())

    assert [putaway.proposed.code for putaway in send(floor, system)] == ["LANE-1"]


def test_expired_goods_at_the_dock_go_to_no_lane(floor, system):
    milk = ItemFactory(number="MILK", perishable=True)
    a_sales_order(floor, (milk, 4))
    came(floor, (milk, 4, {"lot_number": "L1", "expires_on": date(2099, 1, 1)}))
    Lot.objects.update(expires_on=floor.local_date(clock.now()))

    assert send(floor, system) == []


def test_nothing_that_nobody_waits_for_is_proposed_for_a_lane(floor):
    Location.objects.filter(code="A-01").update(is_active=False)
    came(floor, (ItemFactory(number="BOLT"), 4))

    assert targets(floor) == [("BOLT", None, D(4))]


def test_a_picker_plans_no_cross_docking(floor):
    with pytest.raises(NotAllowed):
        send(floor, Actor(user=UserFactory(roles=[Role.PICKER])))
    with pytest.raises(NotAllowed):
        serve_lanes(warehouse_id=floor.pk, by=Actor(user=UserFactory(roles=[Role.PICKER])), at=clock.now())


def test_closing_a_receipt_asks_for_the_job_and_the_job_does_both(floor, system):
    bolt = ItemFactory(number="BOLT")
    order = a_sales_order(floor, (bolt, 4))
    came(floor, (bolt, 4))
    assert OutboxMessage.objects.filter(job="planning.cross_dock").count() == 1

    assert job() == 1
    (putaway,) = Putaway.objects.filter(proposed__code="LANE-1")
    lane = Location.objects.get(code="LANE-1")
    confirm_putaway(task_id=putaway.task_id, location_id=lane.pk, quantity=D(4), by=an_actor(), at=clock.now())
    assert job() == 0

    order.refresh_from_db()
    assert order.state == "allocated"
    assert_invariants()
