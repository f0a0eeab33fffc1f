"""What came in and what went out on a day: a fixed number of queries, however much it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from apps.insights.day.figures import (
    ZERO,
    Amount,
    Difference,
    Inbound,
    Outbound,
    Owed,
    Received,
    Sent,
    ShortPick,
    summed,
)
from apps.ledger.models import StockMove
from apps.ledger.states import StockStatus
from apps.locations.models import Warehouse
from apps.orders.models import OrderShipment, PackedPick, Pick, SalesOrder
from apps.orders.states import PickState, SalesOrderState
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine, Receipt, ReceiptLine
from apps.shipping.models import Carton, Shipment
from apps.supply.models import Promise

Bounds = tuple[datetime, datetime]
_ORDERS = Prefetch("orders", PurchaseOrder.objects.order_by("pk"))


def inbound_of(warehouse: Warehouse, day: Bounds) -> Inbound:
    """The receipts that were opened on the day, and how they differ from what was ordered; four queries."""
    receipts = Receipt.objects.filter(warehouse=warehouse, **within("arrived_at", day))
    counted = ReceiptLine.objects.counted().filter(receipt__in=receipts)
    lines: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in counted.order_by("pk").values("receipt", "status", "quantity", unit_code=F("item__unit__code")):
        lines[row["receipt"]].append({**row, "unit": row["unit_code"]})
    return Inbound(
        receipts=tuple(
            Received(
                number=receipt.number,
                order=", ".join(order.number for order in receipt.orders.all()),
                supplier=receipt.supplier.name,
                state=receipt.get_state_display(),
                lines=len(lines[receipt.pk]),
                amounts=_amounts(lines[receipt.pk]),
                damaged=_amounts(row for row in lines[receipt.pk] if row["status"] == StockStatus.DAMAGED),
            )
            for receipt in receipts.select_related("supplier").prefetch_related(_ORDERS).order_by("pk")
        ),
        differences=tuple(_differences(receipts, counted)),
    )


def _differences(receipts: Any, counted: Any) -> list[Difference]:
    """The order lines that are not received exactly as ordered, or not undamaged."""
    broken = counted.filter(order_line=OuterRef("pk"), status=StockStatus.DAMAGED).order_by()
    damaged = Subquery(broken.values("order_line").annotate(total=Sum("quantity")).values("total"))
    rows: Any = (
        PurchaseOrderLine.objects.filter(order__in=PurchaseOrder.objects.filter(receipts__in=receipts))
        .annotate(damaged=Coalesce(damaged, ZERO))
        .exclude(damaged=0, received=F("quantity"))
        .select_related("order", "item__unit")
        .order_by("order__number", "line")
    )
    return [
        Difference(
            order=line.order.number,
            line=line.line,
            item=line.item.number,
            unit=line.item.unit.code,
            ordered=line.quantity,
            received=line.received,
            damaged=line.damaged,
        )
        for line in rows
    ]


def outbound_of(warehouse: Warehouse, day: Bounds) -> Outbound:
    """The shipments that left on the day, the picks that were short, what is still owed; eight queries."""
    shipments = Shipment.objects.filter(warehouse=warehouse, **within("shipped_at", day))
    moved = StockMove.objects.filter(
        transaction__shipment__in=shipments, source_unit__carton__shipment=F("transaction__shipment")
    )
    goods: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in (
        moved.order_by()
        .values(shipment=F("transaction__shipment"), unit=F("item__unit__code"))
        .annotate(quantity=Sum("quantity"))
    ):
        goods[row["shipment"]].append({**row})
    cartons = _by_shipment(
        Carton.objects.filter(shipment__in=shipments)
        .order_by()
        .values("shipment")
        .annotate(cartons=Count("pk"), weight_g=Coalesce(Sum("weight_g"), ZERO))
    )
    lines = _by_shipment(
        PackedPick.objects.filter(carton__shipment__in=shipments)
        .order_by()
        .values(shipment=F("carton__shipment"))
        .annotate(lines=Count("pick__allocation__line", distinct=True))
    )
    orders = OrderShipment.objects.filter(shipment__in=shipments, order__in=SalesOrder.objects.sales())
    states = orders.aggregate(
        shipped=Count("order", filter=Q(order__state=SalesOrderState.SHIPPED), distinct=True),
        orders=Count("order", distinct=True),
    )
    return Outbound(
        shipments=tuple(
            Sent(
                number=shipment.number,
                document=shipment.document,
                customer=shipment.party.name,
                cartons=cartons.get(shipment.pk, {}).get("cartons", 0),
                weight_g=cartons.get(shipment.pk, {}).get("weight_g", ZERO),
                lines=lines.get(shipment.pk, {}).get("lines", 0),
                amounts=_amounts(goods[shipment.pk]),
            )
            for shipment in shipments.select_related("party").order_by("pk")
        ),
        orders_shipped=states["shipped"],
        orders_part_shipped=states["orders"] - states["shipped"],
        short_picks=_short_picks(warehouse, day),
        owed=_owed(orders),
    )


def _short_picks(warehouse: Warehouse, day: Bounds) -> tuple[ShortPick, ...]:
    rows = (
        Pick.objects.filter(task__warehouse=warehouse, state=PickState.SHORT, **within("task__done_at", day))
        .select_related("task__item__unit", "allocation__line__order")
        .order_by("pk")
    )
    return tuple(
        ShortPick(
            order=pick.allocation.line.order.number,
            item=pick.task.goods.number,
            unit=pick.task.goods.unit.code,
            asked=pick.quantity,
            picked=pick.picked,
            reason=pick.short_reason,
        )
        for pick in rows
    )


def _owed(orders: Any) -> tuple[Owed, ...]:
    """The promises still open of orders of which something left on the day."""
    # An order may leave in several shipments, and its promise is owed once.
    customers = dict(orders.order_by("order").values_list("order__number", "order__customer__name"))
    rows = Promise.objects.open().filter(document__in=customers).select_related("item__unit")
    return tuple(
        Owed(
            order=promise.document,
            customer=customers[promise.document],
            item=promise.item.number,
            unit=promise.item.unit.code,
            quantity=promise.quantity - promise.allocated,
        )
        for promise in rows.order_by("document", "line")
    )


def within(field: str, day: Bounds) -> dict[str, datetime]:
    """Filters a moment to the day."""
    begin, end = day
    return {f"{field}__gte": begin, f"{field}__lt": end}


def _amounts(rows: Iterable[dict[str, Any]]) -> tuple[Amount, ...]:
    return summed(Amount(row["unit"], Decimal(row["quantity"])) for row in rows)


def _by_shipment(rows: Iterable[Any]) -> dict[int, dict[str, Any]]:
    return {row["shipment"]: row for row in rows}
