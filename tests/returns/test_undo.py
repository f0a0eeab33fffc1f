"""What was taken in wrongly is taken back, as long as nobody has decided about it."""

from decimal import Decimal as D

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed
from apps.ledger.models import StockBalance
from apps.returns.errors import AlreadyInspected
from apps.returns.operations import undo_return_receipt
from apps.returns.queries import lots_with_customers, returnable_of
from apps.returns.rules import Tally
from apps.traceability.queries import trace_lot
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.orders import refusing
from tests.factories.returns import a_return, a_seller, a_shipped_order, back, inspected, taken_in


@pytest.fixture
def order(floor):
    stock(floor.item, floor.a, 10)
    return a_shipped_order(floor, (floor.item, 6))


def undone(document, by=None):
    by = by or an_actor(UserFactory(roles=[Role.SUPERVISOR]))
    return undo_return_receipt(return_id=document.pk, reason="wrong parcel", by=by, at=clock.now())


def at_dock(floor):
    return sum(row.on_hand for row in StockBalance.objects.on_hand().filter(location=floor.dock))


def test_the_latest_receipt_is_undone_and_comes_again(floor, order):
    document = taken_in(a_return(order, back(5)), floor.dock, 2)
    taken_in(document, floor.dock, 1)

    first = undone(document)
    assert (first.state, first.lines.get().received, at_dock(floor)) == ("received", D(2), D(2))
    second = undone(document)
    assert (second.state, second.received_at, second.lines.get().received, at_dock(floor)) == (
        "announced",
        None,
        D(0),
        D(0),
    )
    taken_in(document, floor.dock)

    assert at_dock(floor) == D(5)
    assert [row.tally.left for row in returnable_of(order)] == [D(1)]


def test_what_is_decided_stays(floor, order):
    document = taken_in(a_return(order, back(5)), floor.dock, 2)
    inspected(document, 1, "damaged")

    with refusing(AlreadyInspected) as refusal:
        undone(document)

    assert refusal.value.facts == {"customer_return": document.number, "item": "BOLT", "inspected": D(1)}
    assert at_dock(floor) == D(2)


def test_only_what_came_is_undone_and_by_whom_it_may(floor, order):
    document = a_return(order, back(5))

    with refusing(IllegalTransition):
        undone(document)
    taken_in(document, floor.dock)
    with refusing(NotAllowed):
        undone(document, a_seller())

    assert at_dock(floor) == D(5)


def test_a_lot_adds_up_after_a_receipt_that_was_undone(floor):
    milk = ItemFactory(number="MILK", lots=True)
    lot = LotFactory(item=milk)
    stock(milk, floor.a, 4, lot=lot)
    document = taken_in(a_return(a_shipped_order(floor, (milk, 3)), back(2)), floor.dock, 1)
    taken_in(document, floor.dock)
    undone(document)

    trace = trace_lot(lot.pk)

    assert (trace.balance.shipped, trace.balance.returned, trace.balance.difference) == (D(3), D(1), D(0))
    assert [row.quantity for row in trace.returns] == [D(1)]
    assert [(row.quantity, row.returned) for row in trace.shipments] == [(D(3), D(1))]


def test_a_parcel_that_was_taken_back_counts_neither_as_returned_nor_as_shipped_again(floor):
    lot = LotFactory(item=ItemFactory(number="PASTE", lots=True))
    stock(lot.item, floor.a, 6, lot=lot)
    order = a_shipped_order(floor, (lot.item, 6))
    document = taken_in(a_return(order, back(5, lot=lot)), floor.dock, 2)

    undone(document)

    assert lots_with_customers([lot.pk]) == {lot.pk: Tally(shipped=D(6), returned=D(5))}
    taken_in(document, floor.dock, 4)
    assert lots_with_customers([lot.pk]) == {lot.pk: Tally(shipped=D(6), returned=D(5))}
