"""Only what was shipped comes back, and only once."""

from decimal import Decimal as D

import pytest

from apps.core import clock
from apps.core.errors import IllegalTransition, InvalidQuantity, NotAllowed, NotFound
from apps.journal.models import AuditEntry
from apps.ledger.models import StockBalance, StockTransaction
from apps.orders.errors import NotACustomer
from apps.returns.errors import NothingToReturn, NotShipped, ReturnUnclear
from apps.returns.models import CustomerReturn, CustomerReturnLine
from apps.returns.operations import cancel_customer_return
from apps.returns.queries import returnable_of
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, stock
from tests.factories.orders import CustomerFactory, a_sales_order, refusing
from tests.factories.returns import (
    a_blind_return,
    a_return,
    a_seller,
    a_shipped_order,
    back,
    inspected,
    loose,
    taken_in,
)


def left(order):
    return [(row.line.line, row.tally.shipped, row.tally.returned, row.tally.left) for row in returnable_of(order)]


def test_a_return_is_opened_against_what_was_shipped(floor):
    stock(floor.item, floor.a, 10)
    order = a_shipped_order(floor, (floor.item, 6))
    before = StockTransaction.objects.count()

    document = a_return(order, back(2), reason="UNWANTED", remark="by post")

    assert document.number.startswith("RT-")
    assert (document.state, document.order, document.customer, document.warehouse) == (
        "announced",
        order,
        order.customer,
        floor.warehouse,
    )
    assert (document.reason, document.note, document.is_blind) == ("Not wanted any more", "by post", False)
    (line,) = document.lines.all()
    assert (line.line, line.item, line.lot, line.announced, line.received) == (1, floor.item, None, D(2), D(0))
    assert left(order) == [(1, D(6), D(2), D(4))]
    assert StockTransaction.objects.count() == before
    (entry,) = AuditEntry.objects.of("customer return", document.number)
    assert (entry.verb, entry.detail["order"], entry.detail["blind"]) == ("announce", order.number, False)


def test_more_than_was_shipped_is_refused(floor):
    stock(floor.item, floor.a, 10)
    order = a_shipped_order(floor, (floor.item, 6))
    a_return(order, back(4))

    with refusing(NotShipped) as refusal:
        a_return(order, back(3))

    assert refusal.value.facts == {
        "item": "BOLT",
        "shipped": D(6),
        "returned": D(4),
        "asked": D(3),
        "order": order.number,
        "lot": "",
        "serial": "",
        "sscc": "",
    }
    assert CustomerReturn.objects.count() == 1


def test_the_same_goods_named_twice_are_added_up(floor):
    stock(floor.item, floor.a, 10)
    order = a_shipped_order(floor, (floor.item, 6))

    with refusing(NotShipped) as refusal:
        a_return(order, back(4), back(3))
    document = a_return(order, back(4), back(2))

    assert refusal.value.asked == D(7)
    assert [line.announced for line in document.lines.all()] == [D(6)]


def test_what_was_not_shipped_yet_does_not_come_back(floor):
    stock(floor.item, floor.a, 10)
    order = a_sales_order(floor.warehouse, (floor.item, 6))

    with refusing(NotShipped) as refusal:
        a_return(order, back(1))

    assert (refusal.value.shipped, refusal.value.returned) == (D(0), D(0))


def test_a_cancelled_return_lets_its_goods_be_announced_again(floor):
    stock(floor.item, floor.a, 10)
    order = a_shipped_order(floor, (floor.item, 6))
    first = a_return(order, back(6))
    cancel_customer_return(return_id=first.pk, reason="kept it after all", by=a_seller(), at=clock.now())

    second = a_return(order, back(6))

    first.refresh_from_db()
    assert (first.state, first.end_reason, second.state) == ("cancelled", "kept it after all", "announced")
    with refusing(IllegalTransition):
        cancel_customer_return(return_id=first.pk, reason="again", by=a_seller(), at=clock.now())


def test_a_lot_comes_back_as_the_lot_that_was_shipped(floor):
    milk = ItemFactory(number="MILK", lots=True)
    one, other, never = (LotFactory(item=milk, number=number) for number in ("L-1", "L-2", "L-3"))
    stock(milk, floor.a, 3, lot=one)
    stock(milk, floor.b, 3, lot=other)
    stock(milk, floor.b, 3, lot=never)
    order = a_shipped_order(floor, (milk, 6))

    with refusing(ReturnUnclear) as unclear:
        a_return(order, back(1))
    with refusing(NotShipped) as refusal:
        a_return(order, back(1, lot=never))
    with refusing(NotShipped) as too_many:
        a_return(order, back(4, lot=one))
    document = a_return(order, back(3, lot=one))
    rest = a_return(order, back(1))  # of the only lot that is left

    assert unclear.value.problem == "several were shipped, so name the lot"
    assert (refusal.value.lot, refusal.value.shipped) == ("L-3", D(0))
    assert (too_many.value.lot, too_many.value.shipped) == ("L-1", D(3))
    assert [line.lot for line in (*document.lines.all(), *rest.lines.all())] == [one, other]


def test_a_serial_number_comes_back_once_and_again_when_it_is_shipped_again(floor):
    drill = ItemFactory(number="DRILL", serials=True)
    serial = SerialFactory(item=drill, number="S-1")
    stock(drill, floor.a, 1, serial=serial)
    order = a_shipped_order(floor, (drill, 1))
    first = a_return(order, back(1, serial=serial))

    with refusing(NotShipped) as refusal:
        a_return(order, back(1, serial=serial))
    inspected(taken_in(first, floor.dock), 1)
    with refusing(NotShipped):
        a_return(order, back(1))

    assert (refusal.value.serial, refusal.value.shipped, refusal.value.returned) == ("S-1", D(1), D(1))
    first.refresh_from_db()
    assert first.state == "closed"


def test_only_whoever_sells_opens_a_return(floor):
    stock(floor.item, floor.a, 10)
    order = a_shipped_order(floor, (floor.item, 6))

    with refusing(NotAllowed):
        a_return(order, back(1), by=an_actor())
    document = a_return(order, back(1))
    with refusing(NotAllowed):
        cancel_customer_return(return_id=document.pk, reason="x", by=an_actor(), at=clock.now())

    document.refresh_from_db()
    assert document.state == "announced"


def test_a_return_names_goods_of_the_order(floor):
    stock(floor.item, floor.a, 10)
    order = a_shipped_order(floor, (floor.item, 6))

    with refusing(NothingToReturn):
        a_return(order)
    with refusing(NotFound) as refusal:
        a_return(order, back(1, line=9))
    with refusing(InvalidQuantity):
        a_return(order, back("1.5"))

    assert refusal.value.facts == {"kind": "order line", "number": f"{order.number}/9"}
    assert not CustomerReturn.objects.exists()


def test_a_reason_that_is_no_code_is_kept_as_it_is(floor):
    stock(floor.item, floor.a, 10)
    order = a_shipped_order(floor, (floor.item, 6))

    assert a_return(order, back(1), reason=" the cat sat on it ").reason == "the cat sat on it"


# --- blind ------------------------------------------------------------------------------------------------------------


def test_untracked_goods_come_back_without_an_order_when_a_supervisor_says_so(floor):
    customer = CustomerFactory()

    document = a_blind_return(floor.warehouse, customer, loose(floor.item, 2), loose(floor.item, 1))
    inspected(taken_in(document, floor.dock), 3)

    document.refresh_from_db()
    assert (document.is_blind, document.order, document.customer, document.state) == (True, None, customer, "closed")
    assert StockBalance.objects.on_hand().get().on_hand == D(3)
    assert AuditEntry.objects.of("customer return", document.number).filter(verb="announce").get().detail["blind"]


def test_sales_does_not_open_a_blind_return(floor):
    with refusing(NotAllowed):
        a_blind_return(floor.warehouse, CustomerFactory(), loose(floor.item, 2), by=a_seller())

    assert not CustomerReturn.objects.exists()


def test_a_lot_that_no_customer_has_does_not_come_back_blind(floor):
    milk = ItemFactory(number="MILK", lots=True)
    sold, kept = LotFactory(item=milk, number="L-1"), LotFactory(item=milk, number="L-2")
    stock(milk, floor.a, 4, lot=sold)
    order = a_shipped_order(floor, (milk, 4))
    stock(milk, floor.a, 4, lot=kept)
    customer = CustomerFactory()

    with refusing(NotShipped) as refusal:
        a_blind_return(floor.warehouse, customer, loose(milk, 1, lot=kept))
    a_blind_return(floor.warehouse, customer, loose(milk, 3, lot=sold))
    with refusing(NotShipped) as twice:
        a_blind_return(floor.warehouse, customer, loose(milk, 2, lot=sold))
    with refusing(NotShipped) as by_order:
        a_return(order, back(2))

    assert refusal.value.facts == {
        "item": "MILK",
        "shipped": D(0),
        "returned": D(0),
        "asked": D(1),
        "order": "",
        "lot": "L-2",
        "serial": "",
        "sscc": "",
    }
    assert (twice.value.shipped, twice.value.returned) == (D(4), D(3))
    assert (by_order.value.order, by_order.value.returned) == (order.number, D(3))
    assert CustomerReturnLine.objects.count() == 1


def test_a_serial_number_comes_back_blind_once(floor):
    drill = ItemFactory(number="DRILL", serials=True)
    serial = SerialFactory(item=drill, number="S-1")
    customer = CustomerFactory()
    with refusing(NotShipped):
        a_blind_return(floor.warehouse, customer, loose(drill, 1, serial=serial))
    stock(drill, floor.a, 1, serial=serial)
    a_shipped_order(floor, (drill, 1), customer=customer)

    document = taken_in(a_blind_return(floor.warehouse, customer, loose(drill, 1, serial=serial)), floor.dock)
    with refusing(NotShipped) as refusal:
        a_blind_return(floor.warehouse, customer, loose(drill, 1, serial=serial))

    assert (refusal.value.serial, refusal.value.shipped, refusal.value.returned) == ("S-1", D(1), D(1))
    assert document.lines.get().serial == serial


@pytest.mark.parametrize("goods", ["no lot", "a lot of another item", "two of a serial number"])
def test_blind_goods_are_named_as_their_item_is_tracked(floor, goods):
    lot, serial = LotFactory(), SerialFactory()
    line = {
        "no lot": loose(lot.item, 1),
        "a lot of another item": loose(ItemFactory(lots=True), 1, lot=lot),
        "two of a serial number": loose(serial.item, 2, serial=serial),
    }[goods]

    with refusing(ReturnUnclear):
        a_blind_return(floor.warehouse, CustomerFactory(), line)

    assert not CustomerReturn.objects.exists()


def test_goods_come_back_from_a_customer(floor):
    with refusing(NotACustomer):
        a_blind_return(floor.warehouse, PartyFactory(), loose(floor.item, 1))
