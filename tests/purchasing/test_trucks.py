"""Trucks with goods of several orders, of none, and of the wrong item; a receipt given up; more than was ordered."""

from datetime import date
from decimal import Decimal as D

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotAllowed, NotFound
from apps.journal.actor import Actor
from apps.journal.models import AuditEntry, OutboxMessage
from apps.ledger.models import StockBalance, StockMove, StockTransaction
from apps.purchasing.errors import (
    AboveApprovalLimit,
    NotASupplier,
    NotOnTruck,
    NotOrdered,
    NotTheSame,
    OrdersApart,
    OrderUnclear,
    OverNotAllowed,
    OverReceipt,
    OwnChange,
    ReceiptHasGoods,
    SelfApproval,
)
from apps.purchasing.models import ApprovalLimit, PurchaseOrder, Receipt, SupplierItem
from apps.purchasing.operations import (
    Arrival,
    LineChange,
    OrderLine,
    add_orders,
    allow_over,
    amend_purchase_order,
    approve_purchase_order,
    cancel_receipt,
    close_receipt,
    count_for_order,
    open_blind_receipt,
    open_receipt,
    park_goods,
    raise_purchase_order,
    receive_lines,
    undo_receipt_line,
)
from apps.supply.models import ExpectedReceipt
from apps.tasks.models import WarehouseTask
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.factories.purchasing import SupplierItemFactory, a_buyer, an_approved_order
from tests.invariants import assert_invariants


@pytest.fixture
def boss(yard):
    works_at(yard.buyer.user, yard.warehouse)
    return Actor(user=works_at(UserFactory(roles=[Role.SUPERVISOR]), yard.warehouse))


@pytest.fixture
def second(yard):
    return an_approved_order(yard.warehouse, (yard.bolt, 5), (yard.wire, 3), supplier=yard.supplier)


@pytest.fixture
def truck(yard, second):
    """A receipt of both orders."""
    orders = [yard.order.pk, second.pk]
    return open_receipt(order_ids=orders, dock_id=yard.dock.pk, by=yard.worker, at=clock.now())


@pytest.fixture
def blind(yard, boss):
    return open_blind_receipt(supplier_id=yard.supplier.pk, dock_id=yard.dock.pk, by=boss, at=clock.now())


def bring(receipt, *arrivals, by):
    rows = [Arrival(**{**each, "quantity": D(each["quantity"])}) for each in arrivals]
    return receive_lines(receipt_id=receipt.pk, arrivals=rows, by=by, at=clock.now())


def test_one_truck_brings_goods_of_several_orders_in_one_posting(yard, second, truck):
    rows = bring(
        truck,
        {"order_id": yard.order.pk, "line": 1, "quantity": 10},
        {"order_id": second.pk, "line": 1, "quantity": 5},
        {"order_id": second.pk, "line": 2, "quantity": 3},
        by=yard.worker,
    )

    assert [str(row.order_line) for row in rows] == [f"{yard.order}/1", f"{second}/1", f"{second}/2"]
    assert len({row.transaction_id for row in rows}) == 1
    assert StockBalance.objects.get(item=yard.bolt).on_hand == D(15)
    assert [order.state for order in PurchaseOrder.objects.order_by("pk")] == ["receiving", "receiving"]
    assert ExpectedReceipt.objects.get(document=second.number, line=2).received == D(3)
    assert_invariants()


def test_only_the_order_that_is_full_closes_with_the_truck(yard, second, truck):
    bring(
        truck,
        {"order_id": yard.order.pk, "line": 1, "quantity": 10},
        {"order_id": second.pk, "line": 1, "quantity": 5},
        {"order_id": second.pk, "line": 2, "quantity": 3},
        by=yard.worker,
    )

    close_receipt(receipt_id=truck.pk, by=yard.worker, at=clock.now())

    states = [PurchaseOrder.objects.get(pk=order.pk).state for order in (yard.order, second)]
    assert states == ["receiving", "closed"]
    assert not ExpectedReceipt.objects.open().filter(document=second.number).exists()
    assert WarehouseTask.objects.filter(document=truck.number).count() == 2


def test_a_sheet_is_printed_for_each_order_of_a_truck(yard, second, truck):
    printed = OutboxMessage.objects.filter(job="purchasing.print_receiving_sheet", arguments__receipt=truck.number)

    assert {row.arguments["order_id"] for row in printed} == {yard.order.pk, second.pk}


def test_where_a_truck_has_several_orders_a_line_names_its_own(yard, truck):
    with pytest.raises(OrderUnclear) as refusal:
        bring(truck, {"line": 1, "quantity": 1}, by=yard.worker)

    assert refusal.value.facts == {"receipt": truck.number, "line": 1, "orders": 2}
    assert not StockTransaction.objects.exists()


def test_goods_of_an_order_that_the_truck_does_not_carry_are_refused_until_it_is_added(yard, second):
    with pytest.raises(NotOnTruck) as refusal:
        bring(yard.receipt, {"order_id": second.pk, "line": 1, "quantity": 1}, by=yard.worker)
    assert refusal.value.facts == {"receipt": yard.receipt.number, "order": second.number}

    add_orders(receipt_id=yard.receipt.pk, order_ids=[second.pk], by=yard.worker, at=clock.now())
    bring(yard.receipt, {"order_id": second.pk, "line": 1, "quantity": 1}, by=yard.worker)

    assert ExpectedReceipt.objects.get(document=second.number, line=1).received == D(1)


@pytest.mark.parametrize("apart", ["supplier", "warehouse"])
def test_orders_of_two_suppliers_or_for_two_warehouses_are_not_on_one_receipt(yard, apart):
    warehouse = WarehouseFactory() if apart == "warehouse" else yard.warehouse
    supplier = PartyFactory(is_supplier=True) if apart == "supplier" else yard.supplier
    other = an_approved_order(warehouse, (yard.bolt, 1), supplier=supplier)

    with pytest.raises(OrdersApart) as refusal:
        open_receipt(order_ids=[yard.order.pk, other.pk], dock_id=yard.dock.pk, by=yard.worker, at=clock.now())

    assert refusal.value.facts["order"] == other.number
    assert Receipt.objects.count() == 1


def test_an_order_that_is_not_there_opens_no_receipt(yard):
    with pytest.raises(NotFound):
        open_receipt(order_ids=[yard.order.pk, 0], dock_id=yard.dock.pk, by=yard.worker, at=clock.now())


def test_goods_without_an_order_come_in_at_their_standard_cost(yard, boss, blind):
    nut = ItemFactory(number="NUT", standard_cost=D("0.4"))

    [row] = bring(blind, {"item_id": nut.pk, "quantity": 50}, by=yard.worker)

    assert (row.order_line, row.quantity, row.item) == (None, D(50), nut)
    assert StockMove.objects.get().unit_cost == D("0.4")
    close_receipt(receipt_id=blind.pk, by=boss, at=clock.now())
    assert WarehouseTask.objects.get(document=blind.number).quantity == D(50)
    assert_invariants()


def test_a_blind_receipt_needs_somebody_who_may_and_a_supplier(yard):
    told = {"dock_id": yard.dock.pk, "at": clock.now()}
    with pytest.raises(NotAllowed):
        open_blind_receipt(supplier_id=yard.supplier.pk, by=yard.worker, **told)
    with pytest.raises(NotASupplier):
        open_blind_receipt(supplier_id=PartyFactory().pk, by=yard.buyer, **told)

    assert Receipt.objects.count() == 1


def test_a_line_of_a_blind_receipt_has_no_order_to_be_of(yard, blind):
    with pytest.raises(OrderUnclear):
        bring(blind, {"line": 1, "quantity": 1}, by=yard.worker)


def test_what_nobody_ordered_goes_back_or_a_supervisor_takes_it_in(yard, boss):
    nut = ItemFactory(number="NUT")

    with pytest.raises(NotOrdered) as refusal:
        bring(yard.receipt, {"item_id": nut.pk, "quantity": 3}, by=yard.worker)
    assert refusal.value.facts == {"receipt": yard.receipt.number, "item": "NUT"}
    [back] = bring(
        yard.receipt,
        {"item_id": nut.pk, "quantity": 3, "rejected": D(3), "rejected_because": "wrong item"},
        by=yard.worker,
    )
    [kept] = bring(yard.receipt, {"item_id": nut.pk, "quantity": 2}, by=boss)

    assert (back.kept, kept.kept) == (0, D(2))
    assert StockBalance.objects.on_hand().get(item=nut).on_hand == D(2)
    assert_invariants()


def test_what_came_blind_is_counted_for_its_order_once_somebody_knows_it(yard, blind):
    [row] = bring(blind, {"item_id": yard.bolt.pk, "quantity": 4}, by=yard.worker)

    counted = count_for_order(receipt_line_id=row.pk, order_id=yard.order.pk, line=1, by=yard.buyer, at=clock.now())

    assert str(counted.order_line) == f"{yard.order}/1"
    assert yard.order.lines.get(line=1).received == D(4)
    assert ExpectedReceipt.objects.get(document=yard.order.number, line=1).received == D(4)
    assert list(blind.orders.all()) == [yard.order]
    assert AuditEntry.objects.of("purchase order", yard.order.number).filter(verb="count for").exists()
    assert_invariants()


def test_goods_are_counted_for_no_line_that_they_are_not_of(yard, boss, blind):
    [bolts] = bring(blind, {"item_id": yard.bolt.pk, "quantity": 40}, by=yard.worker)
    [ordered] = bring(yard.receipt, {"line": 1, "quantity": 1}, by=yard.worker)
    elsewhere = an_approved_order(yard.warehouse, (yard.bolt, 99))

    def count(row, order, line):
        return count_for_order(receipt_line_id=row.pk, order_id=order.pk, line=line, by=yard.buyer, at=clock.now())

    with pytest.raises(NotTheSame, match="it is BOLT, not WIRE"):
        count(bolts, yard.order, 4)
    with pytest.raises(NotTheSame, match="counted for an order already"):
        count(ordered, yard.order, 1)
    with pytest.raises(NotTheSame, match="another supplier"):
        count(bolts, elsewhere, 1)
    with pytest.raises(OverReceipt):
        count(bolts, yard.order, 1)
    with pytest.raises(NotFound):
        count(bolts, yard.order, 9)
    with pytest.raises(NotAllowed):
        count_for_order(receipt_line_id=bolts.pk, order_id=yard.order.pk, line=1, by=yard.worker, at=clock.now())
    undo_receipt_line(receipt_line_id=bolts.pk, reason="typed wrong", by=boss, at=clock.now())
    with pytest.raises(NotTheSame, match="it was undone"):
        count(bolts, yard.order, 1)

    assert yard.order.lines.get(line=1).received == D(1)


def test_an_undone_delivery_of_several_orders_counts_for_none(yard, second, truck, boss):
    rows = bring(
        truck,
        {"order_id": yard.order.pk, "line": 1, "quantity": 10},
        {"order_id": second.pk, "line": 1, "quantity": 5},
        by=yard.worker,
    )

    undo_receipt_line(receipt_line_id=rows[0].pk, reason="wrong truck", by=boss, at=clock.now())

    assert [order.lines.get(line=1).received for order in (yard.order, second)] == [0, 0]
    assert set(ExpectedReceipt.objects.values_list("received", flat=True)) == {0}
    assert_invariants()


def test_a_receipt_of_which_nothing_came_is_cancelled(yard, boss):
    cancelled = cancel_receipt(receipt_id=yard.receipt.pk, reason="drove off", by=boss, at=clock.now())

    assert (cancelled.state, cancelled.closed_at is not None) == ("cancelled", True)
    assert AuditEntry.objects.of("receipt", yard.receipt.number).get().detail["reason"] == "drove off"


def test_a_receipt_is_cancelled_by_who_opened_it_or_who_may_decide(yard):
    told = {"receipt_id": yard.receipt.pk, "reason": "drove off", "at": clock.now()}
    with pytest.raises(NotAllowed):
        cancel_receipt(by=Actor(user=UserFactory(roles=[Role.PICKER])), **told)

    assert cancel_receipt(by=yard.worker, **told).state == "cancelled"


def test_an_order_that_has_come_closes_when_the_last_truck_it_waited_for_is_cancelled(yard, boss):
    order = an_approved_order(yard.warehouse, (yard.bolt, 4), supplier=yard.supplier)
    told = {"by": boss, "at": clock.now()}
    first, second = (open_receipt(order_ids=[order.pk], dock_id=yard.dock.pk, **told) for _ in range(2))
    bring(first, {"line": 1, "quantity": 4}, by=boss)
    close_receipt(receipt_id=first.pk, **told)
    order.refresh_from_db()
    assert order.state == "receiving"

    cancel_receipt(receipt_id=second.pk, reason="was empty", **told)

    order.refresh_from_db()
    assert order.state == "closed"
    assert ExpectedReceipt.objects.get(document=order.number).closed_at is not None
    assert_invariants()


def test_a_receipt_cancelled_half_way_says_what_is_to_be_undone_first(yard, boss):
    [row] = bring(yard.receipt, {"line": 1, "quantity": 2}, by=yard.worker)
    park_goods(receipt_id=yard.receipt.pk, code="???", pieces=D(1), by=yard.worker, at=clock.now())

    with pytest.raises(ReceiptHasGoods) as refusal:
        cancel_receipt(receipt_id=yard.receipt.pk, reason="drove off", by=boss, at=clock.now())

    assert refusal.value.facts == {"receipt": yard.receipt.number, "lines": 1, "parked": 1}
    yard.receipt.refresh_from_db()
    assert yard.receipt.state == "open"
    undo_receipt_line(receipt_line_id=row.pk, reason="typed wrong", by=boss, at=clock.now())
    yard.receipt.parked.update(state="returned", decided_by=boss.user, decided_at=clock.now())
    cancel_receipt(receipt_id=yard.receipt.pk, reason="drove off", by=boss, at=clock.now())
    assert_invariants()


def test_more_than_the_tolerance_comes_once_somebody_allows_it(yard):
    with pytest.raises(OverReceipt):
        bring(yard.receipt, {"line": 1, "quantity": 15}, by=yard.worker)

    allow_over(order_id=yard.order.pk, line=1, most=D(15), reason="we can use them", by=yard.buyer, at=clock.now())
    bring(yard.receipt, {"line": 1, "quantity": 15}, by=yard.worker)
    with pytest.raises(OverReceipt):
        bring(yard.receipt, {"line": 1, "quantity": 1}, by=yard.worker)

    entry = AuditEntry.objects.of("purchase order", yard.order.number).get(verb="allow more")
    assert (entry.user, entry.detail["most"], entry.detail["reason"]) == (yard.buyer.user, "15", "we can use them")
    assert_invariants()


def test_who_allows_more_may_and_could_have_approved_it(yard):
    told = {"order_id": yard.order.pk, "reason": "why not", "at": clock.now()}
    ApprovalLimit.objects.filter(role=Role.BUYER).update(most=D(500))

    with pytest.raises(NotAllowed):
        allow_over(line=1, most=D(20), by=yard.worker, **told)
    with pytest.raises(OverNotAllowed) as refusal:
        allow_over(line=1, most=D(11), by=yard.buyer, **told)
    assert refusal.value.facts["most"] == D(11)
    with pytest.raises(AboveApprovalLimit):
        allow_over(line=1, most=D(500), by=yard.buyer, **told)
    with pytest.raises(NotFound):
        allow_over(line=9, most=D(20), by=yard.buyer, **told)

    assert not yard.order.lines.exclude(over_allowed=0).exists()


def test_neither_who_raised_an_order_nor_who_changed_it_lets_more_come(yard):
    told = {"order_id": yard.order.pk, "line": 1, "most": D(20), "reason": "why not", "at": clock.now()}
    raiser = Actor(user=yard.order.raised_by)

    with pytest.raises(SelfApproval):
        allow_over(by=raiser, **told)
    changed = {"order_id": yard.order.pk, "at": clock.now()}
    amend_purchase_order(reason="more", changes=[LineChange(line=1, quantity=D(12))], by=yard.buyer, **changed)
    approve_purchase_order(by=Actor(user=UserFactory(roles=[Role.ADMIN])), **changed)
    with pytest.raises(OwnChange):
        allow_over(by=yard.buyer, **told)

    assert not yard.order.lines.exclude(over_allowed=0).exists()


def test_the_limit_holds_for_all_that_was_allowed_of_an_order_together(yard):
    """The order is worth 293.75; 40 more bolts and 40 more pieces of milk are worth 100 each."""
    ApprovalLimit.objects.filter(role=Role.BUYER).update(most=D(400))
    told = {"order_id": yard.order.pk, "reason": "why not", "by": yard.buyer, "at": clock.now()}

    allow_over(line=1, most=D(50), **told)
    with pytest.raises(AboveApprovalLimit):
        allow_over(line=2, most=D(140), **told)

    assert list(yard.order.lines.order_by("line").values_list("over_allowed", flat=True)) == [39, 0, 0, 0]


def test_the_tolerance_is_the_lines_own_or_the_suppliers_or_the_items(yard):
    nut = ItemFactory(number="NUT", over_tolerance_percent=D(3), standard_cost=D(1))
    cog = ItemFactory(number="COG", over_tolerance_percent=D(3), standard_cost=D(1))
    SupplierItemFactory(supplier=yard.supplier, item=cog, over_tolerance_percent=D(7))
    SupplierItem.objects.filter(item=nut).delete()

    order = raise_purchase_order(
        warehouse_id=yard.warehouse.pk,
        supplier_id=yard.supplier.pk,
        lines=[
            OrderLine(item_id=nut.pk, quantity=D(1)),
            OrderLine(item_id=cog.pk, quantity=D(1)),
            OrderLine(item_id=cog.pk, quantity=D(1), over_tolerance_percent=D(0)),
        ],
        due_on=yard.order.due_on,
        by=a_buyer(),
        at=clock.now(),
    )

    assert list(order.lines.order_by("line").values_list("over_tolerance_percent", flat=True)) == [3, 7, 0]


def test_a_truck_of_two_orders_over_the_api(yard, second):
    hand = a_worker(yard.warehouse)
    body = {"orders": [yard.order.number, second.number], "dock": "DOCK-1"}

    opened = hand.post("/receipts", body).json()
    came = hand.post(
        f"/receipts/{opened['number']}/delivery",
        {
            "lines": [
                {"order": yard.order.number, "line": 1, "quantity": "10"},
                {"order": second.number, "line": 1, "quantity": "5"},
            ]
        },
    ).json()

    assert opened["orders"] == [yard.order.number, second.number]
    assert [(row["order"], row["line"]) for row in came] == [(yard.order.number, 1), (second.number, 1)]
    refused(hand.post(f"/receipts/{opened['number']}/lines", {"line": 1, "quantity": "1"}), 400, "order_unclear")


def test_blind_receiving_over_the_api(yard):
    boss = a_person(yard.warehouse, roles=("supervisor",))
    hand = a_worker(yard.warehouse)
    body = {"supplier": "DAIRY", "warehouse": "MAIN", "dock": "DOCK-1"}

    refused(hand.post("/receipts", body), 403, "not_allowed")
    number = boss.post("/receipts", body).json()["number"]
    [row] = hand.post(f"/receipts/{number}/lines", {"item": "BOLT", "quantity": "4"}).json()
    found = hand.post(f"/receipts/{number}/lines/{row['id']}/order", {"order": yard.order.number, "line": 1})
    refused(found, 403, "not_allowed")
    buyer = a_person(yard.warehouse, roles=("buyer",))
    [counted] = buyer.post(
        f"/receipts/{number}/lines/{row['id']}/order", {"order": yard.order.number, "line": 1}
    ).json()

    assert (row["order"], row["line"]) == (None, None)
    assert (counted["order"], counted["line"]) == (yard.order.number, 1)
    assert hand.get(f"/receipts/{number}").json()["orders"] == [yard.order.number]


@pytest.mark.parametrize(
    "body",
    [
        {"dock": "DOCK-1"},
        {"dock": "DOCK-1", "orders": ["PO-1"], "supplier": "DAIRY", "warehouse": "MAIN"},
        {"dock": "DOCK-1", "supplier": "DAIRY"},
    ],
)
def test_a_receipt_is_opened_one_way(yard, body):
    boss = a_person(yard.warehouse, roles=("supervisor",))

    refused(boss.post("/receipts", body), 400, "malformed")


def test_serial_numbers_come_as_a_range(yard):
    hand = a_worker(yard.warehouse)
    body = {"line": 3, "quantity": "2", "serial_range": {"first": "S-0099", "last": "S-0100"}}

    rows = hand.post(f"/receipts/{yard.receipt.number}/lines", body).json()

    assert [row["serial"] for row in rows] == ["S-0099", "S-0100"]
    body["serial_range"] = {"first": "S-9", "last": "T-1"}
    refused(hand.post(f"/receipts/{yard.receipt.number}/lines", body), 400, "malformed")


def test_goods_without_a_lots_label_get_a_number_and_a_label(yard):
    hand = a_worker(yard.warehouse)
    body = {"line": 2, "quantity": "4", "unlabelled": True, "expires_on": "2099-12-31"}

    [row] = hand.post(f"/receipts/{yard.receipt.number}/lines", body).json()

    assert row["lot"].startswith("L-")
    asked = OutboxMessage.objects.get(job="purchasing.print_lot_labels")
    assert asked.arguments["transaction_id"] == row["transaction"]


def test_cancelling_and_more_over_the_api(yard, second):
    boss = a_person(yard.warehouse, roles=("supervisor",))
    buyer = a_person(yard.warehouse, roles=("buyer",))
    path = f"/receipts/{yard.receipt.number}"

    added = boss.post(f"{path}/orders", {"orders": [second.number]}).json()
    more = buyer.post(
        f"/purchase-orders/{second.number}/allow-over", {"line": 1, "most": "9", "reason": "good price"}
    ).json()
    gone = boss.post(f"{path}/cancel", {"reason": "drove off"}).json()

    assert added["orders"] == [yard.order.number, second.number]
    assert [line["most"] for line in more["lines"]] == ["9", "3"]
    assert gone["state"] == "cancelled"
    refused(boss.post(f"{path}/cancel", {"reason": "again"}), 409, "illegal_transition")
    refused(boss.post(f"{path}/lines", {"line": 1, "quantity": "1"}), 409, "receipt_closed")


def test_a_place_of_another_warehouse_is_no_place_to_park(yard):
    with pytest.raises(NotFound):
        park_goods(
            receipt_id=yard.receipt.pk,
            code="???",
            pieces=D(1),
            location_id=LocationFactory().pk,
            by=yard.worker,
            at=clock.now(),
        )


def test_a_lot_number_that_another_item_bears_is_a_lot_of_its_own(yard):
    cheese = ItemFactory(number="CHEESE", perishable=True)
    order = an_approved_order(yard.warehouse, (cheese, 10), supplier=yard.supplier)
    truck = open_receipt(order_ids=[yard.order.pk, order.pk], dock_id=yard.dock.pk, by=yard.worker, at=clock.now())
    told = {"lot_number": "L1", "quantity": 5}

    rows = bring(
        truck,
        {**told, "order_id": yard.order.pk, "line": 2, "expires_on": date(2099, 1, 1)},
        {**told, "order_id": order.pk, "line": 1, "expires_on": date(2098, 1, 1)},
        by=yard.worker,
    )

    assert [(row.lot.item.number, str(row.lot.expires_on)) for row in rows] == [
        ("MILK", "2099-01-01"),
        ("CHEESE", "2098-01-01"),
    ]
    assert_invariants()
