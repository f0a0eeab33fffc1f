"""Orders that change after they were taken, at each stage."""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from apps.core import clock
from apps.core.errors import NotAllowed
from apps.journal.models import AuditEntry
from apps.ledger.models import StockBalance
from apps.locations.choices import LocationKind
from apps.orders.errors import AddressedAlready, AlreadyPacked, NoSuchLine, NothingLeft, OrderOver
from apps.orders.models import Pick, PutBack
from apps.orders.operations import (
    LineChange,
    ShipTo,
    change_sales_order,
    put_back,
    ship_order_shipment,
    sort_pick,
)
from apps.orders.operations.unpack import empty_carton
from apps.orders.queries import progress_of
from apps.shipping.operations import load_carton
from apps.supply.models import Promise
from apps.tasks.errors import TaskStale
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import claim_task
from tests.factories.api import a_person, refused
from tests.factories.ledger import LotFactory, an_actor, stands, stock
from tests.factories.locations import LocationFactory
from tests.factories.orders import a_sales_order, allocated, packed, pick, refusing, released


def change(order, floor, *lines, **more):
    changes = [LineChange(line=line, quantity=D(quantity)) for line, quantity in lines]
    return change_sales_order(order_id=order.pk, lines=changes, by=floor.boss, at=clock.now(), **more)


def figures(order):
    """Each line: ordered, allocated, picked, to be put back."""
    return [(each.ordered, each.allocated, each.picked, each.to_put_back) for each in progress_of([order.pk])[order.pk]]


def promised(order):
    return list(
        Promise.objects.filter(document=order.number, closed_at=None)
        .order_by("line")
        .values_list("line", "quantity", "allocated")
    )


def test_a_draft_changes_in_place(floor):
    order = a_sales_order(floor.warehouse, (floor.bolt, 4), (floor.nut, 2), confirm=False)

    change(order, floor, (1, 6), (2, 0), priority=90, ship_to=ShipTo(ship_to="Dock 9", city="Gdynia"))

    order.refresh_from_db()
    assert list(order.lines.values_list("line", "quantity")) == [(1, D(6)), (2, D(0))]
    assert (order.priority, order.ship_to, order.city, order.state) == (90, "Dock 9", "Gdynia", "draft")
    assert not Promise.objects.exists()
    assert AuditEntry.objects.get(verb="change").detail == {
        "reason": "",
        "line 1": "4 → 6",
        "line 2": "2 → 0",
        "ship_to": f"{order.customer.name} → Dock 9",
        "city": " → Gdynia",
        "priority": "50 → 90",
    }


def test_what_did_not_grow_keeps_its_place_and_growth_queues_anew(floor):
    stock(floor.bolt, floor.face, 10)
    first = a_sales_order(floor.warehouse, (floor.bolt, 4))
    second = a_sales_order(floor.warehouse, (floor.bolt, 5))

    change(first, floor, (1, 9))

    assert promised(first) == [(1, D(4), D(0)), (2, D(5), D(0))]
    assert list(first.lines.values_list("line", "grows__line", "promised_on")) == [
        (1, None, first.due_on),
        (2, 1, None),
    ]
    allocated(first)
    assert figures(first) == [(D(4), D(4), D(0), D(0)), (D(5), D(1), D(0), D(0))]
    allocated(second)
    assert figures(second) == [(D(5), D(5), D(0), D(0))]
    change(first, floor, (1, 3))
    assert promised(first) == [(1, D(3), D(3))]
    assert StockBalance.objects.get().reserved == D(8)


def test_less_of_an_allocated_order_frees_exactly_that(floor):
    stock(floor.bolt, floor.face, 3)
    stock(floor.bolt, floor.far, 10)
    order = allocated(a_sales_order(floor.warehouse, (floor.bolt, 8), (floor.nut, 1)))

    change(order, floor, (1, 4))

    assert figures(order)[0] == (D(4), D(4), D(0), D(0))
    assert promised(order) == [(1, D(4), D(4)), (2, D(1), D(0))]
    assert sorted(StockBalance.objects.values_list("reserved", flat=True)) == [D(1), D(3)]


def test_on_the_floor_the_pick_is_replaced_by_a_smaller_one(floor):
    stock(floor.bolt, floor.face, 10)
    order = a_sales_order(floor.warehouse, (floor.bolt, 8))
    wave = released(order)
    (old,) = wave.picks.all()

    order = change(order, floor, (1, 5))

    assert order.state == "released"
    with refusing(TaskStale):
        pick(old, 8, floor.tote)
    (new,) = wave.picks.filter(state="to_pick")
    assert (new.quantity, new.task.quantity, new.task.source) == (D(5), D(5), floor.face)
    pick(new, 5, floor.tote)
    order.refresh_from_db()
    assert (order.state, figures(order)) == ("picked", [(D(5), D(0), D(5), D(0))])
    wave.refresh_from_db()
    assert wave.state == "done"


def test_a_smaller_pick_is_as_urgent_as_the_one_that_it_replaces(floor):
    stock(floor.bolt, floor.face, 10)
    order = a_sales_order(floor.warehouse, (floor.bolt, 8), priority=70)
    wave = released(order)
    old = wave.picks.get().task

    change(order, floor, (1, 5))

    new = wave.picks.get(state="to_pick").task
    assert old.due_at is not None
    assert (new.priority, new.due_at, new.sequence) == (70, old.due_at, old.sequence)


def test_picked_goods_beyond_the_new_quantity_are_put_back(floor):
    stock(floor.bolt, floor.face, 10)
    order = a_sales_order(floor.warehouse, (floor.bolt, 8))
    (one,) = released(order).picks.all()
    pick(one, 8, floor.tote)

    change(order, floor, (1, 5), reason="fewer guests")

    assert figures(order) == [(D(5), D(0), D(5), D(3))]
    assert PutBack.objects.values_list("quantity", "returned", "reason").get() == (D(3), D(0), "fewer guests")
    put_back(pick_id=one.pk, location_id=floor.near.pk, by=floor.picker, at=clock.now())
    assert stands(floor.bolt) == {"N-01": D(2), "N-02": D(3), "TOTE-1": D(5)}
    shipment = packed_rest(order, one)
    load_carton(carton_id=shipment.cartons.get().pk, dock_id=floor.door.pk, by=floor.picker, at=clock.now())
    ship_order_shipment(shipment_id=shipment.pk, by=floor.picker, at=clock.now())
    order.refresh_from_db()
    assert order.state == "shipped"


def test_what_is_to_be_put_back_goes_along_when_its_pick_is_sorted(floor):
    stock(floor.bolt, floor.face, 10)
    order = a_sales_order(floor.warehouse, (floor.bolt, 8))
    (one,) = released(order).picks.all()
    pick(one, 8, floor.tote)
    change(order, floor, (1, 5))
    own = LocationFactory(warehouse=floor.warehouse, code="TOTE-2", kind=LocationKind.TOTE)

    sort_pick(pick_id=one.pk, tote_id=own.pk, by=floor.picker, at=clock.now())

    assert stands(floor.bolt) == {"N-01": D(2), "TOTE-2": D(8)}
    put_back(pick_id=one.pk, location_id=floor.near.pk, by=floor.picker, at=clock.now())
    assert stands(floor.bolt) == {"N-01": D(2), "N-02": D(3), "TOTE-2": D(5)}


def packed_rest(order, one):
    """As `packed`, of what is wanted of one pick."""
    one.picked = progress_of([order.pk])[order.pk][0].picked
    from apps.orders.operations import PackLine, complete_packing, open_carton, open_shipment, pack_picks  # noqa: PLC0415
    from apps.shipping.operations import close_carton  # noqa: PLC0415

    by, at = an_actor(), clock.now()
    shipment = open_shipment(order_id=order.pk, by=by, at=at)
    carton = open_carton(shipment_id=shipment.pk, by=by, at=at)
    pack_picks(carton_id=carton.pk, contents=[PackLine(pick_id=one.pk, quantity=one.picked)], by=by, at=at)
    close_carton(carton_id=carton.pk, by=by, at=at)
    return complete_packing(shipment_id=shipment.pk, by=by, at=at)


def test_what_is_packed_stays_until_its_carton_is_emptied(floor):
    stock(floor.bolt, floor.face, 8)
    order = a_sales_order(floor.warehouse, (floor.bolt, 8))
    (one,) = released(order).picks.all()
    pick(one, 8, floor.tote)
    shipment = packed(order)
    carton = shipment.cartons.get()

    with refusing(AlreadyPacked) as refusal:
        change(order, floor, (1, 5))

    assert refusal.value.facts == {
        "order": order.number,
        "line": 1,
        "packed": D(8),
        "cartons": [carton.unit.number],
    }
    assert "empty_carton" in refusal.value.recover
    with refusing(AddressedAlready):
        change(order, floor, ship_to=ShipTo(ship_to="Elsewhere"))
    assert figures(order) == [(D(8), D(0), D(8), D(0))]
    empty_carton(carton_id=carton.pk, tote_id=floor.tote.pk, reason="change", by=floor.boss, at=clock.now())
    change(order, floor, (1, 5))
    assert figures(order) == [(D(5), D(0), D(5), D(3))]


def test_a_line_taken_off_a_picked_order_leaves_the_rest_to_go(floor):
    stock(floor.bolt, floor.face, 4)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4), (floor.nut, 2))
    (one,) = released(order).picks.all()
    pick(one, 4, floor.tote)

    order = change(order, floor, (1, 0))

    assert (order.state, figures(order)) == ("confirmed", [(D(0), D(0), D(0), D(4)), (D(2), D(0), D(0), D(0))])
    assert promised(order) == [(2, D(2), D(0))]
    put_back(pick_id=one.pk, location_id=floor.face.pk, quantity=D(1), by=floor.picker, at=clock.now())
    put_back(pick_id=one.pk, location_id=floor.face.pk, by=floor.picker, at=clock.now())
    assert stands(floor.bolt) == {"N-01": D(4)}
    order.refresh_from_db()
    assert order.state == "confirmed"


def test_giving_up_the_back_order_by_a_change_ends_the_order(floor):
    stock(floor.bolt, floor.face, 3)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))
    (one,) = released(order).picks.all()
    pick(one, 3, floor.tote)
    shipment = packed(order)
    load_carton(carton_id=shipment.cartons.get().pk, dock_id=floor.door.pk, by=floor.picker, at=clock.now())
    ship_order_shipment(shipment_id=shipment.pk, by=floor.picker, at=clock.now())

    order = change(order, floor, (1, 3))

    assert order.state == "shipped"
    assert promised(order) == []


def test_a_later_day_gives_up_what_would_not_keep(floor):
    today = floor.warehouse.local_date(clock.now())
    soon, late = (LotFactory(item=floor.milk, expires_on=today + timedelta(days=days)) for days in (5, 90))
    stock(floor.milk, floor.face, 3, lot=soon)
    stock(floor.milk, floor.near, 9, lot=late)
    order = allocated(a_sales_order(floor.warehouse, (floor.milk, 5)))

    order = change(order, floor, due_on=today + timedelta(days=20))

    assert figures(order) == [(D(5), D(2), D(0), D(0))]
    assert Promise.objects.get().due_on == today + timedelta(days=20)
    assert figures(allocated(order)) == [(D(5), D(5), D(0), D(0))]
    assert StockBalance.objects.get(lot=late).reserved == D(5)


@pytest.mark.parametrize(
    ("lines", "refusal"), [([(7, 1)], NoSuchLine), ([(1, 0)], NothingLeft)], ids=["no such line", "nothing left"]
)
def test_a_change_that_cannot_be_is_refused_and_nothing_moved(floor, lines, refusal):
    stock(floor.bolt, floor.face, 4)
    order = allocated(a_sales_order(floor.warehouse, (floor.bolt, 4)))

    with refusing(refusal):
        change(order, floor, *lines)

    assert figures(order) == [(D(4), D(4), D(0), D(0))]


def test_who_may_not_sell_changes_nothing_and_what_is_over_is_not_changed(floor):
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))

    with pytest.raises(NotAllowed):
        change_sales_order(order_id=order.pk, priority=1, by=an_actor(), at=clock.now())
    order.advance("cancelled")
    Promise.objects.update(closed_at=clock.now())
    with pytest.raises(OrderOver):
        change(order, floor, (1, 3))


def test_changes_over_http(floor):
    desk = a_person(floor.warehouse, roles=["sales"])
    stock(floor.bolt, floor.face, 10)
    order = allocated(a_sales_order(floor.warehouse, (floor.bolt, 8)))
    body = {"lines": [{"line": 1, "quantity": "5"}, {"item": "NUT", "quantity": "2", "price": "1.5"}], "priority": 70}

    shown = desk.post(f"/sales-orders/{order}/change", body, key="c1")

    assert shown.status_code == 200
    assert [(row["line"], row["item"], row["quantity"]) for row in shown.json()["lines"]] == [
        (1, "BOLT", "5"),
        (2, "NUT", "2"),
    ]
    assert (shown.json()["priority"], desk.post(f"/sales-orders/{order}/change", body, key="c1").json()) == (
        70,
        shown.json(),
    )
    refused(desk.post(f"/sales-orders/{order}/change", {"lines": [{"quantity": "1"}]}), 400, "malformed")
    refused(desk.post(f"/sales-orders/{order}/change", {"lines": [{"line": 9, "quantity": "1"}]}), 409, "no_such_line")
    assert Pick.objects.count() == 0


def test_another_priority_and_day_reach_the_picks_that_nobody_has_in_hand(floor):
    stock(floor.bolt, floor.face, 4)
    stock(floor.nut, floor.near, 4)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4), (floor.nut, 4))
    released(order)
    first = WarehouseTask.objects.order_by("pk")[0]
    held = claim_task(task_id=first.pk, by=floor.picker, at=clock.now())
    due = held.due_at
    assert due is not None

    change_sales_order(
        order_id=order.pk, priority=90, due_on=order.due_on + timedelta(days=1), by=floor.boss, at=clock.now()
    )

    held.refresh_from_db()
    (free,) = WarehouseTask.objects.exclude(pk=held.pk)
    assert (held.priority, held.due_at, held.version) == (50, due, 2)
    assert (free.priority, free.due_at, free.version) == (90, due + timedelta(days=1), 2)


def test_an_earlier_day_makes_a_pick_as_pressing_as_that_day_and_a_later_one_calms_it(floor):
    stock(floor.bolt, floor.face, 4)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))
    task = released(order).picks.get().task

    for days, pressing in ((-3, 20), (+5, 0)):
        order.refresh_from_db()
        change_sales_order(order_id=order.pk, due_on=order.due_on + timedelta(days=days), by=floor.boss, at=clock.now())
        task.refresh_from_db()
        assert (task.pressing, task.urgency) == (pressing, 50 + pressing)
