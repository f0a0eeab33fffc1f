"""An order that is cancelled, held or changed while somebody picks it."""

from decimal import Decimal as D
from functools import partial

import pytest

from apps.core import clock
from apps.locations.choices import LocationKind
from apps.orders.errors import NothingToPutBack
from apps.orders.models import Pick, PutBack, SalesOrder
from apps.orders.models.order import HoldKind
from apps.orders.operations import (
    LineChange,
    cancel_sales_order,
    change_sales_order,
    confirm_pick,
    confirm_put_back,
    hold_order,
    put_back,
)
from apps.tasks.errors import TaskStale
from tests.concurrency.crowd import persist, together
from tests.factories.ledger import an_actor, stands, stock
from tests.factories.orders import a_sales_order, a_supervisor, released
from tests.invariants import assert_invariants


@pytest.fixture
def order(floor):
    """Ten of the floor's item on the floor to be picked for an order."""
    assert floor.tote.kind == LocationKind.TOTE
    stock(floor.item, floor.a, 10)
    order = a_sales_order(floor.warehouse, (floor.item, 10))
    released(order)
    return order


def picking(floor):
    return partial(
        confirm_pick,
        task_id=Pick.objects.get().task_id,
        quantity=D(10),
        tote_id=floor.tote.pk,
        by=an_actor(),
        at=clock.now(),
    )


@pytest.mark.parametrize("turn", range(4))
def test_cancelled_while_being_picked_the_goods_are_in_the_bin_or_to_be_put_back(floor, order, turn):
    cancel = partial(cancel_sales_order, order_id=order.pk, reason=f"turn {turn}", by=a_supervisor(), at=clock.now())

    taken, cancelled = together(picking(floor), cancel)

    assert isinstance(cancelled, SalesOrder)
    order.refresh_from_db()
    if isinstance(taken, TaskStale):
        assert (order.state, stands(floor.item)) == ("cancelled", {"A": D(10)})
    else:
        assert isinstance(taken, Pick)
        assert (order.state, stands(floor.item)) == ("cancelling", {"TOTE": D(10)})
        assert PutBack.objects.get().quantity == D(10)
    assert_invariants()


def test_held_and_changed_while_being_picked_the_order_adds_up(floor, order):
    boss = a_supervisor()
    hold = partial(hold_order, order_id=order.pk, kind=HoldKind.CREDIT, reason="late payer", by=boss, at=clock.now())
    change = partial(
        change_sales_order, order_id=order.pk, lines=[LineChange(line=1, quantity=D(6))], by=boss, at=clock.now()
    )

    taken, held, changed = together(picking(floor), hold, change)

    assert isinstance(held, SalesOrder)
    assert isinstance(changed, SalesOrder)
    order.refresh_from_db()
    if isinstance(taken, Pick):
        assert (order.state, PutBack.objects.get().quantity) == ("picked", D(4))
    else:
        assert isinstance(taken, TaskStale)
        assert (order.state, stands(floor.item)) == ("confirmed", {"A": D(10)})
    assert_invariants()


@pytest.mark.parametrize("turn", range(3))
def test_two_who_put_the_same_goods_back_put_them_back_once(floor, order, turn):
    persist(picking(floor))
    persist(partial(cancel_sales_order, order_id=order.pk, reason="x", by=a_supervisor(), at=clock.now()))
    row = PutBack.objects.get()
    assert row.task_id is not None
    at_desk = partial(put_back, pick_id=row.pick_id, location_id=floor.a.pk, by=an_actor(), at=clock.now())
    by_task = partial(confirm_put_back, task_id=row.task_id, location_id=floor.b.pk, by=an_actor(), at=clock.now())

    answers = together(*((at_desk, by_task) if turn % 2 else (by_task, at_desk)))

    refused = [each for each in answers if isinstance(each, Exception)]
    assert [type(each) for each in refused] in ([TaskStale], [NothingToPutBack])
    assert [*stands(floor.item).values()] == [D(10)]
    order.refresh_from_db()
    assert order.state == "cancelled"
    assert_invariants()
