"""Goods that came back and are to be made good again: an order for exactly these, opened by whoever judged them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import Sum

from apps.accounts.roles import Role
from apps.assembly.errors import NotRefurbished
from apps.assembly.models import AssemblyOrder
from apps.assembly.operations.draft import BENCHES, plan
from apps.assembly.operations.trail import MAY_PLAN, check_role
from apps.assembly.rules import ZERO
from apps.assembly.states import WorkKind
from apps.catalog.choices import Lifecycle
from apps.catalog.models import Item
from apps.core.errors import NotFound
from apps.journal.actor import Actor
from apps.ledger.operations import Move
from apps.ledger.states import StockStatus
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.storage.models import Putaway
from apps.storage.operations import Goods, withdraw_putaways
from apps.tasks.models import WarehouseTask

MAY_REFURBISH = (*MAY_PLAN, Role.QUALITY)
"""Who judges goods sends them to be refurbished; when that is done, a planner decides by the order's release."""


def open_refurbishment(
    *,
    warehouse_id: int,
    item_id: int,
    quantity: Decimal,
    origin: str,
    by: Actor,
    at: datetime,
    lot_id: int | None = None,
    serial_id: int | None = None,
    bench_id: int | None = None,
    remark: str = "",
) -> AssemblyOrder:
    """Draft an order that refurbishes goods which stand apart, for the document `origin`; it needs no bill.

    Without a bench it is the first packing bench in use, else the first staging place. The goods stay where they are
    until somebody issues them. Raises `NotAllowed`, `NotRefurbished` when the item is retired or the warehouse has no
    bench, `NotABench`, `WorkUnclear`, `InvalidQuantity`.
    """
    check_role(by, MAY_REFURBISH, "have goods refurbished")
    warehouse = Warehouse.objects.get(pk=warehouse_id)
    item = Item.objects.filter(pk=item_id).first()
    if item is None:
        raise NotFound(kind="item", number=str(item_id))
    if item.lifecycle == Lifecycle.RETIRED:
        raise NotRefurbished(item=item.number, problem="it is retired, so nobody is sold what comes of it")
    if bench_id is None:
        bench_id = _first_bench(warehouse)
    if bench_id is None:
        raise NotRefurbished(item=item.number, problem=f"{warehouse.code} has no bench in use to work at")
    return plan(
        warehouse=warehouse,
        kind=WorkKind.REFURBISH,
        quantity=quantity,
        bench_id=bench_id,
        due_on=warehouse.local_date(at),
        item_id=item.pk,
        lot_id=lot_id,
        serial_id=serial_id,
        origin=origin,
        remark=remark,
        by=by,
        at=at,
    )


def call_off_putaway(order: AssemblyOrder, move: Move, *, by: Actor, at: datetime) -> None:
    """Goods that wait to be put away by the document which asked for the work go to the bench instead."""
    if order.kind != WorkKind.REFURBISH or not order.origin:
        return
    waiting = Putaway.objects.filter(
        task__in=WarehouseTask.objects.open(),
        task__document=order.origin,
        task__unit=None,
        task__item=move.item_id,
        task__lot=move.lot_id,
        task__serial=move.serial_id,
        task__source=move.source.location_id,
        status=move.source.status,
    ).aggregate(quantity=Sum("task__quantity", default=ZERO))
    part = min(move.quantity, waiting["quantity"])
    if part:
        goods = Goods(
            item_id=move.item_id,
            lot_id=move.lot_id,
            serial_id=move.serial_id,
            quantity=part,
            source_id=move.source.location_id,
            status=StockStatus(move.source.status),
        )
        withdraw_putaways([goods], warehouse_id=order.warehouse_id, document=order.origin, by=by, at=at)


def _first_bench(warehouse: Warehouse) -> int | None:
    places = Location.objects.filter(warehouse=warehouse, kind__in=BENCHES, is_active=True)
    found = sorted(places.values_list("kind", "code", "pk"), key=lambda row: (row[0] != LocationKind.PACK, row[1]))
    return found[0][2] if found else None
