"""A lot is frozen while somebody picks it: in both orders the goods are frozen and owed again."""

from decimal import Decimal as D
from functools import partial

import pytest

from apps.core import clock
from apps.ledger.errors import LotOnHold
from apps.ledger.models import Hold, Reservation
from apps.locations.choices import LocationKind
from apps.orders.models import Pick, PutBack
from apps.orders.operations import allocate_order, confirm_pick
from apps.traceability.errors import AlreadySuspect
from apps.traceability.models import RecallCase, SuspectCase
from apps.traceability.operations import RecallFacts, open_recall, open_suspect
from apps.traceability.states import SuspectSource
from tests.concurrency.crowd import persist
from tests.concurrency.test_interleavings import forced
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, an_actor, stands, stock
from tests.factories.orders import a_sales_order, a_supervisor, released


@pytest.fixture
def lot(floor):
    """Ten of a lot in bin A."""
    assert floor.tote.kind == LocationKind.TOTE
    milk = ItemFactory(number="MILK", lots=True)
    lot = LotFactory(item=milk, number="BAD")
    stock(milk, floor.a, 10, lot=lot)
    return lot


def picking(floor):
    by = an_actor()
    task = Pick.objects.get().task_id
    return partial(confirm_pick, task_id=task, quantity=D(10), tote_id=floor.tote.pk, by=by, at=clock.now())


def freezing(lot):
    by = an_actor(UserFactory(roles=["quality"]))
    return partial(open_recall, lot_ids=[lot.pk], facts=RecallFacts(reason="glass"), by=by, at=clock.now())


def doubting(lot):
    by = an_actor(UserFactory(roles=["quality"]))
    return partial(open_suspect, lot_id=lot.pk, source=SuspectSource.OURS, reason="odd seal", by=by, at=clock.now())


@pytest.mark.parametrize(
    ("frozen_by", "kind", "reason"), [(freezing, RecallCase, "recall"), (doubting, SuspectCase, "regulatory")]
)
def test_who_confirms_while_the_lot_is_being_frozen_is_told_why(floor, lot, frozen_by, kind, reason):
    order = a_sales_order(floor.warehouse, (lot.item, 10))
    released(order)

    case, refused, waited = forced(frozen_by(lot), picking(floor))

    assert waited
    assert isinstance(case, kind)
    assert isinstance(refused, LotOnHold)
    assert refused.facts == {"item": "MILK", "lot": "BAD", "reason": reason}
    order.refresh_from_db()
    assert (order.state, Pick.objects.get().state, stands(lot.item)) == ("confirmed", "cancelled", {"A": D(10)})
    assert not PutBack.objects.exists()


def test_of_two_who_doubt_a_lot_at_once_one_opens_a_case(floor, lot):
    case, refused, waited = forced(doubting(lot), doubting(lot))

    assert waited
    assert isinstance(refused, AlreadySuspect)
    assert refused.facts == {"lot": "BAD", "case": case.number}
    assert (SuspectCase.objects.count(), Hold.objects.count()) == (1, 1)


def test_a_freeze_waits_for_who_confirms_and_has_the_goods_brought_back(floor, lot):
    order = a_sales_order(floor.warehouse, (lot.item, 10))
    released(order)

    picked, case, waited = forced(picking(floor), freezing(lot))

    assert waited
    assert isinstance(picked, Pick)
    assert isinstance(case, RecallCase)
    order.refresh_from_db()
    assert (order.state, stands(lot.item)) == ("confirmed", {"TOTE": D(10)})
    assert PutBack.objects.get().quantity == D(10)
    assert Hold.objects.open().get().lot == lot


def test_an_order_that_takes_the_lot_at_the_last_moment_loses_it_again(floor, lot):
    order = a_sales_order(floor.warehouse, (lot.item, 10))
    boss = a_supervisor()
    allocate = partial(allocate_order, order_id=order.pk, by=boss, at=clock.now())

    taken, case, waited = forced(allocate, freezing(lot))

    # The freeze had found no order to lock; it met this one's claim under the lots' locks, and began anew with it.
    assert waited
    assert taken.state == "allocated"
    assert isinstance(case, RecallCase)
    order.refresh_from_db()
    assert order.state == "confirmed"
    assert not Reservation.objects.pending().exists()
    assert case.holds.count() == 1


def test_two_who_recall_the_same_lot_at_once_open_one_case(floor, lot):
    first, second, waited = forced(freezing(lot), freezing(lot))

    assert waited
    assert isinstance(first, RecallCase)
    assert second.code == "already_recalled"
    assert (RecallCase.objects.count(), persist(lambda: lot.holds.open().count())) == (1, 1)
