"""What the audit trail says of an order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from apps.journal.actor import Actor
from apps.journal.operations import record, record_all
from apps.orders.models import SalesOrder


def note(verb: str, order: SalesOrder, *, by: Actor, at: datetime, **detail: Any) -> None:
    """A decision about an order; its page shows who took it and when."""
    record(verb, kind="sales order", number=order.number, by=by, at=at, warehouse_code=order.warehouse.code, **detail)


def note_all(verb: str, orders: Iterable[SalesOrder], *, by: Actor, at: datetime, **detail: Any) -> None:
    """The same decision about many orders, which may be of several warehouses."""
    numbers: dict[str, list[str]] = {}
    for order in orders:
        numbers.setdefault(order.warehouse.code, []).append(order.number)
    for code, of_one in numbers.items():
        record_all(verb, kind="sales order", numbers=of_one, by=by, at=at, warehouse_code=code, **detail)
