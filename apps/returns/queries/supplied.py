"""What receipts brought, and what of it went back to its supplier or is about to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from apps.returns.models import ReturnToSupplierLine
from apps.returns.rules import ZERO, GoodsForSupplier, Supplied
from apps.returns.states import ReturnToSupplierCause, ReturnToSupplierState
from apps.storage.rules import HOMES


def supplied_by(line: ReceiptLine) -> Supplied:
    """Of a receipt's line, how much stayed of what came, and how much of that went back or will.

    What an inspection rejected and sent back by itself is known of the receipt, the item and the lot, so goods are
    also held against all that the receipt brought of them.
    """
    own = ReturnToSupplierLine.objects.counting().filter(receipt_line=line).total()
    alike = ReceiptLine.objects.counted().filter(receipt=line.receipt_id, item=line.item_id, lot=line.lot_id)
    brought = alike.aggregate(total=Sum(F("quantity") - F("rejected")))["total"] or ZERO
    gone = ReturnToSupplierLine.objects.counting().filter(receipt_line__in=alike)
    open_rejected = gone.filter(return_to_supplier__cause=ReturnToSupplierCause.REJECTION).exclude(
        return_to_supplier__state__in=(ReturnToSupplierState.SHIPPED, ReturnToSupplierState.CREDITED)
    )
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


def standing_ready(line: ReturnToSupplierLine, warehouse_id: int) -> list[StockBalance]:
    """Where goods for a supplier stand where they belong, free of reservations; what waits at a dock is not ready."""
    return list(
        StockBalance.objects.filter(
            warehouse=warehouse_id,
            item=line.item_id,
            lot=line.lot_id,
            serial=line.serial_id,
            owner=None,
            status=line.status,
            location__kind__in=HOMES[line.status],
            on_hand__gt=F("reserved"),
        )
        .select_related("location")
        .order_by("location__code", "pk")
    )


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
