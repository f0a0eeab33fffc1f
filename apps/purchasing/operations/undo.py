"""A line was counted in wrongly: it is taken back as if it had never come, and what came is received anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from apps.core.decimals import plain
from apps.core.errors import NotAllowed, NotFound
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.errors import NotReversible
from apps.ledger.operations import reverse
from apps.ledger.operations.decide import MAY_UNDO
from apps.locations.models import Warehouse
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine, Receipt, ReceiptLine
from apps.purchasing.operations.inspecting import end_inspections
from apps.purchasing.operations.parking import park_again
from apps.purchasing.operations.receive import count
from apps.purchasing.states import ReceiptState
from apps.storage.operations import Goods, carry_on, lock_carried, withdraw_putaways


def undo_receipt_line(*, receipt_line_id: int, reason: str, by: Actor, at: datetime) -> list[ReceiptLine]:
    """Take back what one posting brought, while it stands where it was received; what came together goes together.

    What was rejected counts as to come again, too. On a closed receipt its putaway is called off, and a pallet with
    other goods on it goes where those belong. Goods that had been parked are parked again. The order keeps its
    state: one that is closed stays closed. Raises `NotAllowed`, `NotFound`, `NotReversible` for what is undone already,
    `InsufficientStock` when goods have moved on, `InspectionBegun` when somebody has inspected them.
    """
    if not by.user.has_role(*MAY_UNDO):
        raise NotAllowed(who=by.user.get_username(), act="undo a receipt's line")
    asked = ReceiptLine.objects.for_user(by.user).filter(pk=receipt_line_id).first()
    if asked is None:
        raise NotFound(kind="receipt line", number=str(receipt_line_id))
    receipt = Receipt.objects.lock_one(asked.receipt_id)
    park_again(asked.transaction_id)
    orders = {order.pk: order for order in PurchaseOrder.objects.lock(_orders_of(asked))}
    lines = list(receipt.lines.counted().filter(transaction=asked.transaction_id).order_by("pk"))
    if not lines:
        raise NotReversible(transaction=asked.transaction_id)
    ordered = {row.pk: row for row in PurchaseOrderLine.objects.lock(_ordered(lines))}
    if receipt.state == ReceiptState.CLOSED:
        end_inspections(receipt, lines, by=by, at=at)
        withdraw_putaways(
            [_goods(line, receipt) for line in lines if line.location_id is None and line.kept > 0],
            warehouse_id=receipt.warehouse_id,
            document=receipt.number,
            by=by,
            at=at,
        )
    carried = lock_carried({line.unit_id for line in lines if line.unit_id}, warehouse_id=receipt.warehouse_id)
    if carried:
        # Before the ledger's locks, as whoever plans putaways takes it.
        Warehouse.objects.lock_one(receipt.warehouse_id)
    reversal_id = reverse(asked.transaction_id, by=by, at=at, reason=reason)
    carry_on(carried, warehouse_id=receipt.warehouse_id, document=receipt.number, by=by, at=at, wherever=False)
    back: dict[PurchaseOrderLine, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.order_line_id is not None:
            back[ordered[line.order_line_id]] -= line.quantity
    count(orders, back.items())
    record(
        "undo",
        kind="receipt",
        number=receipt.number,
        by=by,
        at=at,
        warehouse_code=receipt.warehouse.code,
        reason=reason,
        lines={f"{orders[row.order_id]}/{row.line}": plain(-quantity) for row, quantity in back.items()},
        reversal=reversal_id,
    )
    return lines


def _orders_of(asked: ReceiptLine) -> set[int]:
    """The orders of what came by the same posting."""
    together = ReceiptLine.objects.filter(transaction=asked.transaction_id, order_line__isnull=False)
    return set(together.values_list("order_line__order", flat=True))


def _ordered(lines: Iterable[ReceiptLine]) -> set[int]:
    return {line.order_line_id for line in lines if line.order_line_id is not None}


def _goods(line: ReceiptLine, receipt: Receipt) -> Goods:
    return Goods(
        item_id=line.item_id,
        lot_id=line.lot_id,
        serial_id=line.serial_id,
        status=line.status,
        quantity=line.kept,
        source_id=receipt.dock_id,
        unit_id=line.unit_id,
    )
