"""Receiving: what comes in, what is refused at the dock, and that a refusal moves nothing."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.core import clock
from apps.core.errors import IllegalTransition, InvalidQuantity, NotFound
from apps.journal.models import OutboxMessage
from apps.ledger.errors import SerialElsewhere
from apps.ledger.models import Lot, StockBalance, StockMove
from apps.ledger.operations import reverse
from apps.locations.choices import LocationKind
from apps.purchasing.errors import (
    ExpiredOnReceipt,
    ExpiryRequired,
    ImpossibleDates,
    LotMismatch,
    LotNotAllowed,
    LotRequired,
    NotADock,
    OrderNotReceivable,
    OverReceipt,
    ReceiptClosed,
    SerialsMismatch,
    StatusNotReceivable,
)
from apps.purchasing.operations import cancel_purchase_order, close_purchase_order, close_receipt, open_receipt
from apps.purchasing.states import PurchaseOrderState, ReceiptState
from apps.storage.models import Putaway
from apps.supply.models import ExpectedReceipt
from tests.factories.locations import LocationFactory
from tests.factories.purchasing import an_order

SOON = date(2099, 12, 31)


def on_hand(yard, item, **key):
    return sorted(StockBalance.objects.filter(item=item, **key).values_list("location__code", "status", "on_hand"))


def close(yard):
    return close_receipt(receipt_id=yard.receipt.pk, by=yard.worker, at=clock.now())


def test_goods_come_from_the_supplier_to_the_dock_at_the_order_s_price(yard):
    [line] = yard.receive(1, 4)

    assert on_hand(yard, yard.bolt) == [("DOCK-1", "available", D(4))]
    move = StockMove.objects.get()
    assert (move.source.kind, move.target, move.unit_cost) == (LocationKind.SUPPLIER, yard.dock, D("2.50"))
    assert (line.transaction.document, line.transaction.kind) == (yard.receipt.number, "receive")
    yard.order.refresh_from_db()
    assert yard.order.state == PurchaseOrderState.RECEIVING
    assert yard.order.lines.get(line=1).received == D(4)
    assert ExpectedReceipt.objects.get(document=yard.order.number, line=1).received == D(4)


def test_unit_cost_is_the_price_in_company_currency(yard):
    yard.order.exchange_rate = D("0.5")
    yard.order.save()

    yard.receive(1, 1)

    assert StockMove.objects.get().unit_cost == D("1.25")


def test_damaged_goods_count_as_received(yard):
    yard.receive(1, 7)
    yard.receive(1, 3, status="damaged")

    assert on_hand(yard, yard.bolt) == [("DOCK-1", "available", D(7)), ("DOCK-1", "damaged", D(3))]
    assert yard.order.lines.get(line=1).received == D(10)


def test_a_lot_is_made_with_what_its_label_says(yard):
    [line] = yard.receive(2, 40, lot_number="L1", made_on=date(2025, 1, 1), expires_on=SOON, supplier_lot="S-77")

    lot = Lot.objects.get()
    assert line.lot == lot
    assert (lot.number, lot.made_on, lot.expires_on, lot.supplier_lot, lot.supplier) == (
        "L1",
        date(2025, 1, 1),
        SOON,
        "S-77",
        yard.supplier,
    )


def test_expiry_is_counted_from_the_making_date(yard):
    made_on = yard.warehouse.local_date(clock.now()) - timedelta(days=10)

    yard.receive(2, 40, lot_number="L1", made_on=made_on)

    assert Lot.objects.get().expires_on == made_on + timedelta(days=365)


def test_a_known_lot_needs_no_expiry_again(yard):
    yard.receive(2, 40, lot_number="L1", expires_on=SOON)
    yard.receive(2, 60, lot_number="L1")

    assert on_hand(yard, yard.milk, lot__number="L1") == [("DOCK-1", "available", D(100))]


def test_serial_numbers_come_in_one_by_one(yard):
    lines = yard.receive(3, 2, serials=["SN-2", "SN-1"])

    assert [(line.serial.number, line.quantity) for line in lines] == [("SN-2", D(1)), ("SN-1", D(1))]
    assert StockBalance.objects.filter(item=yard.drill, on_hand=1).count() == 2


def test_a_quantity_has_the_item_s_decimals(yard):
    yard.receive(4, "5.25")

    assert on_hand(yard, yard.wire) == [("DOCK-1", "available", D("5.25"))]


def test_up_to_the_tolerance_more_comes_in_and_not_beyond(yard):
    yard.receive(1, 10)

    with pytest.raises(OverReceipt) as refusal, transaction.atomic():
        yard.receive(1, 2)

    assert refusal.value.facts == {
        "item": "BOLT",
        "ordered": D(10),
        "received": D(10),
        "most": D(11),
        "asked": D(2),
    }
    assert on_hand(yard, yard.bolt) == [("DOCK-1", "available", D(10))]
    yard.receive(1, 1)
    assert on_hand(yard, yard.bolt) == [("DOCK-1", "available", D(11))]


YESTERDAY = clock.now().date() - timedelta(days=1)


@pytest.mark.parametrize(
    ("line", "quantity", "more", "refused"),
    [
        (2, 1, {}, LotRequired),
        (2, 1, {"lot_number": "  "}, LotRequired),
        (1, 1, {"lot_number": "L1"}, LotNotAllowed),
        (1, 1, {"expires_on": SOON}, LotNotAllowed),
        (2, 1, {"lot_number": "L1"}, ExpiryRequired),
        (2, 1, {"lot_number": "L1", "expires_on": YESTERDAY}, ExpiredOnReceipt),
        (2, 1, {"lot_number": "L1", "made_on": date(2020, 1, 1)}, ExpiredOnReceipt),
        (2, 1, {"lot_number": "L1", "made_on": SOON}, ImpossibleDates),
        (2, 1, {"lot_number": "L1", "made_on": date(2020, 1, 2), "expires_on": date(2020, 1, 1)}, ImpossibleDates),
        (3, 2, {"serials": ["SN-1"]}, SerialsMismatch),
        (3, 2, {"serials": ["SN-1", "SN-1"]}, SerialsMismatch),
        (3, 2, {"serials": ["SN-1", " "]}, SerialsMismatch),
        (3, 2, {}, SerialsMismatch),
        (1, 1, {"serials": ["SN-1"]}, SerialsMismatch),
        (1, 1, {"status": "blocked"}, StatusNotReceivable),
        (1, 1, {"status": "nonsense"}, StatusNotReceivable),
        (9, 1, {}, NotFound),
        (1, 0, {}, InvalidQuantity),
        (1, -1, {}, InvalidQuantity),
        (1, "0.5", {}, InvalidQuantity),
        (4, "0.001", {}, InvalidQuantity),
        (1, "NaN", {}, InvalidQuantity),
        (1, "1e999", {}, InvalidQuantity),
    ],
)
def test_what_the_dock_refuses_moves_nothing(yard, line, quantity, more, refused):
    with pytest.raises(refused), transaction.atomic():
        yard.receive(line, quantity, **more)

    assert not StockMove.objects.exists()
    assert not Lot.objects.exists()
    assert set(yard.order.lines.values_list("received", flat=True)) == {D(0)}
    yard.order.refresh_from_db()
    assert yard.order.state == PurchaseOrderState.APPROVED


def test_a_lot_that_expires_today_at_the_warehouse_is_refused(yard):
    yard.warehouse.timezone = "Pacific/Kiritimati"
    yard.warehouse.save()
    today = yard.warehouse.local_date(clock.now())

    with pytest.raises(ExpiredOnReceipt) as refusal, transaction.atomic():
        yard.receive(2, 1, lot_number="L1", expires_on=today)

    assert refusal.value.facts == {"item": "MILK", "lot": "L1", "expires_on": today}


@pytest.mark.parametrize(
    ("fact", "given", "known"),
    [
        ("expires_on", date(2100, 1, 1), "2099-12-31"),
        ("made_on", date(2024, 2, 2), "2025-01-01"),
        ("supplier_lot", "S-78", "S-77"),
    ],
)
def test_a_known_lot_keeps_its_facts(yard, fact, given, known):
    label = {"made_on": date(2025, 1, 1), "expires_on": SOON, "supplier_lot": "S-77"}
    yard.receive(2, 1, lot_number="L1", **label)

    with pytest.raises(LotMismatch) as refusal, transaction.atomic():
        yard.receive(2, 1, lot_number="L1", **(label | {fact: given}))

    assert refusal.value.facts == {"item": "MILK", "lot": "L1", "fact": fact, "known": known, "given": str(given)}
    assert on_hand(yard, yard.milk) == [("DOCK-1", "available", D(1))]


def test_a_serial_number_comes_in_once(yard):
    yard.receive(3, 1, serials=["SN-1"])

    with pytest.raises(SerialElsewhere), transaction.atomic():
        yard.receive(3, 1, serials=["SN-1"])

    assert StockBalance.objects.filter(item=yard.drill, on_hand=1).count() == 1


def test_nothing_comes_in_on_a_closed_receipt(yard):
    close(yard)

    with pytest.raises(ReceiptClosed):
        yard.receive(1, 1)
    with pytest.raises(IllegalTransition):
        close(yard)


def test_nothing_comes_in_against_an_order_that_was_given_up(yard):
    cancel_purchase_order(order_id=yard.order.pk, reason="late", by=yard.buyer, at=clock.now())

    with pytest.raises(OrderNotReceivable) as refusal:
        yard.receive(1, 1)

    assert refusal.value.state == PurchaseOrderState.CANCELLED
    assert not StockMove.objects.exists()


def test_a_receipt_needs_an_approved_order(yard):
    draft = an_order(yard.warehouse, (yard.bolt, 1))

    with pytest.raises(OrderNotReceivable):
        open_receipt(order_ids=[draft.pk], dock_id=yard.dock.pk, by=yard.worker, at=clock.now())


@pytest.mark.parametrize("wrong", [{"kind": LocationKind.STORAGE}, {"is_active": False}, {"elsewhere": True}])
def test_a_receipt_needs_a_dock_in_use_of_the_same_warehouse(yard, wrong):
    place = {"kind": LocationKind.DOCK} | wrong
    if not place.pop("elsewhere", False):
        place["warehouse"] = yard.warehouse
    dock = LocationFactory(**place)

    with pytest.raises(NotADock):
        open_receipt(order_ids=[yard.order.pk], dock_id=dock.pk, by=yard.worker, at=clock.now())


def test_closing_asks_for_the_putaway_of_what_stands_at_the_dock(yard):
    yard.receive(1, 6)
    yard.receive(1, 2)
    yard.receive(1, 1, status="damaged")
    yard.receive(3, 2, serials=["SN-1", "SN-2"])
    quarantine = LocationFactory(warehouse=yard.warehouse, code="Q", kind=LocationKind.QUARANTINE)

    receipt = close(yard)

    assert receipt.state == ReceiptState.CLOSED
    tasks = Putaway.objects.order_by("task__item__number", "status", "task__serial__number").values_list(
        "task__item__number", "status", "task__quantity", "task__serial__number", "task__target", "task__document"
    )
    assert list(tasks) == [
        ("BOLT", "available", D(8), None, yard.bin.pk, receipt.number),
        ("BOLT", "damaged", D(1), None, quarantine.pk, receipt.number),
        ("DRILL", "available", D(1), "SN-1", yard.bin.pk, receipt.number),
        ("DRILL", "available", D(1), "SN-2", yard.bin.pk, receipt.number),
    ]


def test_goods_whose_receipt_was_reversed_are_not_put_away(yard):
    [wrong] = yard.receive(1, 6)
    yard.receive(1, 2)
    reverse(wrong.transaction_id, by=yard.worker, at=clock.now(), reason="typed twice")

    close(yard)

    assert [putaway.task.quantity for putaway in Putaway.objects.all()] == [D(2)]


def test_a_receipt_with_nothing_closes_without_tasks(yard):
    close(yard)

    assert not Putaway.objects.exists()
    yard.order.refresh_from_db()
    assert yard.order.state == PurchaseOrderState.APPROVED
    assert not OutboxMessage.objects.filter(job="purchasing.print_lot_labels").exists()


def test_closing_the_last_receipt_of_a_full_order_closes_the_order(yard):
    yard.receive(1, 10)
    yard.receive(2, 100, lot_number="L1", expires_on=SOON)
    yard.receive(3, 2, serials=["SN-1", "SN-2"])
    yard.receive(4, "5.5")

    close(yard)

    yard.order.refresh_from_db()
    assert yard.order.state == PurchaseOrderState.CLOSED
    assert not ExpectedReceipt.objects.filter(closed_at=None).exists()
    assert OutboxMessage.objects.filter(job="purchasing.print_lot_labels").count() == 1


def test_an_order_stays_open_while_another_truck_is_unloaded(yard):
    open_receipt(order_ids=[yard.order.pk], dock_id=yard.dock.pk, by=yard.worker, at=clock.now())
    yard.receive(1, 10)
    yard.receive(2, 100, lot_number="L1", expires_on=SOON)
    yard.receive(3, 2, serials=["SN-1", "SN-2"])
    yard.receive(4, "5.5")

    close(yard)

    yard.order.refresh_from_db()
    assert yard.order.state == PurchaseOrderState.RECEIVING


def test_a_receipt_of_an_order_closed_short_still_closes(yard):
    yard.receive(1, 4)
    close_purchase_order(order_id=yard.order.pk, reason="no more", by=yard.buyer, at=clock.now())

    receipt = close(yard)

    assert receipt.state == ReceiptState.CLOSED
    assert Putaway.objects.get().task.quantity == D(4)
