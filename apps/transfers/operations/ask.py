"""A transfer's beginning: one site asks another for goods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from apps.catalog.models import Item
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.locations.models import Warehouse
from apps.transfers.errors import DayOver, ItemTwice, NothingToTransfer, SameSite
from apps.transfers.models import TRANSFER_NUMBERS, Transfer, TransferLine
from apps.transfers.operations.trail import MAY_ASK, check_role, check_works_at, note
from apps.transfers.states import TransferState


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedGoods:
    """So much (base units) of an item."""

    item_id: int
    quantity: Decimal


def raise_transfer(
    *,
    origin_id: int,
    destination_id: int,
    lines: Sequence[AskedGoods],
    needed_on: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> Transfer:
    """Write down what a site wants of another; a draft binds nobody. Whoever works at one of them may.

    Raises `NotAllowed`, `SameSite`, `NothingToTransfer`, `DayOver`, `ItemTwice`, `InvalidQuantity`, `NotFound`.
    """
    check_role(by, MAY_ASK, "ask for transfers")
    check_works_at(by, (origin_id, destination_id), "ask for transfers between other sites")
    sites = Warehouse.objects.in_bulk([origin_id, destination_id])
    if origin_id == destination_id:
        raise SameSite(warehouse=sites[origin_id].code)
    if not lines:
        raise NothingToTransfer
    if needed_on < sites[destination_id].local_date(at):
        raise DayOver(needed_on=needed_on)
    transfer = Transfer(
        number=TRANSFER_NUMBERS.next(),
        created_at=at,
        origin=sites[origin_id],
        destination=sites[destination_id],
        needed_on=needed_on,
        reason=reason,
        drafted_by=by.user,
        requested_by=by.user,
    )
    asked = _lines_of(transfer, lines)
    transfer.save(force_insert=True)
    TransferLine.objects.bulk_create(asked)
    return transfer


def _lines_of(transfer: Transfer, lines: Sequence[AskedGoods]) -> list[TransferLine]:
    items = Item.objects.in_bulk({line.item_id for line in lines})
    asked: dict[int, TransferLine] = {}
    for number, line in enumerate(lines, start=1):
        item = items.get(line.item_id)
        if item is None:
            raise NotFound(kind="item", number=str(line.item_id))
        if item.pk in asked:
            raise ItemTwice(item=item.number)
        quantity = parse_quantity(line.quantity, scale=item.scale)
        asked[item.pk] = TransferLine(transfer=transfer, line=number, item=item, quantity=quantity)
    return list(asked.values())


def request_transfer(*, transfer_id: int, by: Actor, at: datetime) -> Transfer:
    """Ask the other site for it: from now on somebody there decides. Raises `NotAllowed`, `IllegalTransition`."""
    transfer = Transfer.objects.select_related("origin", "destination").lock_one(transfer_id)
    check_role(by, MAY_ASK, f"request {transfer}")
    check_works_at(by, (transfer.origin_id, transfer.destination_id), f"request {transfer}")
    transfer.must_allow(TransferState.REQUESTED)
    transfer.requested_by, transfer.requested_at = by.user, at
    note("request", transfer, by=by, at=at)
    return transfer.advance(TransferState.REQUESTED, "requested_by", "requested_at")
