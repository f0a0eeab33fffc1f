"""Orders that wait for somebody's word."""

from decimal import Decimal as D

import pytest

from apps.core import clock
from apps.core.errors import NotAllowed
from apps.journal.models import AuditEntry
from apps.ledger.models import StockBalance
from apps.orders.errors import HoldReleased, HoldThere, OrderOnHold, OrderOver
from apps.orders.models import OrderHold, Pick
from apps.orders.models.order import HoldKind
from apps.orders.operations import (
    allocate_order,
    allocate_orders,
    cancel_sales_order,
    hold_order,
    release_order_hold,
    release_wave,
    ship_order_shipment,
)
from apps.shipping.operations import load_carton
from apps.supply.models import Promise
from apps.tasks.errors import TaskStale
from tests.factories.api import a_person, refused
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import WarehouseFactory
from tests.factories.orders import a_sales_order, allocated, packed, pick, refusing, released


def held(order, floor, kind=HoldKind.CREDIT, reason="over the limit"):
    return hold_order(order_id=order.pk, kind=kind, reason=reason, by=floor.boss, at=clock.now())


def let_go(order, floor, kind=HoldKind.CREDIT):
    return release_order_hold(order_id=order.pk, kind=kind, note_text="paid", by=floor.boss, at=clock.now())


def test_an_order_on_hold_is_not_allocated_until_every_hold_is_released(floor):
    stock(floor.bolt, floor.face, 10)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))
    held(order, floor)
    held(order, floor, HoldKind.ADDRESS, "no such street")

    with refusing(OrderOnHold) as refusal:
        allocate_order(order_id=order.pk, by=floor.boss, at=clock.now())
    assert refusal.value.facts == {"order": order.number, "holds": ["credit", "address"]}
    assert allocate_orders(order_ids=[order.pk], by=floor.boss, at=clock.now()) == []
    let_go(order, floor)
    with refusing(OrderOnHold):
        allocate_order(order_id=order.pk, by=floor.boss, at=clock.now())
    let_go(order, floor, HoldKind.ADDRESS)

    assert allocated(order).state == "allocated"
    first = OrderHold.objects.get(kind="credit")
    assert (first.reason, first.placed_by, first.released_by) == ("over the limit", floor.boss.user, floor.boss.user)
    assert list(AuditEntry.objects.filter(number=order.number).order_by("pk").values_list("verb", flat=True)) == [
        "confirm",
        "hold",
        "hold",
        "release hold",
        "release hold",
        "allocate",
    ]


def test_an_allocated_order_on_hold_keeps_its_goods_and_is_not_released(floor):
    stock(floor.bolt, floor.face, 10)
    order = allocated(a_sales_order(floor.warehouse, (floor.bolt, 4)))

    held(order, floor)

    with refusing(OrderOnHold):
        release_wave(warehouse_id=floor.warehouse.pk, order_ids=[order.pk], by=floor.boss, at=clock.now())
    assert StockBalance.objects.get().reserved == D(4)


def test_a_hold_pulls_unstarted_picks_back_and_its_goods_stay_promised(floor):
    stock(floor.bolt, floor.face, 4)
    stock(floor.nut, floor.near, 3)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4), (floor.nut, 3))
    wave = released(order)
    later = a_sales_order(floor.warehouse, (floor.bolt, 4))

    order = held(order, floor)

    assert order.state == "confirmed"
    assert set(Pick.objects.values_list("state", "task__state")) == {("cancelled", "cancelled")}
    wave.refresh_from_db()
    assert wave.state == "done"
    assert set(StockBalance.objects.values_list("reserved", flat=True)) == {D(0)}
    assert list(Promise.objects.filter(document=order.number).values_list("quantity", "allocated")) == [
        (D(4), D(0)),
        (D(3), D(0)),
    ]
    assert allocate_orders(order_ids=[later.pk], by=floor.boss, at=clock.now()) == []
    let_go(order, floor)
    assert allocated(order).state == "allocated"


def test_what_is_picked_before_a_hold_is_packed_and_does_not_leave(floor):
    stock(floor.bolt, floor.face, 4)
    stock(floor.nut, floor.near, 3)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4), (floor.nut, 3))
    first, second = released(order).picks.order_by("pk")
    pick(first, 4, floor.tote)

    order = held(order, floor, HoldKind.FRAUD)

    assert order.state == "picked"
    with refusing(TaskStale):
        pick(second, 3, floor.tote)
    shipment = packed(order)
    load_carton(carton_id=shipment.cartons.get().pk, dock_id=floor.door.pk, by=floor.picker, at=clock.now())
    with refusing(OrderOnHold):
        ship_order_shipment(shipment_id=shipment.pk, by=floor.picker, at=clock.now())
    let_go(order, floor, HoldKind.FRAUD)
    ship_order_shipment(shipment_id=shipment.pk, by=floor.picker, at=clock.now())
    order.refresh_from_db()
    assert order.state == "part_shipped"


def test_a_hold_that_cannot_be_is_refused(floor):
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))
    held(order, floor)

    with pytest.raises(HoldThere):
        held(order, floor)
    with pytest.raises(HoldReleased):
        let_go(order, floor, HoldKind.FRAUD)
    with pytest.raises(NotAllowed):
        hold_order(order_id=order.pk, kind=HoldKind.MANUAL, reason="x", by=an_actor(), at=clock.now())
    cancel_sales_order(order_id=order.pk, reason="x", by=floor.boss, at=clock.now())
    with pytest.raises(OrderOver):
        held(order, floor, HoldKind.MANUAL)
    assert OrderHold.objects.count() == 1


def test_holds_over_http(floor):
    desk = a_person(floor.warehouse, roles=["sales"])
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))

    shown = desk.post(f"/sales-orders/{order}/hold", {"kind": "credit", "reason": "over the limit"}, key="h1")
    again = desk.post(f"/sales-orders/{order}/hold", {"kind": "credit", "reason": "over the limit"}, key="h1")

    assert (shown.status_code, shown.json()) == (200, again.json())
    assert (shown.json()["on_hold"], [hold["kind"] for hold in shown.json()["holds"]]) == (True, ["credit"])
    assert [row["number"] for row in desk.get("/sales-orders", on_hold="true").json()["results"]] == [order.number]
    assert len(desk.get("/order-holds", open="true").json()["results"]) == 1
    other = a_person(WarehouseFactory(), roles=["sales"])
    refused(other.post(f"/sales-orders/{order}/hold", {"kind": "fraud", "reason": "x"}), 404, "not_found")
    refused(desk.post(f"/sales-orders/{order}/hold", {"kind": "mood", "reason": "x"}), 400, "malformed")
    gone = desk.post(f"/sales-orders/{order}/release-hold", {"kind": "credit", "note": "paid"})
    assert gone.json()["on_hold"] is False
    refused(desk.post(f"/sales-orders/{order}/release-hold", {"kind": "credit"}), 409, "hold_released")
