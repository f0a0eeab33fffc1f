"""Where the goods of an inspection stand now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.db.models import Max, QuerySet, Sum

from apps.compliance.models import Inspection, InspectionDecision
from apps.compliance.rules.places import Stand
from apps.compliance.states import InspectionDisposition, InspectionState
from apps.ledger.models import StockBalance, StockMove
from apps.ledger.states import StockStatus
from apps.storage.models import Putaway
from apps.storage.rules import Goods
from apps.tasks.models import WarehouseTask

ZERO = Decimal(0)


def waiting_putaways(goods: Goods, *, warehouse_id: int) -> list[tuple[str, Decimal]]:
    """By document, how much of such loose goods waits at their place to be put away; the last asked for first."""
    waiting = _loose_waiting(warehouse_id, goods.item_id, goods.lot_id, goods.status).filter(
        task__serial=goods.serial_id, task__source=goods.source_id
    )
    totals = waiting.order_by().values_list("task__document").annotate(total=Sum("task__quantity"), last=Max("task"))
    return [(document, total) for document, total, _ in totals.order_by("-last")]


def unclaimed(inspection: Inspection, *, unit_id: int | None) -> dict[int | None, Decimal]:
    """By serial number, or none, how much stands under inspection at its place of which no inspection knows.

    Goods without serial numbers are not told apart: what other inspections know of is taken from all that there is.
    """
    goods = _kind_of(inspection)
    balances = _on_hand(inspection, StockStatus.INSPECTION)
    here = balances.filter(location=inspection.location_id, unit=unit_id)
    there = dict(here.values_list("serial").annotate(total=Sum("on_hand")).order_by())
    claimed = InspectionDecision.objects.filter(
        disposition=InspectionDisposition.USE_AS_IS,
        inspection__state=InspectionState.WAITING,
        **{f"inspection__{name}": value for name, value in goods.items()},
    )
    whole = Inspection.objects.filter(state=InspectionState.OPEN, **goods)
    if set(there) != {None}:
        known = set(whole.values_list("serials", flat=True)) | set(claimed.values_list("serial", flat=True))
        return {serial: amount for serial, amount in there.items() if serial not in known}
    total = sum(balances.values_list("on_hand", flat=True), ZERO)
    for rows in (whole, claimed):
        total -= sum(rows.values_list("quantity", flat=True), ZERO)
    return {None: max(min(there[None], total), ZERO)}


def still_there(inspection: Inspection) -> dict[int | None, Decimal]:
    """By serial number, or none, how much of its goods stands under inspection in its warehouse; no more than its own.

    A count may have found less, and samples may have been used up.
    """
    balances = _on_hand(inspection, StockStatus.INSPECTION)
    if inspection.item.has_serials:
        balances = balances.filter(serial__in=inspection.serials.all())
    totals = dict(balances.order_by().values_list("serial").annotate(total=Sum("on_hand")))
    return {serial: min(total, inspection.quantity) for serial, total in totals.items()}


def standing(inspection: Inspection, *, status: str, serial_ids: Collection[int] | None = None) -> list[Stand]:
    """Goods of its kind in a status: on the units that it is about, then where they came in, loose ones first.

    What another document's putaways are about to take away is left to that document. Three statements.
    """
    ours: dict[tuple[int, int | None], Decimal] = defaultdict(Decimal)
    others: dict[tuple[int, int | None], Decimal] = defaultdict(Decimal)
    waiting = (
        _loose_waiting(inspection.warehouse_id, inspection.item_id, inspection.lot_id, status)
        .order_by()
        .values_list("task__source", "task__serial", "task__document")
        .annotate(total=Sum("task__quantity"))
    )
    for source, serial, document, total in waiting:
        (ours if document == inspection.putaway_document else others)[source, serial] += total
    own = _units_of(inspection)
    balances = _on_hand(inspection, status).filter(location__is_active=True)
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
    return sorted(
        stands,
        key=lambda each: (
            each.unit_id not in own,
            each.location_id != inspection.location_id,
            each.unit_id is not None,
        ),
    )


def _kind_of(inspection: Inspection) -> dict[str, int | None]:
    return {"warehouse": inspection.warehouse_id, "item": inspection.item_id, "lot": inspection.lot_id}


def _on_hand(inspection: Inspection, status: str) -> QuerySet[StockBalance]:
    """All of its kind in its warehouse, in a status."""
    return StockBalance.objects.on_hand().filter(status=status, owner=None, **_kind_of(inspection))


def _loose_waiting(warehouse_id: int, item_id: int, lot_id: int | None, status: str) -> QuerySet[Putaway]:
    """Open putaways of such goods that stand on no unit."""
    return Putaway.objects.filter(
        task__in=WarehouseTask.objects.open(),
        task__warehouse=warehouse_id,
        task__unit=None,
        task__item=item_id,
        task__lot=lot_id,
        status=status,
    )


def _units_of(inspection: Inspection) -> set[int]:
    """The units that its goods came in on, or on which they were held: another receipt's look the same."""
    documents = {inspection.document, inspection.number} - {""}
    moves = StockMove.objects.filter(
        transaction__document__in=documents,
        item=inspection.item_id,
        lot=inspection.lot_id,
        target_status=StockStatus.INSPECTION,
        target_unit__isnull=False,
    )
    return set(moves.order_by().values_list("target_unit", flat=True))
