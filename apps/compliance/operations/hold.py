"""Quality holds: a quantity in stock is put under inspection, or a whole lot is frozen while it is looked into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from apps.catalog.models import Item
from apps.compliance.errors import GoodsUnnamed, InspectionOver, NothingToHold
from apps.compliance.models import Inspection
from apps.compliance.operations.begin import begin
from apps.compliance.operations.trail import MAY_INSPECT, MAY_RELEASE, check_role, note
from apps.compliance.queries import basis_of, standing, unclaimed, waiting_putaways
from apps.compliance.states import InspectionState
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.ledger.errors import InsufficientStock
from apps.ledger.models import Hold, Lot, SerialNumber
from apps.ledger.operations import Move, Place, hold_lots, post, release_holds
from apps.ledger.queries.naming import why_unclear
from apps.ledger.states import HoldReason, StockStatus, TransactionKind
from apps.locations.models import Location, Warehouse
from apps.storage.operations import Goods, carry_on, lock_carried, propose_putaways, withdraw_putaways

HOLDABLE = (StockStatus.AVAILABLE, StockStatus.INSPECTION)


def hold_stock(
    *,
    location_id: int,
    item_id: int,
    cause: str,
    by: Actor,
    at: datetime,
    quantity: Decimal | None = None,
    lot_id: int | None = None,
    serial_ids: Sequence[int] = (),
    unit_id: int | None = None,
    status: str = StockStatus.AVAILABLE,
) -> Inspection:
    """So much of what is available at a place, and spoken for by nobody, stays there under inspection.

    What of it waits to be put away goes to where goods under inspection wait. Goods that are under inspection already,
    and of which no inspection knows, get theirs and nothing is posted. Either is judged as a whole. Raises
    `NotAllowed`, `GoodsUnnamed`, `InsufficientStock`.
    """
    check_role(by, MAY_INSPECT, "hold goods")
    item = Item.objects.get(pk=item_id)
    location = Location.objects.select_related("warehouse").get(pk=location_id)
    lot = Lot.objects.select_related("supplier").filter(pk=lot_id).first() if lot_id is not None else None
    units = list(SerialNumber.objects.filter(pk__in=serial_ids).order_by("pk"))
    _check_named(item, lot, units, serial_ids, location, status)
    amount = Decimal(len(units)) if units else parse_quantity(quantity or Decimal(0), scale=item.scale)
    inspection = Inspection(
        created_at=at,
        warehouse=location.warehouse,
        item=item,
        lot=lot,
        supplier=lot.supplier if lot is not None else None,
        location=location,
        quantity=amount,
        basis=basis_of(None, None, severity=""),
        sample_size=1,
        cause=cause.strip(),
        asked_by=by.user,
    )
    amounts: list[tuple[int | None, Decimal]] = [(unit.pk, Decimal(1)) for unit in units] or [(None, amount)]
    parts = [
        Goods(
            item_id=item.pk,
            lot_id=inspection.lot_id,
            serial_id=serial_id,
            status=status,
            quantity=part,
            source_id=location.pk,
        )
        for serial_id, part in amounts
    ]
    if status == StockStatus.INSPECTION:
        # One at a time, so that two do not ask for the same goods.
        Warehouse.objects.lock_one(location.warehouse_id)
        _check_unclaimed(inspection, parts, unit_id)
    (inspection,) = begin([(inspection, [unit.pk for unit in units])], by=by, at=at)
    note("hold", inspection, by=by, at=at, cause=inspection.cause, item=item.number, location=location.code)
    if status != StockStatus.INSPECTION:
        _set_apart(inspection, parts, unit_id, by=by, at=at)
    return inspection


def hold_inspected_lot(*, inspection_id: int, reason: str, by: Actor, at: datetime) -> Inspection:
    """Freeze the lot in every warehouse while it is looked into: what of it was used before cannot leave either.

    Raises `NotAllowed`, `NothingToHold`, `InspectionOver`.
    """
    inspection = Inspection.objects.select_related("warehouse").lock_one(inspection_id)
    check_role(by, MAY_INSPECT, f"hold the lot of {inspection}")
    if inspection.state in {InspectionState.SKIPPED, InspectionState.CANCELLED}:
        raise InspectionOver(inspection=inspection.number, state=inspection.state)
    if inspection.lot_id is None:
        raise NothingToHold(inspection=inspection.number, problem="its goods have no lot")
    if _holds(inspection):
        raise NothingToHold(inspection=inspection.number, problem="its lot is held already")
    hold_lots([inspection.lot_id], reason=HoldReason.QUALITY, by=by, note=reason, source=inspection.number)
    note("hold lot", inspection, by=by, at=at, reason=reason)
    return inspection


def release_inspected_lot(*, inspection_id: int, reason: str, by: Actor, at: datetime) -> Inspection:
    """End the hold that this inspection put on its lot; only quality may.

    Raises `NotAllowed`, `NothingToHold`, `LabelMissing`.
    """
    inspection = Inspection.objects.select_related("warehouse").lock_one(inspection_id)
    check_role(by, MAY_RELEASE, f"release the lot of {inspection}")
    held = _holds(inspection)
    if not held:
        raise NothingToHold(inspection=inspection.number, problem="it holds no lot")
    release_holds(held, by=by, at=at, note=reason)
    note("release lot", inspection, by=by, at=at, reason=reason)
    return inspection


def _set_apart(inspection: Inspection, goods: Sequence[Goods], unit_id: int | None, *, by: Actor, at: datetime) -> None:
    """Available goods are under inspection from now on, where they stand."""
    called_off = _call_off(inspection, goods, by=by, at=at) if unit_id is None else []
    carried = lock_carried([unit_id] if unit_id is not None else [], warehouse_id=inspection.warehouse_id)
    # Before lots, as whoever plans putaways takes it.
    Warehouse.objects.lock_one(inspection.warehouse_id)
    here = Place(location_id=inspection.location_id, unit_id=unit_id)
    post(
        [
            Move(
                item_id=each.item_id,
                lot_id=each.lot_id,
                serial_id=each.serial_id,
                quantity=each.quantity,
                source=here,
                target=replace(here, status=StockStatus.INSPECTION),
            )
            for each in goods
        ],
        warehouse_id=inspection.warehouse_id,
        kind=TransactionKind.STATUS,
        by=by,
        at=at,
        document=inspection.number,
        reason=inspection.cause,
    )
    propose_putaways(
        [replace(each, status=StockStatus.INSPECTION) for each in called_off],
        warehouse_id=inspection.warehouse_id,
        document=inspection.putaway_document,
        by=by,
        at=at,
    )
    # A unit that stands in its place stays there; one that waits to be put away goes elsewhere.
    carry_on(
        carried,
        warehouse_id=inspection.warehouse_id,
        document=inspection.putaway_document,
        by=by,
        at=at,
        wherever=False,
    )


def _check_unclaimed(inspection: Inspection, goods: Sequence[Goods], unit_id: int | None) -> None:
    """Refuse goods under inspection of which another inspection knows, or that do not stand there."""
    free = unclaimed(inspection, unit_id=unit_id)
    for each in goods:
        there = free.get(each.serial_id, Decimal(0))
        if each.quantity > there:
            raise InsufficientStock(
                item=inspection.item.number,
                location=inspection.location.code,
                available=there,
                requested=each.quantity,
                lot=inspection.lot.number if inspection.lot is not None else "",
            )


def _call_off(inspection: Inspection, goods: Sequence[Goods], *, by: Actor, at: datetime) -> list[Goods]:
    """Withdraw putaways of goods that are held where they wait for them, as far as nothing else of them is there."""
    stands = {
        each.serial_id: each.free
        for each in standing(inspection, status=StockStatus.AVAILABLE)
        if each.location_id == inspection.location_id and each.unit_id is None
    }
    called_off = []
    for each in goods:
        missing = each.quantity - stands.get(each.serial_id, Decimal(0))
        if missing <= 0:
            continue
        for document, waiting in waiting_putaways(each, warehouse_id=inspection.warehouse_id):
            part = replace(each, quantity=min(missing, waiting))
            if part.quantity > 0:
                withdraw_putaways([part], warehouse_id=inspection.warehouse_id, document=document, by=by, at=at)
                called_off.append(part)
                missing -= part.quantity
    return called_off


def _holds(inspection: Inspection) -> list[int]:
    return list(Hold.objects.open().filter(source=inspection.number).values_list("pk", flat=True))


def _check_named(
    item: Item,
    lot: Lot | None,
    units: Sequence[SerialNumber],
    serial_ids: Sequence[int],
    location: Location,
    status: str,
) -> None:
    if location.is_virtual:
        raise NotFound(kind="location", number=location.code)
    named: Sequence[SerialNumber | None] = units or [None]
    unclear = (why_unclear(item, lot, unit) for unit in named)
    problem = next(filter(None, unclear), "")
    if len(units) != len(set(serial_ids)):
        problem = "there is no such serial number"
    if status not in HOLDABLE:
        problem = f"what is {StockStatus(status).label.lower()} is neither available nor under inspection"
    if problem:
        raise GoodsUnnamed(item=item.number, problem=problem)
