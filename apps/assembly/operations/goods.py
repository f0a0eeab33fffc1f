"""The lots and serial numbers of what comes out, made where they are new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from apps.assembly.errors import OutputLotDiffers, OutputUnclear
from apps.assembly.models import AssemblyIssue, AssemblyLine, AssemblyOrder
from apps.assembly.queries import expiry_of
from apps.assembly.states import SAME_ITEM
from apps.ledger.models import Lot, SerialNumber

if TYPE_CHECKING:
    from apps.assembly.operations.using import Made


def named_goods(
    order: AssemblyOrder,
    rows: Sequence[tuple[AssemblyLine, Made, Decimal]],
    holds: Mapping[int, Sequence[AssemblyIssue]],
    *,
    at: datetime,
) -> list[tuple[Lot | None, SerialNumber | None]]:
    """For each output its lot and serial number. What is reworked, repacked or refurbished keeps its own unless told.

    Raises `OutputUnclear`, `OutputLotDiffers`.
    """
    found = []
    for place, (line, made, much) in enumerate(rows):
        own = _own(order, line, holds.get(place, ()))
        lot = _lot(order, line, made, own, holds.get(place, ()), at) if line.item.has_lots else None
        serial = _serial(line, made, own, much, lot, at) if line.item.has_serials else None
        if (made.lot and lot is None) or (made.serial and serial is None):
            raise OutputUnclear(item=line.item.number, problem="it is not tracked like that")
        found.append((lot, serial))
    return found


def _own(order: AssemblyOrder, line: AssemblyLine, parts: Sequence[AssemblyIssue]) -> AssemblyIssue | None:
    """The goods that went in as the same item, where there is no doubt which."""
    if order.kind not in SAME_ITEM:
        return None
    same = [issue for issue in parts if issue.item_id == line.item_id]
    return same[0] if len({(issue.lot_id, issue.serial_id) for issue in same}) == 1 else None


def _lot(
    order: AssemblyOrder,
    line: AssemblyLine,
    made: Made,
    own: AssemblyIssue | None,
    parts: Sequence[AssemblyIssue],
    at: datetime,
) -> Lot:
    if own is not None and own.lot is not None and made.lot in {"", own.lot.number}:
        return own.lot
    if not made.lot:
        raise OutputUnclear(item=line.item.number, problem="name its lot")
    today = order.warehouse.local_date(at)
    expires_on = _expiry(line, made, parts, today)
    lot, is_new = Lot.objects.get_or_create(
        item=line.item,
        number=made.lot,
        defaults={"made_on": today, "expires_on": expires_on, "created_at": at},
    )
    earliest = min((each.lot.expires_on for each in parts if each.lot and each.lot.expires_on), default=None)
    outlives = earliest is not None and (lot.expires_on is None or lot.expires_on > earliest)
    if not is_new and line.item.expires_with_parts and outlives:
        raise OutputLotDiffers(
            item=line.item.number, lot=lot.number, expires_on=str(lot.expires_on), would=str(earliest)
        )
    return lot


def _expiry(line: AssemblyLine, made: Made, parts: Sequence[AssemblyIssue], today: date) -> date | None:
    """The earliest of its parts where the item says so; else as told, or by its shelf life."""
    item = line.item
    if not item.expires:
        return None
    by_rule = expiry_of(item, parts, today=today)
    if by_rule is not None and item.expires_with_parts and any(each.lot and each.lot.expires_on for each in parts):
        return min(by_rule, made.expires_on or by_rule)
    if made.expires_on is not None:
        return made.expires_on
    known = Lot.objects.filter(item=item, number=made.lot).values_list("expires_on", flat=True).first()
    if known is not None:
        return known
    if by_rule is None:
        raise OutputUnclear(item=item.number, problem="say when it expires")
    return by_rule


def _serial(
    line: AssemblyLine, made: Made, own: AssemblyIssue | None, much: Decimal, lot: Lot | None, at: datetime
) -> SerialNumber:
    if much != 1:
        raise OutputUnclear(item=line.item.number, problem="each unit has a serial number of its own")
    number = made.serial
    if not number:
        if own is None or own.serial is None:
            raise OutputUnclear(item=line.item.number, problem="name its serial number")
        return own.serial
    serial, _ = SerialNumber.objects.get_or_create(
        item=line.item, number=number, defaults={"lot": lot, "created_at": at}
    )
    return serial
