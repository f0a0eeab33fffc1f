"""An order as a table, a row a line."""

from __future__ import annotations

from collections.abc import Iterator

from apps.core.decimals import plain
from apps.purchasing.models import PurchaseOrder

ORDER_COLUMNS = (
    "order",
    "revision",
    "supplier",
    "warehouse",
    "line",
    "item",
    "name",
    "supplier_code",
    "quantity",
    "unit",
    "price",
    "amount",
    "currency",
    "received",
    "expected_on",
)


def order_rows(order: PurchaseOrder) -> Iterator[tuple[str, ...]]:
    """The lines of an order that is read with them; dates as 2026-11-30, numbers without thousands apart."""
    for line in order.lines.all():
        yield (
            order.number,
            str(order.revision),
            order.supplier.number,
            order.warehouse.code,
            str(line.line),
            line.item.number,
            line.item.name,
            line.supplier_code,
            plain(line.quantity),
            line.item.unit.code,
            plain(line.price),
            plain(line.amount),
            order.currency,
            plain(line.received),
            (line.promised_on or order.due_on).isoformat(),
        )
