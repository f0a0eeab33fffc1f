"""What the audit trail says of an order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.orders.models import SalesOrder


def note(verb: str, order: SalesOrder, *, by: Actor, at: datetime, **detail: Any) -> None:
    """A decision about an order; its page shows who took it and when."""
    record(verb, kind="sales order", number=order.number, by=by, at=at, warehouse_code=order.warehouse.code, **detail)
