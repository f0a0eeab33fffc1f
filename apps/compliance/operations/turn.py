"""Goods of an inspection become of another status where they stand; what belongs elsewhere then is to be put away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from apps.compliance.models import Inspection
from apps.compliance.queries import standing
from apps.compliance.rules.places import Part, Stand, TooLittle, Want, called_off, deal
from apps.journal.actor import Actor
from apps.ledger.errors import InsufficientStock
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.models import Warehouse
from apps.storage.operations import Carried, Goods, carry_on, lock_carried, propose_putaways, withdraw_putaways
from apps.storage.rules import HOMES


def turn(inspection: Inspection, wants: Sequence[Want], *, reason: str, by: Actor, at: datetime) -> None:
    """Change the status of goods under inspection, in one posting; none when nothing is wanted.

    Their putaways as goods under inspection are called off first. Raises `InsufficientStock` when less is there, and
    `UnitElsewhere` when a pallet is just being moved.
    """
    if not wants:
        return
    parts = taken(inspection, wants, status=StockStatus.INSPECTION)
    carried = call_off(inspection, parts, status=StockStatus.INSPECTION, by=by, at=at)
    post(
        [
            Move(
                item_id=inspection.item_id,
                lot_id=inspection.lot_id,
                serial_id=part.stand.serial_id,
                quantity=part.quantity,
                source=place_of(part, StockStatus.INSPECTION),
                target=place_of(part, part.want.status),
            )
            for part in parts
        ],
        warehouse_id=inspection.warehouse_id,
        kind=TransactionKind.STATUS,
        by=by,
        at=at,
        document=inspection.number,
        reason=reason,
    )
    propose_putaways(
        [
            _goods(inspection, part.stand, part.quantity, part.want.status)
            for part in parts
            if part.stand.unit_id is None and part.stand.kind not in HOMES[part.want.status]
        ],
        warehouse_id=inspection.warehouse_id,
        document=inspection.putaway_document,
        by=by,
        at=at,
    )
    carry(inspection, carried, by=by, at=at)


def taken(inspection: Inspection, wants: Sequence[Want], *, status: str, location_id: int | None = None) -> list[Part]:
    """From where which of the wanted goods are taken; from one place alone, where it is named.

    Raises `InsufficientStock`.
    """
    serials = [want.serial_id for want in wants if want.serial_id is not None]
    stands = [
        stand
        for stand in standing(inspection, status=status, serial_ids=serials or None)
        if location_id in {None, stand.location_id}
    ]
    try:
        return deal(stands, wants)
    except TooLittle as short:
        raise InsufficientStock(
            item=inspection.item.number,
            location=stands[0].code if stands else inspection.location.code,
            available=short.there,
            requested=short.want.quantity,
            lot=inspection.lot.number if inspection.lot is not None else "",
        ) from None


def call_off(inspection: Inspection, parts: Sequence[Part], *, status: str, by: Actor, at: datetime) -> Carried:
    """Withdraw the putaways of goods that are about to change; then no other plan runs until this is posted.

    The units that some of them stand on, whose own putaways `carry` looks at afterwards.
    """
    gone = [_goods(inspection, stand, quantity, status) for stand, quantity in called_off(parts)]
    carried = lock_carried(
        {part.stand.unit_id for part in parts if part.stand.unit_id is not None},
        warehouse_id=inspection.warehouse_id,
    )
    withdraw_putaways(gone, warehouse_id=inspection.warehouse_id, document=inspection.putaway_document, by=by, at=at)
    Warehouse.objects.lock_one(inspection.warehouse_id)
    return carried


def carry(inspection: Inspection, carried: Carried, *, by: Actor, at: datetime) -> None:
    """What stands on a pallet goes where the pallet goes, and the pallet where the strictest of its goods belongs."""
    carry_on(carried, warehouse_id=inspection.warehouse_id, document=inspection.putaway_document, by=by, at=at)


def place_of(part: Part, status: str) -> Place:
    """Where this part stands, in a status."""
    return Place(location_id=part.stand.location_id, unit_id=part.stand.unit_id, status=status)


def _goods(inspection: Inspection, stand: Stand, quantity: Decimal, status: str) -> Goods:
    return Goods(
        item_id=inspection.item_id,
        lot_id=inspection.lot_id,
        serial_id=stand.serial_id,
        status=status,
        quantity=quantity,
        source_id=stand.location_id,
    )
