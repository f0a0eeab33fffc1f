"""What receipts brought, and what of it went back to its supplier or is about to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum

from apps.accounts.models import User
from apps.catalog.models import Item
from apps.compliance.models import InspectionDecision
from apps.core.errors import NotFound
from apps.core.querysets import storable
from apps.ledger.models import Lot, SerialNumber, StockBalance
from apps.purchasing.models import ReceiptLine
from apps.returns.models import ReturnToSupplierLine, ReturnToSupplierPick
from apps.returns.rules import ZERO, GoodsForSupplier, Supplied
from apps.returns.states import ReturnToSupplierCause
from apps.storage.models import Putaway
from apps.storage.rules import HOMES
from apps.tasks.models import WarehouseTask


def supplied_by(line: ReceiptLine) -> Supplied:
    """Of a receipt's line, how much stayed of what came, and how much of that went back or will.

    What an inspection rejected and sent back by itself is known of the receipt, the item and the lot, so goods are
    also held against all that the receipt brought of them.
    """
    own = ReturnToSupplierLine.objects.counting().filter(receipt_line=line).total()
    alike = ReceiptLine.objects.counted().filter(receipt=line.receipt_id, item=line.item_id, lot=line.lot_id)
    brought = alike.aggregate(total=Sum(F("quantity") - F("rejected")))["total"] or ZERO
    gone = ReturnToSupplierLine.objects.counting().filter(receipt_line__in=alike)
    open_rejected = gone.awaiting_truck().filter(return_to_supplier__cause=ReturnToSupplierCause.REJECTION)
    total = (
        gone.exclude(return_to_supplier__cause=ReturnToSupplierCause.REJECTION).total()
        + open_rejected.total()
        + _sent_by_inspection(line)
    )
    by_line = Supplied(received=line.kept, returned=own)
    by_receipt = Supplied(received=brought, returned=total)
    return min(by_line, by_receipt, key=lambda each: each.left)


def _sent_by_inspection(line: ReceiptLine) -> Decimal:
    rows = InspectionDecision.objects.filter(
        inspection__document=line.receipt.number, inspection__item=line.item_id, inspection__lot=line.lot_id
    )
    found: Decimal | None = rows.aggregate(total=Sum("returned"))["total"]
    return found or ZERO


def receipt_line_of(
    *, item: Item, lot: Lot | None, serial: SerialNumber | None, quantity: Decimal
) -> ReceiptLine | None:
    """The latest receipt line that brought such goods and of which so much is left; None when none did."""
    rows = ReceiptLine.objects.counted().filter(item=item, lot=lot)
    if serial is not None:
        rows = rows.filter(serial=serial)
    for row in rows.select_related("receipt__supplier", "order_line__order", "item").order_by("-pk")[:50]:
        if supplied_by(row).left >= quantity:
            return row
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """So much of a balance may be picked for a supplier; base units."""

    balance: StockBalance
    free: Decimal


def standing_ready(line: ReturnToSupplierLine, warehouse_id: int) -> list[Ready]:
    """Where goods for a supplier stand where they belong, and how much of them nobody else speaks for.

    What waits at a dock is not ready. Three statements.
    """
    rows = (
        StockBalance.objects.filter(
            warehouse=warehouse_id,
            item=line.item_id,
            lot=line.lot_id,
            serial=line.serial_id,
            owner=None,
            status=line.status,
            location__kind__in=HOMES[line.status],
            location__is_active=True,
            on_hand__gt=F("reserved"),
        )
        .select_related("location")
        .order_by("location__code", "pk")
    )
    spoken: defaultdict[tuple[int, int | None], Decimal] = defaultdict(Decimal)
    for place, unit, quantity in _picked_unreserved(line):
        spoken[place, unit] += quantity
    for place, quantity in _waiting_elsewhere(line, warehouse_id):
        spoken[place, None] += quantity
    ready = [Ready(balance=row, free=row.on_hand - row.reserved - spoken[row.location_id, row.unit_id]) for row in rows]
    return [each for each in ready if each.free > 0]


def _picked_unreserved(line: ReturnToSupplierLine) -> Iterable[tuple[int, int | None, Decimal]]:
    """What returns to suppliers are about to take of such goods that no reservation keeps for them."""
    rows = ReturnToSupplierPick.objects.open().filter(
        reservation=None,
        line__item=line.item_id,
        line__lot=line.lot_id,
        line__serial=line.serial_id,
        line__status=line.status,
    )
    return rows.values_list("location", "unit", "quantity")


def _waiting_elsewhere(line: ReturnToSupplierLine, warehouse_id: int) -> Iterable[tuple[int, Decimal]]:
    """What putaways are about to take away from where it parks."""
    rows = Putaway.objects.filter(
        task__in=WarehouseTask.objects.open(),
        task__warehouse=warehouse_id,
        task__unit=None,
        task__item=line.item_id,
        task__lot=line.lot_id,
        task__serial=line.serial_id,
        status=line.status,
    )
    return rows.values_list("task__source", "task__quantity")


def for_supplier(rows: Sequence[Mapping[str, Any]], user: User) -> list[GoodsForSupplier]:
    """Goods by the receipts' lines and the numbers on them. Raises `NotFound` for one that the user does not see."""
    known = {
        row.pk: row
        for row in ReceiptLine.objects.for_user(user).filter(pk__in={row["receipt_line"] for row in rows}).distinct()
    }
    made = []
    for row in rows:
        line = known.get(row["receipt_line"])
        if line is None:
            raise NotFound(kind="receipt line", number=str(row["receipt_line"]))
        serial = None
        if row.get("serial"):
            serial = SerialNumber.objects.filter(item=line.item_id, number=storable(row["serial"])).first()
            if serial is None:
                raise NotFound(kind="serial number", number=row["serial"])
        made.append(
            GoodsForSupplier(
                receipt_line_id=line.pk,
                quantity=row["quantity"],
                status=row["status"],
                serial_id=serial.pk if serial is not None else None,
            )
        )
    return made
