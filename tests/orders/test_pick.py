"""Picking: what is taken, what is short, and what is refused and moves nothing."""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from apps.core import clock
from apps.core.errors import InvalidQuantity, NotFound
from apps.ledger.errors import LotOnHold, ReservationEnded
from apps.ledger.models import Reservation, StockBalance
from apps.ledger.operations import hold_lots, release_holds
from apps.ledger.states import HoldReason
from apps.locations.choices import LocationKind
from apps.orders.errors import NotAPick, OverPick, ShortNeedsReason, ToteNeeded
from apps.orders.models import Pick, SalesOrder
from apps.orders.operations import confirm_pick, ship_order_shipment
from apps.orders.queries import progress_of
from apps.shipping.operations import load_carton
from apps.supply.models import Promise
from apps.supply.queries import available_to_promise
from apps.tasks.errors import TaskStale, TaskTaken
from apps.tasks.operations import NewTask, claim_task, make_tasks
from apps.tasks.states import TaskKind
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import a_sales_order, packed, pick, refusing, released


@pytest.fixture
def one(floor):
    """A pick of five bolts of ten on hand."""
    stock(floor.bolt, floor.face, 10)
    return released(a_sales_order(floor.warehouse, (floor.bolt, 5))).picks.get()


def bins(item):
    rows = StockBalance.objects.filter(item=item).on_hand().order_by("location__code")
    return [(row.location.code, row.on_hand, row.reserved) for row in rows.select_related("location")]


def order_of(one):
    return SalesOrder.objects.get(lines__allocations__pick=one)


def refused(one, refusal, quantity, tote, **more):
    """The refusal, after which nothing has changed."""
    before = bins(one.allocation.line.item)
    with pytest.raises(refusal) as caught:
        pick(one, quantity, tote, **more)
    again = Pick.objects.select_related("task").get(pk=one.pk)
    assert (again.state, again.task.state, again.picked) == ("to_pick", "ready", D(0))
    assert bins(one.allocation.line.item) == before
    assert Promise.objects.get().allocated == D(5)
    return caught.value.facts


def test_a_pick_moves_goods_from_the_bin_to_the_tote_and_ends_the_reservation(floor, one):
    done = pick(one, 5, floor.tote, by=floor.picker, version=1, bin_empty=False)

    assert bins(floor.bolt) == [("N-01", D(5), D(0)), ("TOTE-1", D(5), D(0))]
    assert (done.state, done.picked, done.tote, done.bin_empty) == ("picked", D(5), floor.tote, False)
    assert (done.task.state, done.task.done_by, done.task.version) == ("done", floor.picker.user, 2)
    assert (done.transaction.kind, done.transaction.document) == ("pick", order_of(one).number)
    assert Reservation.objects.get().state == "consumed"
    assert order_of(one).state == "picked"
    one.wave.refresh_from_db()
    assert (one.wave.state, one.wave.done_at is not None) == ("done", True)


def test_what_is_short_is_free_in_the_ledger_and_owed_to_the_customer(floor, one):
    done = pick(one, 3, floor.tote, short_reason="damaged", bin_empty=True)

    assert bins(floor.bolt) == [("N-01", D(7), D(0)), ("TOTE-1", D(3), D(0))]
    assert (done.state, done.picked, done.short_reason, done.bin_empty) == ("short", D(3), "damaged", True)
    assert Promise.objects.get().allocated == D(3)
    (line,) = progress_of([order_of(one).pk])[order_of(one).pk]
    assert (line.picked, line.short, line.back_ordered) == (D(3), D(2), D(2))
    assert sorted(Reservation.objects.values_list("state", "quantity")) == [("consumed", D(3)), ("released", D(2))]


def test_when_nothing_is_there_nothing_moves_and_the_order_waits_again(floor, one):
    done = pick(one, 0, None, short_reason="bin empty", bin_empty=True)

    assert bins(floor.bolt) == [("N-01", D(10), D(0))]
    assert (done.state, done.transaction, done.tote) == ("short", None, None)
    assert order_of(one).state == "confirmed"
    assert Promise.objects.get().allocated == D(0)
    one.wave.refresh_from_db()
    assert one.wave.state == "done"


def test_less_than_asked_needs_a_reason(floor, one):
    facts = refused(one, ShortNeedsReason, 4, floor.tote, short_reason=" ")

    assert facts == {"pick": one.number, "asked": D(5), "quantity": D(4)}
    refused(one, ShortNeedsReason, 0, None)


def test_more_than_asked_is_refused(floor, one):
    assert refused(one, OverPick, 6, floor.tote) == {"pick": one.number, "asked": D(5), "quantity": D(6)}


@pytest.mark.parametrize("quantity", ["-1", "2.5", "NaN", "1e999"])
def test_what_is_no_quantity_is_refused(floor, one, quantity):
    refused(one, InvalidQuantity, quantity, floor.tote, short_reason="x")


def test_goods_are_picked_into_a_tote_of_the_warehouse(floor, one):
    elsewhere = LocationFactory(warehouse=WarehouseFactory(), kind=LocationKind.TOTE)

    assert refused(one, ToteNeeded, 5, None)["location"] == "Nothing"
    assert refused(one, ToteNeeded, 5, floor.near) == {"location": "N-02", "warehouse": "MAIN"}
    refused(one, ToteNeeded, 5, elsewhere)


def test_a_task_in_other_hands_or_of_another_version_is_not_confirmed(floor, one):
    refused(one, TaskStale, 5, floor.tote, version=7)
    claim_task(task_id=one.task_id, by=an_actor(), at=clock.now())

    with pytest.raises(TaskTaken):
        pick(one, 5, floor.tote)

    assert bins(floor.bolt) == [("N-01", D(10), D(5))]


def test_a_pick_is_confirmed_once(floor, one):
    pick(one, 5, floor.tote)

    with pytest.raises(TaskStale):
        pick(one, 5, floor.tote)

    assert bins(floor.bolt) == [("N-01", D(5), D(0)), ("TOTE-1", D(5), D(0))]


def test_a_task_of_another_kind_is_no_pick(floor):
    (task,) = make_tasks(
        [NewTask(kind=TaskKind.PUTAWAY, document="X", item_id=floor.bolt.pk, quantity=D(1), source_id=floor.door.pk)],
        warehouse_id=floor.warehouse.pk,
        at=clock.now(),
    )

    arguments = {"quantity": D(1), "tote_id": floor.tote.pk, "by": floor.picker, "at": clock.now()}
    with pytest.raises(NotAPick):
        confirm_pick(task_id=task.pk, **arguments)
    with pytest.raises(NotFound):
        confirm_pick(task_id=0, **arguments)


def test_an_order_is_picked_when_its_last_pick_is_and_the_wave_with_its_last_order(floor):
    stock(floor.bolt, floor.face, 10)
    stock(floor.nut, floor.near, 10)
    first = a_sales_order(floor.warehouse, (floor.bolt, 1), (floor.nut, 1))
    second = a_sales_order(floor.warehouse, (floor.bolt, 1))
    wave = released(first, second)
    picks = {(pick.allocation.line.order_id, pick.allocation.line.line): pick for pick in wave.picks.all()}

    def states():
        for each in (first, second, wave):
            each.refresh_from_db()
        return (first.state, second.state, wave.state)

    pick(picks[first.pk, 1], 1, floor.tote)
    assert states() == ("released", "released", "released")
    pick(picks[first.pk, 2], 0, None, short_reason="gone")
    assert states() == ("picked", "released", "released")
    pick(picks[second.pk, 1], 1, floor.tote)
    assert states() == ("picked", "picked", "done")


def test_a_lot_put_on_hold_while_half_is_picked_goes_no_further(floor):
    today = floor.warehouse.local_date(clock.now())
    lot = LotFactory(item=floor.milk, number="BAD", expires_on=today + timedelta(days=90))
    stock(floor.milk, floor.face, 3, lot=lot)
    stock(floor.milk, floor.near, 3, lot=lot)
    stock(floor.bolt, floor.near, 2)
    order = a_sales_order(floor.warehouse, (floor.milk, 6), (floor.bolt, 2))
    wave = released(order)
    taken, left = wave.picks.filter(task__item=floor.milk).order_by("task__sequence")
    pick(taken, 3, floor.tote)

    (hold_id,) = hold_lots([lot.pk], reason=HoldReason.QUALITY, by=floor.boss)
    with refusing(LotOnHold):
        pick(left, 3, floor.tote)

    assert Pick.objects.get(pk=left.pk).state == "to_pick"
    assert bins(floor.milk) == [("N-02", D(3), D(0)), ("TOTE-1", D(3), D(0))]
    release_holds([hold_id], by=floor.boss, at=clock.now())
    with refusing(ReservationEnded):
        pick(left, 3, floor.tote)
    hold_lots([lot.pk], reason=HoldReason.QUALITY, by=floor.boss)

    pick(left, 0, None, short_reason="on hold")
    pick(wave.picks.get(task__item=floor.bolt), 2, floor.tote)
    order.refresh_from_db()
    assert order.state == "picked"
    milk, bolt = progress_of([order.pk])[order.pk]
    assert (milk.picked, milk.short, milk.back_ordered, bolt.picked) == (D(3), D(3), D(3), D(2))


def test_a_second_wave_that_finds_nothing_leaves_the_order_partly_shipped(floor):
    stock(floor.bolt, floor.face, 6)
    order = a_sales_order(floor.warehouse, (floor.bolt, 6))
    pick(released(order).picks.get(), 4, floor.tote, short_reason="hidden")
    shipment = packed(order)
    load_carton(carton_id=shipment.cartons.get().pk, dock_id=floor.door.pk, by=floor.picker, at=clock.now())
    ship_order_shipment(shipment_id=shipment.pk, by=floor.picker, at=clock.now())

    pick(released(order).picks.get(state="to_pick"), 0, None, short_reason="not found")

    order.refresh_from_db()
    assert order.state == "part_shipped"
    (line,) = progress_of([order.pk])[order.pk]
    assert (line.shipped, line.short, line.back_ordered) == (D(4), D(4), D(2))


def test_what_can_be_promised_follows_a_short_pick_and_the_shipment(floor):
    def available():
        today = floor.warehouse.local_date(clock.now())
        found = available_to_promise(warehouse_id=floor.warehouse.pk, item_ids=[floor.bolt.pk], by=today)
        return found[floor.bolt.pk]

    stock(floor.bolt, floor.face, 10)
    order = a_sales_order(floor.warehouse, (floor.bolt, 5))
    seen = [available()]

    wave = released(order)
    seen.append(available())
    pick(wave.picks.get(), 3, floor.tote, short_reason="damaged")
    seen.append(available())
    shipment = packed(order)
    load_carton(carton_id=shipment.cartons.get().pk, dock_id=floor.door.pk, by=floor.picker, at=clock.now())
    ship_order_shipment(shipment_id=shipment.pk, by=floor.picker, at=clock.now())
    seen.append(available())

    # Three have left; two are owed still; seven stand in the bin.
    assert seen == [D(5), D(5), D(5), D(5)]
