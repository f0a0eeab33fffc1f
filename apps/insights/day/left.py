"""What waits for somebody at a warehouse now."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from apps.core.quantities import DIGITS, PLACES
from apps.insights.day.figures import ZERO, Expiring, HeldLot, Late, Left, RunsLow
from apps.insights.queries import SOON, open_order_states
from apps.ledger.models import Hold, StockBalance
from apps.locations.models import Warehouse
from apps.orders.models import SalesOrder
from apps.planning.models import StockingPolicy
from apps.purchasing.models import PurchaseOrder
from apps.purchasing.states import TO_COME
from apps.tasks.models import WarehouseTask


def left_of(warehouse: Warehouse, at: datetime) -> Left:
    """Held, short, late and expiring goods, and tasks nobody has done; six queries."""
    today = warehouse.local_date(at)
    orders = SalesOrder.objects.filter(warehouse=warehouse, state__in=open_order_states(), due_on__lt=today)
    deliveries = PurchaseOrder.objects.filter(warehouse=warehouse, state__in=TO_COME, due_on__lt=today)
    return Left(
        held=_held(warehouse),
        low=_low(warehouse, at),
        orders_late=_late(orders.values("number", "due_on", party=F("customer__name"))),
        deliveries_late=_late(deliveries.values("number", "due_on", party=F("supplier__name"))),
        expiring=_expiring(warehouse, at),
        open_tasks=WarehouseTask.objects.open().filter(warehouse=warehouse).count(),
    )


def _held(warehouse: Warehouse) -> tuple[HeldLot, ...]:
    here = StockBalance.objects.standing().filter(warehouse=warehouse, lot=OuterRef("lot")).order_by()
    stock = Subquery(here.values("lot").annotate(total=Sum("on_hand")).values("total"))
    nothing = Value(ZERO, output_field=DecimalField(max_digits=DIGITS, decimal_places=PLACES))
    holds: Any = Hold.objects.open().annotate(here=Coalesce(stock, nothing)).filter(here__gt=0)
    return tuple(
        HeldLot(
            lot=hold.lot.number,
            item=hold.lot.item.number,
            unit=hold.lot.item.unit.code,
            on_hand=hold.here,
            reason=str(hold.get_reason_display()),
            source=hold.source,
            opened_at=hold.opened_at,
        )
        for hold in holds.select_related("lot__item__unit").order_by("opened_at", "pk")
    )


def _low(warehouse: Warehouse, at: datetime) -> tuple[RunsLow, ...]:
    policies: Any = StockingPolicy.objects.filter(warehouse=warehouse).low(at)
    return tuple(
        RunsLow(
            item=policy.item.number,
            unit=policy.item.unit.code,
            available=Decimal(policy.available),
            minimum=policy.minimum,
        )
        for policy in policies.select_related("item__unit").order_by("item__number")
    )


def _late(rows: Any) -> tuple[Late, ...]:
    return tuple(Late(**row) for row in rows.order_by("due_on", "number"))


def _expiring(warehouse: Warehouse, at: datetime) -> tuple[Expiring, ...]:
    rows: Any = (
        StockBalance.objects.standing()
        .filter(warehouse=warehouse, lot__expires_on__lte=warehouse.local_date(at) + SOON)
        .order_by("lot__expires_on", "lot__number")
        .values(
            number=F("lot__number"),
            code=F("item__number"),
            unit_code=F("item__unit__code"),
            expires_on=F("lot__expires_on"),
        )
        .annotate(total=Sum("on_hand"))
    )
    return tuple(
        Expiring(
            lot=row["number"],
            item=row["code"],
            unit=row["unit_code"],
            expires_on=row["expires_on"],
            on_hand=row["total"],
        )
        for row in rows
    )
