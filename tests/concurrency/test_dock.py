"""Two at the dock at the same moment: a pallet comes in once, goods are named once, a change is decided once."""

from datetime import date
from decimal import Decimal as D
from functools import partial

import pytest
from django.db.models import QuerySet

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.codes import make_sscc
from apps.core.errors import IllegalTransition
from apps.journal.actor import Actor
from apps.ledger.models import HandlingUnit, StockBalance
from apps.purchasing.errors import NoticeKnown, NoticeNotOpen, OverReceipt, ReceiptClosed, UnitAlreadyIn
from apps.purchasing.models import ParkedGoods, Receipt, ShippingNotice
from apps.purchasing.operations import (
    AnnouncedLine,
    AnnouncedUnit,
    Arrival,
    announce_shipment,
    close_receipt,
    count_for_order,
    identify_parked,
    open_announced_receipt,
    open_blind_receipt,
    open_receipt,
    park_goods,
    receive_lines,
    receive_unit,
)
from tests.concurrency.crowd import persist, together
from tests.factories.accounts import UserFactory
from tests.factories.catalog import PartyFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import works_at
from tests.factories.purchasing import an_approved_order
from tests.invariants import assert_invariants

SSCC = make_sscc(3, "4012345", 1)


def kinds(results, kind):
    return [result for result in results if isinstance(result, kind)]


def a_boss(floor):
    return Actor(user=works_at(UserFactory(roles=[Role.SUPERVISOR]), floor.warehouse))


def told():
    return {"by": an_actor(), "at": clock.now()}


@pytest.fixture
def sent(floor):
    """How a pallet of ten is announced."""
    return partial(
        announce_shipment,
        warehouse_id=floor.warehouse.pk,
        supplier_id=PartyFactory(is_supplier=True).pk,
        reference="DESP-1",
        expected_on=date(2026, 11, 30),
        units=[AnnouncedUnit(sscc=SSCC)],
        lines=[AnnouncedLine(item_id=floor.item.pk, quantity=D(10), sscc=SSCC)],
    )


def test_a_despatch_that_is_announced_twice_at_once_is_noted_once(sent):
    results = together(partial(sent, **told()), partial(sent, **told()))

    assert len(kinds(results, ShippingNotice)) == len(kinds(results, NoticeKnown)) == 1


def test_two_docks_do_not_both_open_the_truck_of_a_notice(floor, sent):
    notice = persist(partial(sent, **told()))
    open_it = partial(open_announced_receipt, notice_id=notice.pk, dock_id=floor.dock.pk)

    results = together(partial(open_it, **told()), partial(open_it, **told()))

    assert len(kinds(results, Receipt)) == len(kinds(results, NoticeNotOpen)) == 1


def test_a_pallet_that_two_scan_at_once_comes_in_once(floor, sent):
    notice = persist(partial(sent, **told()))
    receipt = persist(partial(open_announced_receipt, notice_id=notice.pk, dock_id=floor.dock.pk, **told()))

    results = together(*(partial(receive_unit, receipt_id=receipt.pk, sscc=SSCC, **told()) for _ in range(2)))

    assert len(kinds(results, QuerySet)) == len(kinds(results, UnitAlreadyIn)) == 1
    assert StockBalance.objects.get().on_hand == D(10)
    assert HandlingUnit.objects.count() == 1
    assert_invariants()


def test_a_pallet_that_is_scanned_while_the_truck_is_closed_is_in_or_refused(floor, sent):
    notice = persist(partial(sent, **told()))
    receipt = persist(partial(open_announced_receipt, notice_id=notice.pk, dock_id=floor.dock.pk, **told()))

    scanned, _ = together(
        partial(receive_unit, receipt_id=receipt.pk, sscc=SSCC, **told()),
        partial(close_receipt, receipt_id=receipt.pk, **told()),
    )

    on_hand = [balance.on_hand for balance in StockBalance.objects.all()]
    assert (
        (on_hand == [D(10)]) if isinstance(scanned, QuerySet) else (isinstance(scanned, ReceiptClosed) and not on_hand)
    )
    assert_invariants()


def test_parked_goods_that_two_name_at_once_come_in_once(floor):
    supplier = PartyFactory(is_supplier=True)
    receipt = persist(
        partial(open_blind_receipt, supplier_id=supplier.pk, dock_id=floor.dock.pk, by=a_boss(floor), at=clock.now())
    )
    parked = persist(partial(park_goods, receipt_id=receipt.pk, code="???", pieces=D(3), **told()))
    name = partial(
        identify_parked, parked_id=parked.pk, arrival=Arrival(item_id=floor.item.pk, quantity=D(3)), at=clock.now()
    )

    results = together(*(partial(name, by=a_boss(floor)) for _ in range(2)))

    assert len(kinds(results, ParkedGoods)) == len(kinds(results, IllegalTransition)) == 1
    assert StockBalance.objects.get().on_hand == D(3)
    assert_invariants()


def test_what_came_blind_and_what_came_by_order_share_one_tolerance(floor):
    order = an_approved_order(floor.warehouse, (floor.item, 10))
    boss = a_boss(floor)
    blind = persist(
        partial(open_blind_receipt, supplier_id=order.supplier_id, dock_id=floor.dock.pk, by=boss, at=clock.now())
    )
    goods = [Arrival(item_id=floor.item.pk, quantity=D(6))]
    [row] = persist(partial(receive_lines, receipt_id=blind.pk, arrivals=goods, **told()))
    receipt = persist(partial(open_receipt, order_ids=[order.pk], dock_id=floor.dock.pk, **told()))

    results = together(
        partial(count_for_order, receipt_line_id=row.pk, order_id=order.pk, line=1, by=boss, at=clock.now()),
        partial(receive_lines, receipt_id=receipt.pk, arrivals=[Arrival(line=1, quantity=D(6))], **told()),
    )

    assert len(kinds(results, OverReceipt)) == 1
    assert order.lines.get().received == D(6)
    assert_invariants()
