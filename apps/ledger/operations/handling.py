"""What the floor does with pallets, cartons, totes and containers that serve no document.

Whoever works in the warehouse may; what leaves no posting behind leaves a line in the audit trail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from apps.core.codes import checked_sscc
from apps.core.errors import NotFound
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.errors import PROBLEMS, BelongsToDocument, NoPlaceForUnits, NotNestable, UnitElsewhere
from apps.ledger.models import HandlingUnit, StockMove
from apps.ledger.operations.call import call
from apps.ledger.operations.post import Move, Place, post, who
from apps.ledger.operations.units import carry_units, next_sscc, open_units, retire_units
from apps.ledger.states import StockStatus, TransactionKind, UnitKind
from apps.locations.choices import VIRTUAL, LocationKind
from apps.locations.models import Location

NO_FLOOR = (*VIRTUAL, LocationKind.TRANSIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """So much (base units) of what is in a unit."""

    item_id: int
    quantity: Decimal
    lot_id: int | None = None
    serial_id: int | None = None
    owner_id: int | None = None
    status: StockStatus | str = StockStatus.AVAILABLE


def open_unit(
    *,
    warehouse_id: int,
    kind: UnitKind,
    by: Actor,
    at: datetime,
    sscc: str = "",
    labelled: bool = False,
    location_id: int | None = None,
) -> HandlingUnit:
    """Bring an empty unit into use: under the SSCC on it, under a new one, or under our own number.

    Raises `MalformedCode`, `LabelTaken`, `NoCompanyPrefix`, `NoPlaceForUnits`.
    """
    codes = [checked_sscc(sscc)] if sscc else [next_sscc()] if labelled else []
    (unit_id,) = open_units(warehouse_id=warehouse_id, kind=kind, sscc=codes)
    unit = _unit(unit_id)
    if location_id is not None:
        _check_place(unit, location_id)
        call("ledger_place_unit", [("bigint", unit_id), ("bigint", location_id)])
    return _noted("opened", unit_id, by=by, at=at, unit_kind=kind)


def nest_unit(*, unit_id: int, into_id: int, by: Actor, at: datetime) -> HandlingUnit:
    """Put a unit, with all that is in it, onto or into another that stands in the same place.

    Raises `NotNestable`, `UnitElsewhere`, `UnitClosed`, `UnitRetired`, `BelongsToDocument`.
    """
    call("ledger_nest_unit", [("bigint", unit_id), ("bigint", into_id)])
    return _noted("nested", unit_id, by=by, at=at, into=_unit(into_id).number)


def unnest_unit(*, unit_id: int, by: Actor, at: datetime) -> HandlingUnit:
    """Take a unit out of the one that it is in; it stays where both stand.

    Raises `NotNestable`, `UnitRetired`, `BelongsToDocument`.
    """
    outer_id = int(call("ledger_unnest_unit", [("bigint", unit_id)])[0][0])
    return _noted("taken out", unit_id, by=by, at=at, of=_unit(outer_id).number)


def move_unit(
    *, unit_id: int, location_id: int, by: Actor, at: datetime, source_id: int | None = None, reason: str = ""
) -> HandlingUnit:
    """Carry a whole unit to another place, with all that is in it, in one posting; reservations go along.

    Whoever says where they took it from (`source_id`) is refused when it stood elsewhere: a command that comes late
    does not carry it away again.

    Raises `BelongsToDocument`, `NoPlaceForUnits`, `UnitElsewhere`, and what `post` raises.
    """
    unit = _unit(unit_id)
    _check_own(unit)
    _check_place(unit, location_id)
    if source_id not in {None, unit.location_id}:
        raise _elsewhere(unit)
    posting = carry_units(
        [unit_id],
        warehouse_id=unit.warehouse_id,
        target_id=location_id,
        kind=TransactionKind.MOVE,
        by=by,
        at=at,
        reason=reason,
    )
    # Between the look above and the ledger's lock another may have carried it off.
    if source_id is not None and StockMove.objects.filter(transaction=posting).exclude(source=source_id).exists():
        raise _elsewhere(unit)
    if posting is None:
        return _noted("carried", unit_id, by=by, at=at, to=Location.objects.get(pk=location_id).code)
    return _unit(unit_id)


def split_unit(
    *,
    unit_id: int,
    contents: Sequence[Content],
    by: Actor,
    at: datetime,
    into_id: int | None = None,
    into_kind: UnitKind | None = None,
    reason: str = "",
) -> HandlingUnit:
    """Take part of what is in a unit out of it, where it stands: into another unit, a new one, or loose.

    The unit that took it; the one that it was in when it is loose. Raises `BelongsToDocument`, `NotNestable`,
    `UnitElsewhere`, `UnitClosed`, `UnitRetired`, and what `post` raises.
    """
    unit = _unit(unit_id)
    _check_own(unit)
    if unit.location_id is None:
        raise UnitElsewhere(unit=unit.number, location="")
    if into_id == unit_id:
        raise NotNestable(unit=unit.number, into=unit.number, problem=PROBLEMS["cycle"])
    if into_id is not None:
        _check_own(_unit(into_id))
    elif into_kind is not None:
        (into_id,) = open_units(warehouse_id=unit.warehouse_id, kind=into_kind)
    # Where the unit stands was read before the ledger locks it: had it moved since, nothing would be found there.
    post(
        [
            Move(
                item_id=content.item_id,
                lot_id=content.lot_id,
                serial_id=content.serial_id,
                owner_id=content.owner_id,
                quantity=content.quantity,
                source=Place(location_id=unit.location_id, unit_id=unit_id, status=content.status),
                target=Place(location_id=unit.location_id, unit_id=into_id, status=content.status),
            )
            for content in contents
        ],
        warehouse_id=unit.warehouse_id,
        kind=TransactionKind.MOVE,
        by=by,
        at=at,
        reason=reason,
    )
    return _unit(unit_id if into_id is None else into_id)


def merge_unit(*, unit_id: int, into_id: int, by: Actor, at: datetime, reason: str = "") -> HandlingUnit:
    """Put all that is in a unit into another that stands there, in one posting; the emptied one stays where it stood.

    Raises `NotNestable`, `UnitElsewhere`, `UnitClosed`, `UnitRetired`, `BelongsToDocument`, and what `post` raises.
    """
    unit = _unit(unit_id)
    rows = call(
        "ledger_merge_units",
        [
            ("bigint", unit.warehouse_id),
            ("text", reason),
            *who(by, at),
            ("bigint", unit_id),
            ("bigint", into_id),
        ],
    )
    into = _unit(into_id)
    _noted("merged", unit_id, by=by, at=at, into=into.number, posting=rows[0][0], reason=reason)
    return into


def close_unit(*, unit_id: int, by: Actor, at: datetime) -> HandlingUnit:
    """Close a unit: it takes nothing until it is opened. Raises `UnitRetired`, `BelongsToDocument`."""
    call("ledger_close_unit", [("bigint", unit_id), ("boolean", True)])
    return _noted("closed", unit_id, by=by, at=at)


def reopen_unit(*, unit_id: int, by: Actor, at: datetime) -> HandlingUnit:
    """Open a closed unit again. Raises `UnitRetired`, `BelongsToDocument`."""
    call("ledger_close_unit", [("bigint", unit_id), ("boolean", False)])
    return _noted("opened again", unit_id, by=by, at=at)


def relabel_unit(*, unit_id: int, by: Actor, at: datetime, sscc: str = "") -> HandlingUnit:
    """Give a unit the SSCC of its new label, or a new one of ours; scans of the old label still find it.

    Raises `MalformedCode`, `LabelTaken`, `NoCompanyPrefix`, `UnitRetired`, `BelongsToDocument`.
    """
    old = _unit(unit_id).number
    call(
        "ledger_relabel_unit",
        [("bigint", unit_id), ("text", checked_sscc(sscc) if sscc else next_sscc()), ("bigint", by.user.pk)],
    )
    return _noted("relabelled", unit_id, by=by, at=at, before=old)


def retire_unit(*, unit_id: int, by: Actor, at: datetime) -> HandlingUnit:
    """Take an empty unit out of use. Raises `UnitNotEmpty`, `UnitRetired`, `BelongsToDocument`."""
    retire_units([unit_id])
    return _noted("retired", unit_id, by=by, at=at)


def _elsewhere(unit: HandlingUnit) -> UnitElsewhere:
    return UnitElsewhere(unit=unit.number, location=unit.location.code if unit.location else "")


def _unit(unit_id: int) -> HandlingUnit:
    unit = HandlingUnit.objects.select_related("warehouse", "parent", "location").filter(pk=unit_id).first()
    if unit is None:
        raise NotFound(kind="handling unit", number=str(unit_id))
    return unit


def _noted(verb: str, unit_id: int, *, by: Actor, at: datetime, **detail: Any) -> HandlingUnit:
    """The unit as it is now, and a line in the trail that says what was done to it."""
    unit = _unit(unit_id)
    record(verb, kind="handling unit", number=unit.number, by=by, at=at, warehouse_code=unit.warehouse.code, **detail)
    return unit


def _check_own(unit: HandlingUnit) -> None:
    """Which document a unit serves is said when it is opened and ends once, so no lock is needed to read it."""
    if unit.document:
        raise BelongsToDocument(what=f"{unit.kind} {unit.number}", document=unit.document)


def _check_place(unit: HandlingUnit, location_id: int) -> None:
    place = Location.objects.get(pk=location_id)
    if place.kind in NO_FLOOR or not place.is_active or place.warehouse_id != unit.warehouse_id:
        raise NoPlaceForUnits(unit=unit.number, location=place.code)
