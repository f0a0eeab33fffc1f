"""Two who take back the same goods at the same moment: real connections, real locks."""

from decimal import Decimal as D

import pytest

from apps.accounts.models import User
from apps.core import clock
from apps.journal.actor import Actor
from apps.ledger.models import StockBalance
from apps.returns.errors import MoreThanReceived, NotShipped
from apps.returns.models import CustomerReturn
from apps.returns.operations import (
    announce_blind_return,
    announce_customer_return,
    inspect_customer_return,
    receive_customer_return,
)
from apps.returns.states import Grade
from tests.concurrency.crowd import together
from tests.factories.catalog import ItemFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, SerialFactory, stock
from tests.factories.orders import CustomerFactory, a_supervisor
from tests.factories.returns import a_return, a_shipped_order, back, loose, taken_in
from tests.invariants import assert_invariants


@pytest.fixture
def hall(transactional_db):
    yield a_floor()
    assert_invariants()


def kinds(answers, kind):
    return [answer for answer in answers if isinstance(answer, kind)]


def fresh(by):
    """The same person, read anew: each thread has rows of its own."""
    return Actor(user=User.objects.get(pk=by.user.pk))


def test_one_unit_is_not_announced_twice(hall):
    stock(hall.item, hall.a, 10)
    order = a_shipped_order(hall, (hall.item, 3))
    boss = a_supervisor()

    answers = together(
        *[
            lambda: announce_customer_return(
                order_id=order.pk, lines=[back(1)], reason="x", by=fresh(boss), at=clock.now()
            )
        ]
        * 8
    )

    assert len(kinds(answers, CustomerReturn)) == 3
    assert len(kinds(answers, NotShipped)) == 5


def test_a_serial_number_is_not_announced_by_its_order_and_blind(hall):
    drill = ItemFactory(number="DRILL", serials=True)
    serial = SerialFactory(item=drill)
    stock(drill, hall.a, 1, serial=serial)
    customer, boss = CustomerFactory(), a_supervisor()
    order = a_shipped_order(hall, (drill, 1), customer=customer)

    def by_order():
        return announce_customer_return(order_id=order.pk, lines=[back(1)], reason="x", by=fresh(boss), at=clock.now())

    def blindly():
        return announce_blind_return(
            warehouse_id=hall.warehouse.pk,
            customer_id=customer.pk,
            lines=[loose(drill, 1, serial=serial)],
            reason="x",
            by=fresh(boss),
            at=clock.now(),
        )

    answers = together(by_order, blindly, by_order, blindly)

    assert len(kinds(answers, CustomerReturn)) == 1
    assert len(kinds(answers, NotShipped)) == 3


def test_a_lot_is_not_announced_blind_beyond_what_customers_have_while_some_comes_in(hall):
    milk = ItemFactory(number="MILK", lots=True)
    lot = LotFactory(item=milk)
    stock(milk, hall.a, 5, lot=lot)
    order = a_shipped_order(hall, (milk, 5))
    document = a_return(order, back(3))
    customer, boss = CustomerFactory(), a_supervisor()

    def blindly():
        return announce_blind_return(
            warehouse_id=hall.warehouse.pk,
            customer_id=customer.pk,
            lines=[loose(milk, 2, lot=lot)],
            reason="x",
            by=fresh(boss),
            at=clock.now(),
        )

    answers = together(
        blindly,
        lambda: receive_customer_return(
            return_id=document.pk, location_id=hall.dock.pk, by=fresh(boss), at=clock.now()
        ),
        blindly,
    )

    assert len(kinds(answers, CustomerReturn)) == 2
    assert len(kinds(answers, NotShipped)) == 1


def test_two_do_not_decide_on_the_same_goods(hall):
    stock(hall.item, hall.a, 10)
    document = taken_in(a_return(a_shipped_order(hall, (hall.item, 3)), back(3)), hall.dock)
    boss = a_supervisor()

    answers = together(
        *[
            lambda disposition=disposition: inspect_customer_return(
                return_id=document.pk,
                line=1,
                quantity=D(2),
                disposition=disposition,
                grade=Grade.A if disposition == "restock" else "",
                remark="seen",
                by=fresh(boss),
                at=clock.now(),
            )
            for disposition in ("restock", "scrap", "damaged")
        ]
    )

    assert len(kinds(answers, CustomerReturn)) == 1
    assert len(kinds(answers, MoreThanReceived)) == 2
    assert StockBalance.objects.get(location=hall.dock, status="returned").on_hand == D(1)
