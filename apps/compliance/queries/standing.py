"""Where the goods of an inspection stand now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.db.models import Max, Sum

from apps.compliance.models import Inspection
from apps.compliance.rules.places import Stand
from apps.ledger.models import StockBalance
from apps.storage.models import Putaway
from apps.storage.rules import Goods
from apps.tasks.models import WarehouseTask

ZERO = Decimal(0)


def waiting_putaways(goods: Goods, *, warehouse_id: int) -> list[tuple[str, Decimal]]:
    """By document, how much of such goods waits at their place to be put away; what was asked for last comes first."""
    waiting = Putaway.objects.filter(
        task__in=WarehouseTask.objects.open(),
        task__warehouse=warehouse_id,
        task__item=goods.item_id,
        task__lot=goods.lot_id,
        task__serial=goods.serial_id,
        task__source=goods.source_id,
        status=goods.status,
    )
    totals = waiting.order_by().values_list("task__document").annotate(total=Sum("task__quantity"), last=Max("task"))
    return [(document, total) for document, total, _ in totals.order_by("-last")]


def standing(inspection: Inspection, *, status: str, serial_ids: Collection[int] | None = None) -> list[Stand]:
    """Goods of its kind in a status, where they came in first, loose ones first; two statements.

    What another document's putaways are about to take away is left to that document.
    """
    ours: dict[tuple[int, int | None], Decimal] = defaultdict(Decimal)
    others: dict[tuple[int, int | None], Decimal] = defaultdict(Decimal)
    waiting = (
        Putaway.objects.filter(
            task__in=WarehouseTask.objects.open(),
            task__warehouse=inspection.warehouse_id,
            task__item=inspection.item_id,
            task__lot=inspection.lot_id,
            status=status,
        )
        .order_by()
        .values_list("task__source", "task__serial", "task__document")
        .annotate(total=Sum("task__quantity"))
    )
    for source, serial, document, total in waiting:
        (ours if document == inspection.putaway_document else others)[source, serial] += total
    balances = StockBalance.objects.on_hand().filter(
        warehouse=inspection.warehouse_id,
        item=inspection.item_id,
        lot=inspection.lot_id,
        status=status,
        owner=None,
        location__is_active=True,
    )
    if serial_ids is not None:
        balances = balances.filter(serial__in=serial_ids)
    stands = []
    for row in balances.select_related("location").order_by("pk"):
        key = (row.location_id, row.serial_id)
        is_loose = row.unit_id is None
        free = row.free - (others[key] if is_loose else ZERO)
        if free > 0:
            stands.append(
                Stand(
                    location_id=row.location_id,
                    code=row.location.code,
                    kind=row.location.kind,
                    free=free,
                    unit_id=row.unit_id,
                    serial_id=row.serial_id,
                    waiting=ours[key] if is_loose else ZERO,
                )
            )
    return sorted(stands, key=lambda each: (each.location_id != inspection.location_id, each.unit_id is not None))
