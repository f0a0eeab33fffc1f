"""A line counted in wrongly is taken back while its goods stand at the dock, and counts for nothing afterwards."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotAllowed, NotFound
from apps.journal.models import AuditEntry
from apps.ledger.errors import InsufficientStock, NotReversible
from apps.ledger.models import StockBalance, StockTransaction
from apps.purchasing.operations import close_receipt, open_receipt, undo_receipt_line
from apps.purchasing.queries import labels_of, waiting_at_dock
from apps.storage.operations import confirm_putaway, propose_putaways, undo_putaway
from apps.supply.models import ExpectedReceipt
from apps.tasks.models import WarehouseTask
from apps.traceability.queries import trace_lot
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory, works_at
from tests.factories.purchasing import receive_line
from tests.invariants import assert_invariants

SOON = date(2099, 12, 31)


@pytest.fixture
def boss(yard):
    return an_actor(works_at(UserFactory(roles=[Role.SUPERVISOR]), yard.warehouse))


@pytest.fixture
def undo(boss):
    def undo(line, by=boss):
        with transaction.atomic():
            return undo_receipt_line(receipt_line_id=line.pk, reason="typed wrong", by=by, at=clock.now())

    return undo


def close(yard):
    return close_receipt(receipt_id=yard.receipt.pk, by=yard.worker, at=clock.now())


def put_away(yard, task, quantity):
    return confirm_putaway(
        task_id=task.pk, location_id=task.target_id, quantity=D(quantity), by=yard.worker, at=clock.now()
    )


def counts(yard, line):
    """What the order's line, and what is expected of it, say has come."""
    expected = ExpectedReceipt.objects.get(document=yard.order.number, line=line)
    return yard.order.lines.get(line=line).received, expected.received


def at_dock(yard, item):
    return sum(StockBalance.objects.filter(item=item, location=yard.dock).values_list("on_hand", flat=True))


def waiting():
    tasks = WarehouseTask.objects.open().order_by("item__number", "serial__number", "pk")
    return list(tasks.values_list("item__number", "serial__number", "quantity"))


def test_an_undone_line_never_came_and_what_came_is_received_anew(yard, boss, undo):
    [wrong] = yard.receive(1, 10)
    [right] = yard.receive(1, 1)

    [undone] = undo(wrong)

    assert undone == wrong
    assert (at_dock(yard, yard.bolt), counts(yard, 1)) == (D(1), (D(1), D(1)))
    assert [line.undone for line in yard.receipt.lines.order_by("pk")] == [True, False]
    assert list(yard.receipt.lines.counted()) == [right]
    entry = AuditEntry.objects.of("receipt", yard.receipt.number).get()
    assert (entry.verb, entry.user, entry.detail["reason"], entry.detail["lines"]) == (
        "undo",
        boss.user,
        "typed wrong",
        {f"{yard.order}/1": "10"},
    )
    yard.receive(1, 9)
    assert counts(yard, 1) == (D(10), D(10))
    assert_invariants()


def test_serial_numbers_received_together_are_undone_together_and_may_come_again(yard, undo):
    _, second = yard.receive(3, 2, serials=["SN-1", "SN-2"])

    lines = undo(second)

    assert [line.serial.number for line in lines] == ["SN-1", "SN-2"]
    assert (at_dock(yard, yard.drill), counts(yard, 3)) == (D(0), (D(0), D(0)))
    yard.receive(3, 1, serials=["SN-1"])
    assert counts(yard, 3) == (D(1), D(1))


def test_undone_lines_have_no_label_no_putaway_and_no_place_in_a_trace(yard, undo):
    [wrong] = yard.receive(2, 40, lot_number="L1", expires_on=SOON)
    yard.receive(2, 4, lot_number="L1")
    undo(wrong)

    close(yard)

    assert [(label.lot, label.quantity) for label in labels_of(yard.receipt)] == [("L1", D(4))]
    assert waiting() == [("MILK", None, D(4))]
    trace = trace_lot(wrong.lot_id)
    assert [row.quantity for row in trace.receipts] == [D(4)]
    assert trace.balance.received == D(4)
    assert trace.balance.balances


def test_a_line_is_undone_once(yard, undo):
    [wrong] = yard.receive(1, 10)
    undo(wrong)

    with pytest.raises(NotReversible):
        undo(wrong)

    assert counts(yard, 1) == (D(0), D(0))
    assert StockTransaction.objects.filter(kind="reversal").count() == 1


def test_on_a_closed_receipt_the_putaway_is_called_off_and_the_rest_is_proposed_anew(yard, undo):
    yard.receive(1, 6)
    [wrong] = yard.receive(1, 2)
    close(yard)

    undo(wrong)

    assert waiting() == [("BOLT", None, D(6))]
    assert at_dock(yard, yard.bolt) == D(6)
    assert_invariants()


def test_goods_that_were_put_away_are_not_undone_unless_the_putaway_is(yard, boss, undo):
    [line] = yard.receive(1, 6)
    close(yard)
    putaway = put_away(yard, WarehouseTask.objects.get(), 4)

    with pytest.raises(InsufficientStock) as refusal:
        undo(line)

    assert (refusal.value.location, refusal.value.available, refusal.value.requested) == ("DOCK-1", D(2), D(6))
    assert waiting() == [("BOLT", None, D(2))]
    assert (at_dock(yard, yard.bolt), counts(yard, 1)) == (D(2), (D(6), D(6)))
    undo_putaway(putaway_id=putaway.pk, reason="wrong count", by=boss, at=clock.now())
    undo(line)
    assert (waiting(), at_dock(yard, yard.bolt), counts(yard, 1)) == ([], D(0), (D(0), D(0)))


def test_another_truck_s_goods_at_the_same_dock_are_not_taken_instead(yard, undo):
    [line] = yard.receive(1, 4)
    close(yard)
    put_away(yard, WarehouseTask.objects.get(), 4)
    told = {"by": yard.worker, "at": clock.now()}
    other = open_receipt(order_ids=[yard.order.pk], dock_id=yard.dock.pk, **told)
    receive_line(receipt_id=other.pk, line=1, quantity=D(5), **told)

    with pytest.raises(InsufficientStock):
        undo(line)

    assert (at_dock(yard, yard.bolt), counts(yard, 1)) == (D(5), (D(9), D(9)))


def test_goods_taken_from_the_dock_of_an_open_receipt_are_not_undone(yard, undo):
    [line] = yard.receive(1, 4)
    [putaway] = propose_putaways(
        waiting_at_dock(yard.receipt), warehouse_id=yard.warehouse.pk, document="X-1", by=yard.worker, at=clock.now()
    )
    put_away(yard, putaway.task, 3)

    with pytest.raises(InsufficientStock):
        undo(line)

    assert (at_dock(yard, yard.bolt), counts(yard, 1)) == (D(1), (D(4), D(4)))


@pytest.mark.parametrize("role", [Role.PICKER, Role.BUYER, Role.QUALITY, Role.AUDITOR])
def test_only_whoever_answers_for_stock_undoes(yard, undo, role):
    [line] = yard.receive(1, 4)

    with pytest.raises(NotAllowed):
        undo(line, by=an_actor(works_at(UserFactory(roles=[role]), yard.warehouse)))

    assert (at_dock(yard, yard.bolt), counts(yard, 1)) == (D(4), (D(4), D(4)))


def test_nobody_undoes_in_another_warehouse(yard, undo):
    [line] = yard.receive(1, 4)

    with pytest.raises(NotFound):
        undo(line, by=an_actor(works_at(UserFactory(roles=[Role.SUPERVISOR]), WarehouseFactory())))

    assert counts(yard, 1) == (D(4), D(4))


def test_over_http_a_line_is_undone_once_and_shows_it(yard):
    boss = a_person(yard.warehouse, roles=[Role.INVENTORY_MANAGER])
    [line] = yard.receive(1, 4)
    path = f"/receipts/{yard.receipt.number}/lines/{line.pk}/undo"

    refused(boss.post(path, {}), 400, "malformed")
    first = boss.post(path, {"reason": "typed wrong"}, key="k1")
    again = boss.post(path, {"reason": "typed wrong"}, key="k1")

    assert (first.status_code, first.json()) == (200, again.json())
    assert [(row["id"], row["undone"]) for row in first.json()] == [(line.pk, True)]
    refused(boss.post(path, {"reason": "typed wrong"}), 409, "not_reversible")
    assert [row["undone"] for row in boss.get(f"/receipts/{yard.receipt.number}").json()["lines"]] == [True]
    assert yard.order.lines.get(line=1).received == D(0)


def test_over_http_others_are_refused_and_other_receipts_lines_are_not_found(yard):
    picker = a_person(yard.warehouse, roles=[Role.PICKER])
    boss = a_person(yard.warehouse, roles=[Role.SUPERVISOR])
    stranger = a_person(WarehouseFactory(), roles=[Role.SUPERVISOR])
    other = open_receipt(order_ids=[yard.order.pk], dock_id=yard.dock.pk, by=yard.worker, at=clock.now())
    [line] = yard.receive(1, 4)
    why = {"reason": "typed wrong"}

    refused(picker.post(f"/receipts/{yard.receipt.number}/lines/{line.pk}/undo", why), 403, "not_allowed")
    refused(stranger.post(f"/receipts/{yard.receipt.number}/lines/{line.pk}/undo", why), 404, "not_found")
    refused(boss.post(f"/receipts/{other.number}/lines/{line.pk}/undo", why), 404, "not_found")

    assert yard.order.lines.get(line=1).received == D(4)
    assert at_dock(yard, yard.bolt) == D(4)
