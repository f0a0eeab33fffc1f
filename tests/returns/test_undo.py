"""What was taken in wrongly is taken back, as long as nobody has decided about it."""

from decimal import Decimal as D

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed
from apps.journal.models import AuditEntry
from apps.ledger.errors import InsufficientStock
from apps.ledger.models import StockBalance
from apps.returns.errors import AlreadyInspected
from apps.returns.operations import undo_return_receipt
from apps.returns.queries import lots_with_customers, returnable_of
from apps.returns.rules import Tally
from apps.storage.operations import confirm_putaway, undo_putaway
from apps.tasks.models import WarehouseTask
from apps.traceability.queries import trace_lot
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
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


@pytest.fixture
def recalled(floor):
    """Four of a lot went out; now it is recalled."""
    floor.milk = ItemFactory(number="MILK", lots=True)
    floor.lot = LotFactory(item=floor.milk, number="L-1")
    stock(floor.milk, floor.a, 4, lot=floor.lot)
    floor.order = a_shipped_order(floor, (floor.milk, 4))
    floor.quality = a_person(floor.warehouse, roles=(Role.QUALITY,))
    floor.case = floor.quality.post("/recalls", {"lots": [floor.lot.pk], "reason": "glass"}).json()
    return floor


def stands_of(lot):
    rows = StockBalance.objects.on_hand().filter(lot=lot)
    return [tuple(row) for row in rows.values_list("location__code", "status", "on_hand")]


def test_a_recalled_lot_that_was_scanned_by_mistake_never_came(recalled):
    document = taken_in(a_return(recalled.order, back(4)), recalled.dock)
    assert (document.state, stands_of(recalled.lot)) == ("closed", [("DOCK", "blocked", D(4))])
    returns = f"/recalls/{recalled.case['number']}/returns"
    assert len(recalled.quality.get(returns).json()) == 1
    boss = a_person(recalled.warehouse, roles=(Role.SUPERVISOR,))

    answer = boss.post(f"/customer-returns/{document.number}/undo-receive", {"reason": "it was lot L-2"}, key="undo")
    again = boss.post(f"/customer-returns/{document.number}/undo-receive", {"reason": "it was lot L-2"}, key="undo")

    assert (answer.status_code, again.json()) == (200, answer.json())
    document.refresh_from_db()
    line = document.lines.get()
    assert (document.state, line.received, line.inspected, line.inspections.count()) == ("closed", D(0), D(0), 0)
    assert stands_of(recalled.lot) == []
    assert not WarehouseTask.objects.open().filter(document=document.number).exists()
    assert recalled.quality.get(returns).json() == []
    entry = AuditEntry.objects.get(verb="undo", number=document.number)
    assert (entry.detail["reason"], entry.detail["recalled"]) == ("it was lot L-2", ["L-1"])
    assert [row.tally.left for row in returnable_of(recalled.order)] == [D(4)]
    refused(
        boss.post(f"/customer-returns/{document.number}/undo-receive", {"reason": "once more"}),
        409,
        "illegal_transition",
    )


def test_a_recalled_lot_that_is_put_away_already_is_brought_back_first(recalled):
    document = taken_in(a_return(recalled.order, back(4)), recalled.dock, 3)
    task = WarehouseTask.objects.open().get(document=document.number)
    at = clock.now()
    put = confirm_putaway(task_id=task.pk, location_id=recalled.cage.pk, quantity=D(3), by=an_actor(), at=at)

    with refusing(InsufficientStock):
        undone(document)
    assert stands_of(recalled.lot) == [("CAGE", "blocked", D(3))]
    boss = a_person(recalled.warehouse, roles=(Role.SUPERVISOR,)).user
    undo_putaway(putaway_id=put.pk, reason="wrong lot", by=an_actor(boss), at=clock.now())
    done = undone(document)

    assert (done.state, done.lines.get().received, stands_of(recalled.lot)) == ("announced", D(0), [])


def test_a_parcel_that_was_taken_back_counts_neither_as_returned_nor_as_shipped_again(floor):
    lot = LotFactory(item=ItemFactory(number="PASTE", lots=True))
    stock(lot.item, floor.a, 6, lot=lot)
    order = a_shipped_order(floor, (lot.item, 6))
    document = taken_in(a_return(order, back(5, lot=lot)), floor.dock, 2)

    undone(document)

    assert lots_with_customers([lot.pk]) == {lot.pk: Tally(shipped=D(6), returned=D(5))}
    taken_in(document, floor.dock, 4)
    assert lots_with_customers([lot.pk]) == {lot.pk: Tally(shipped=D(6), returned=D(5))}
