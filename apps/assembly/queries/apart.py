"""Where goods stand that are to be refurbished: kept apart, so that nothing reserves them and no task asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.assembly.models import AssemblyOrder
from apps.assembly.states import LineRole, WorkKind
from apps.ledger.models import StockBalance
from apps.ledger.states import StockStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """So much (base units) of a refurbish order's goods at a place that is not its bench, and not available."""

    location: str
    status: str
    lot: str | None
    serial: str | None
    quantity: Decimal


def apart_of(order: AssemblyOrder) -> list[Apart]:
    """The goods that a refurbish order names, or where it names none such goods of its item; none when all is made."""
    if order.kind != WorkKind.REFURBISH or not order.left:
        return []
    line = order.lines.filter(role=LineRole.COMPONENT, item=order.item_id).order_by("line").first()
    if line is None:
        return []
    named = {name: key for name, key in (("lot", line.lot_id), ("serial", line.serial_id)) if key is not None}
    rows = (
        StockBalance.objects.on_hand()
        .filter(location__warehouse=order.warehouse_id, item=line.item_id, owner=None, **named)
        .exclude(status=StockStatus.AVAILABLE)
        .exclude(location=order.bench_id)
        .select_related("location", "lot", "serial")
        .order_by("location__code", "pk")
    )
    return [
        Apart(
            location=row.location.code,
            status=row.status,
            lot=row.lot.number if row.lot is not None else None,
            serial=row.serial.number if row.serial is not None else None,
            quantity=row.on_hand,
        )
        for row in rows
    ]
