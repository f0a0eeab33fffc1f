"""What of a delivery is inspected: it comes in under inspection, waits for quality, and leaves no trace when undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from apps.compliance.errors import MustBeInspected
from apps.compliance.operations import Arrived, plan_inspections, take_out
from apps.compliance.queries import due_for_inspection
from apps.journal.actor import Actor
from apps.ledger.states import StockStatus
from apps.locations.models import Location
from apps.purchasing.models import Receipt, ReceiptLine
from apps.purchasing.operations.arrivals import Arrival, Expected
from apps.storage.rules import HOMES


def to_inspect(
    receipt: Receipt, expected: Sequence[Expected], arrivals: Sequence[Arrival], at: datetime
) -> Sequence[Arrival]:
    """The arrivals, those that are to be inspected with the status that says so.

    They wait at the dock or go straight to where goods under inspection may stand. Raises `MustBeInspected`.
    """
    supplier, today = receipt.supplier_id, receipt.warehouse.local_date(at)
    due = {item for item, _ in due_for_inspection({(each.item.pk, supplier) for each in expected}, on=today)}
    if not due:
        return arrivals
    places = Location.objects.in_bulk({each.location_id for each in arrivals if each.location_id is not None})
    told = []
    for arrival, each in zip(arrivals, expected, strict=True):
        if each.item.pk not in due or arrival.status != StockStatus.AVAILABLE:
            told.append(arrival)
            continue
        place = places.get(arrival.location_id or 0)
        if place is not None and place.kind not in HOMES[StockStatus.INSPECTION]:
            raise MustBeInspected(item=each.item.number, location=place.code)
        told.append(replace(arrival, status=StockStatus.INSPECTION))
    return told


def begin_inspections(receipt: Receipt, *, by: Actor, at: datetime) -> None:
    """What came in under inspection by a receipt gets its inspections; what a plan let through is noted as skipped."""
    goods = _arrived(receipt, receipt.lines.counted())
    plan_inspections(goods, warehouse_id=receipt.warehouse_id, document=receipt.number, by=by, at=at)


def end_inspections(receipt: Receipt, lines: Iterable[ReceiptLine], *, by: Actor, at: datetime) -> None:
    """What is undone is inspected no more. Raises `InspectionBegun`."""
    take_out(_arrived(receipt, lines), warehouse_id=receipt.warehouse_id, document=receipt.number, by=by, at=at)


def _arrived(receipt: Receipt, lines: Iterable[ReceiptLine]) -> list[Arrived]:
    return [
        Arrived(
            item_id=line.item_id,
            lot_id=line.lot_id,
            serial_id=line.serial_id,
            supplier_id=receipt.supplier_id,
            status=line.status,
            quantity=line.kept,
            location_id=line.location_id or receipt.dock_id,
        )
        for line in lines
        if line.kept > 0
    ]
