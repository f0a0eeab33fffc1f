"""What pickers meet at the bin; each refusal leaves everything as it was."""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from apps.core import clock
from apps.ledger.models import Reservation, StockBalance
from apps.ledger.operations import hold_lots
from apps.ledger.states import HoldReason
from apps.orders.errors import NoSubstitute, NotSplit, PickNotOpen, ShortNeedsReason
from apps.orders.models import Pick, SalesOrder
from apps.orders.operations import damage_pick, skip_pick, split_pick, substitute_pick
from apps.orders.queries import progress_of
from apps.supply.models import Promise
from apps.tasks.errors import TaskTaken
from apps.tasks.operations import claim_task
from apps.tasks.queries.nearness import next_best
from apps.tasks.states import TaskKind
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.orders import a_sales_order, pick, refusing, released
from tests.factories.rounds import claimed, equipped, planned, walked


@pytest.fixture
def one(floor):
    """A pick of five bolts of ten on hand."""
    stock(floor.bolt, floor.face, 10)
    return released(a_sales_order(floor.warehouse, (floor.bolt, 5))).picks.get()


def bins(item):
    rows = StockBalance.objects.filter(item=item).on_hand().order_by("location__code", "status", "pk")
    return [(row.location.code, row.status, row.on_hand, row.reserved) for row in rows.select_related("location")]


def do(operation, one, by=None, **more):
    return operation(pick_id=one.pk, by=by or an_actor(), at=clock.now(), **more)


def test_a_skipped_pick_goes_to_the_end_of_the_walk_and_stays_open(floor):
    stock(floor.bolt, floor.face, 1)
    stock(floor.nut, floor.near, 1)
    wave = released(a_sales_order(floor.warehouse, (floor.bolt, 1), (floor.nut, 1)))
    first, second = wave.picks.order_by("task__sequence")

    do(skip_pick, first, reason="a pallet stands before it")

    assert list(wave.picks.order_by("task__sequence")) == [second, first]
    assert (Pick.objects.get(pk=first.pk).state, Pick.objects.get(pk=first.pk).task.version) == ("to_pick", 2)


def test_whoever_skips_a_pick_is_sent_to_the_next_one(floor):
    stock(floor.bolt, floor.face, 1)
    stock(floor.nut, floor.near, 1)
    wave = released(a_sales_order(floor.warehouse, (floor.bolt, 1), (floor.nut, 1)))
    first, second = wave.picks.order_by("task__sequence")
    by = an_actor()
    claim_task(task_id=first.task_id, by=by, at=clock.now())

    do(skip_pick, first, by, reason="later")

    first.task.refresh_from_db()
    assert (first.task.state, first.task.assigned_to, first.task.lease_until) == ("ready", None, None)
    found = next_best(warehouse_id=floor.warehouse.pk, kinds=[TaskKind.PICK], worker=by.user, at=clock.now())
    assert (found.own, found.free[0]) == (None, second.task_id)


def test_a_skipped_pick_goes_to_the_end_of_its_round(floor):
    stock(floor.bolt, floor.face, 1)
    stock(floor.nut, floor.near, 1)
    wave = released(a_sales_order(floor.warehouse, (floor.bolt, 1), (floor.nut, 1)))
    (cart,) = planned(wave)
    _, by = claimed(cart)
    first, second = (stop.pick for stop in cart.stops.all())

    do(skip_pick, first, by, reason="later")

    assert [stop.pick for stop in cart.stops.all()] == [second, first]


def test_damaged_goods_stay_in_the_bin_as_damaged_and_the_rest_is_picked(floor, one):
    left = do(damage_pick, one, quantity=D(2), reason="wet")

    assert (left.state, left.quantity, left.task.quantity) == ("to_pick", D(3), D(3))
    assert bins(floor.bolt) == [("N-01", "available", D(8), D(3)), ("N-01", "damaged", D(2), D(0))]
    assert Promise.objects.get().allocated == D(3)
    done = pick(left, 3, floor.tote)
    assert (done.state, done.picked) == ("picked", D(3))
    (line,) = progress_of([SalesOrder.objects.get().pk])[SalesOrder.objects.get().pk]
    assert (line.picked, line.back_ordered) == (D(3), D(2))


def test_the_last_unit_damaged_leaves_the_pick_short_and_the_order_waiting(floor, one):
    gone = do(damage_pick, one, quantity=D(5), reason="crushed")

    assert (gone.state, gone.picked, gone.short_reason, gone.task.state) == ("short", D(0), "crushed", "done")
    assert SalesOrder.objects.get().state == "confirmed"
    assert bins(floor.bolt) == [("N-01", "available", D(5), D(0)), ("N-01", "damaged", D(5), D(0))]
    assert not Reservation.objects.pending().exists()


def test_the_last_damage_ends_its_round(floor, one):
    (cart,) = planned(one.wave)
    _, by = claimed(cart)

    do(damage_pick, one, by, quantity=D(5), reason="crushed")

    cart.refresh_from_db()
    assert cart.state == "done"


@pytest.mark.parametrize(
    ("quantity", "reason", "refusal"), [(6, "wet", NotSplit), (2, " ", ShortNeedsReason)], ids=["too much", "no reason"]
)
def test_damage_says_how_much_and_why(floor, one, quantity, reason, refusal):
    with refusing(refusal):
        do(damage_pick, one, quantity=D(quantity), reason=reason)

    assert bins(floor.bolt) == [("N-01", "available", D(10), D(5))]


def some_milk(floor, number, days, place, quantity=5):
    lot = LotFactory(
        item=floor.milk, number=number, expires_on=floor.warehouse.local_date(clock.now()) + timedelta(days=days)
    )
    stock(floor.milk, place, quantity, lot=lot)
    return StockBalance.objects.get(lot=lot)


def test_another_lot_is_taken_instead(floor):
    first = some_milk(floor, "OLD", 30, floor.face)
    second = some_milk(floor, "NEW", 60, floor.near)
    one = released(a_sales_order(floor.warehouse, (floor.milk, 4))).picks.get()
    assert one.task.lot == first.lot

    changed = do(substitute_pick, one, balance_id=second.pk, reason="behind a pallet")

    assert (changed.task.lot, changed.task.source, changed.task.version) == (second.lot, floor.near, 2)
    assert bins(floor.milk) == [("N-01", "available", D(5), D(0)), ("N-02", "available", D(5), D(4))]
    done = pick(changed, 4, floor.tote)
    assert done.state == "picked"
    assert bins(floor.milk)[2] == ("TOTE-1", "available", D(4), D(0))


def test_what_is_held_too_little_or_too_old_is_no_substitute(floor):
    some_milk(floor, "OLD", 30, floor.face)
    held = some_milk(floor, "HELD", 60, floor.near)
    few = some_milk(floor, "FEW", 60, floor.far, 3)
    sour = some_milk(floor, "SOUR", 1, floor.far, 9)
    order = a_sales_order(floor.warehouse, (floor.milk, 4), min_remaining_days=5)
    one = released(order).picks.get()
    hold_lots([held.lot_id], reason=HoldReason.QUALITY, by=floor.boss)

    for balance in (held, few):
        with refusing(NoSubstitute):
            do(substitute_pick, one, balance_id=balance.pk, reason="nearer")
    with refusing(NoSubstitute) as refusal:
        do(substitute_pick, one, balance_id=sour.pk, reason="nearer")

    assert refusal.value.facts == {
        "pick": one.number,
        "item": "MILK",
        "location": "F-01",
        "free": D(0),
        "needed": D(4),
    }
    assert bins(floor.milk)[1:] == [
        ("F-01", "available", D(9), D(0)),
        ("N-01", "available", D(5), D(4)),
        ("N-02", "available", D(5), D(0)),
    ]


def test_a_part_is_taken_now_and_the_rest_stays_open(floor, one):
    by = an_actor()
    claim_task(task_id=one.task_id, by=by, at=clock.now())

    taken = do(split_pick, one, by, quantity=D(2), tote_id=floor.tote.pk)

    rest = Pick.objects.get(state="to_pick")
    assert (taken.state, taken.quantity, taken.picked) == ("picked", D(2), D(2))
    assert (rest.quantity, rest.task.quantity, rest.task.assigned_to) == (D(3), D(3), by.user)
    assert bins(floor.bolt) == [("N-01", "available", D(8), D(3)), ("TOTE-1", "available", D(2), D(0))]
    assert SalesOrder.objects.get().state == "released"
    assert pick(rest, 3, floor.tote, by=by).state == "picked"
    assert SalesOrder.objects.get().state == "picked"


def test_the_rest_of_a_split_is_as_urgent_as_the_part(floor, one):
    do(split_pick, one, quantity=D(2), tote_id=floor.tote.pk)

    rest = Pick.objects.get(state="to_pick").task
    assert one.task.due_at is not None
    assert (rest.priority, rest.due_at) == (one.task.priority, one.task.due_at)


def test_the_rest_of_a_split_goes_to_the_end_of_the_round(floor, one):
    (cart,) = planned(one.wave)
    _, by = claimed(cart)
    totes = equipped(cart, by)

    do(split_pick, one, by, quantity=D(2), tote_id=totes[1].pk)

    assert [(stop.position, stop.pick.quantity) for stop in cart.stops.select_related("pick")] == [(1, D(2)), (2, D(3))]
    walked(cart, by)
    cart.refresh_from_db()
    assert cart.state == "done"


def test_the_whole_is_no_part(floor, one):
    with refusing(NotSplit) as refusal:
        do(split_pick, one, quantity=D(5), tote_id=floor.tote.pk)

    assert refusal.value.facts == {"pick": one.number, "asked": D(5), "quantity": D(5)}


VERBS = [
    (skip_pick, {"reason": "later"}),
    (damage_pick, {"quantity": D(1), "reason": "wet"}),
    (substitute_pick, {"reason": "nearer"}),
    (split_pick, {"quantity": D(1)}),
]


def given(floor, operation, arguments):
    if operation is substitute_pick:
        return arguments | {"balance_id": StockBalance.objects.filter(location=floor.face)[0].pk}
    return arguments | ({"tote_id": floor.tote.pk} if operation is split_pick else {})


@pytest.mark.parametrize(("operation", "arguments"), VERBS)
def test_a_pick_that_is_done_takes_no_exception(floor, one, operation, arguments):
    pick(one, 5, floor.tote)

    with refusing(PickNotOpen) as refusal:
        do(operation, one, **given(floor, operation, arguments))

    assert refusal.value.facts == {"pick": one.number, "state": "picked"}


@pytest.mark.parametrize(("operation", "arguments"), VERBS)
def test_a_pick_in_anothers_hands_takes_no_exception(floor, one, operation, arguments):
    claim_task(task_id=one.task_id, by=an_actor(), at=clock.now())

    with refusing(TaskTaken):
        do(operation, one, **given(floor, operation, arguments))

    assert bins(floor.bolt) == [("N-01", "available", D(10), D(5))]
