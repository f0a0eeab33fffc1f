"""What the system notes about the days to come."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from apps.insights.queries import open_order_states
from apps.journal.actor import Actor
from apps.journal.operations import enqueue, record
from apps.locations.models import Warehouse
from apps.orders.models import SalesOrder
from apps.purchasing.models import PurchaseOrder
from apps.purchasing.states import TO_COME


def plan_day(*, warehouse_id: int, day: date, by: Actor, at: datetime) -> dict[str, Any]:
    """Put on the audit trail what a day will bring to a warehouse: purchases due to come in, orders due to leave.

    What was due before and is still open counts too, and is told apart as late.
    """
    warehouse = Warehouse.objects.get(pk=warehouse_id)
    purchases = PurchaseOrder.objects.filter(warehouse=warehouse, state__in=TO_COME, due_on__lte=day)
    sales = SalesOrder.objects.filter(warehouse=warehouse, state__in=open_order_states(), due_on__lte=day)
    late = Count("pk", filter=Q(due_on__lt=day), distinct=True)
    figures = {
        **purchases.aggregate(
            purchases=Count("pk", distinct=True), purchases_late=late, lines_to_receive=Count("lines")
        ),
        **sales.aggregate(orders=Count("pk", distinct=True), orders_late=late, lines_to_ship=Count("lines")),
    }
    record("planned", kind="day", number=day.isoformat(), by=by, at=at, warehouse_code=warehouse.code, **figures)
    return figures


def note_end_of_day(*, warehouse_id: int, on: date, by: Actor, at: datetime) -> date:
    """A warehouse's day is over for those who judge it: its report is to be printed. The day."""
    warehouse = Warehouse.objects.get(pk=warehouse_id)
    enqueue("insights.print_day", at=at, warehouse_id=warehouse.pk, on=on.isoformat(), user_id=by.user.pk)
    record("reported", kind="day", number=on.isoformat(), by=by, at=at, warehouse_code=warehouse.code)
    return on
