"""Unpacking: a carton that was packed wrongly, or may not leave, is emptied back into a tote."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.roles import Role
from apps.catalog.models import Item
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.ledger.models import StockBalance
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.locations.models import Location
from apps.orders.errors import RestInOtherTote
from apps.orders.models import PackedPick, Pick
from apps.orders.operations.pack import lock_order_of
from apps.orders.operations.pick import check_into_tote, tote_of
from apps.orders.operations.trail import note
from apps.overrides.operations import Occasion
from apps.shipping import operations as shipping
from apps.shipping.errors import CartonEmpty, CartonLoaded
from apps.shipping.models import Carton

MAY_EMPTY = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)


def empty_carton(*, carton_id: int, tote_id: int, reason: str, by: Actor, at: datetime) -> Carton:
    """Put all that is in a carton back into a tote, in one posting; held lots too, for they do not leave by it.

    The goods are picked and not packed again, the carton is open, and its shipment is being packed. What was packed
    is forgotten here; the ledger keeps both movements. Raises `NotAllowed`, `NoOrderBehind`, `CartonLoaded`,
    `CartonEmpty`, `ToteNeeded`, `RestInOtherTote`, `HazardsInOneContainer`.
    """
    if not by.user.has_role(*MAY_EMPTY):
        raise NotAllowed(who=by.user.get_username(), act="empty a carton")
    order = lock_order_of(Carton.objects.values_list("shipment", flat=True).get(pk=carton_id))
    carton = shipping.lock_carton(carton_id)
    if carton.loaded_at is not None:
        raise CartonLoaded(carton=carton.unit.number)
    tote = tote_of(tote_id, carton.shipment)
    goods = list(StockBalance.objects.on_hand().filter(unit=carton.unit_id))
    if not goods:
        raise CartonEmpty(carton=carton.unit.number)
    items = {balance.item_id for balance in goods}
    if Item.objects.filter(pk__in=items).hazardous().exists():
        occasion = Occasion(by=by, at=at, document=order.number)
        check_into_tote(tote.pk, items, warehouse=order.warehouse, occasion=occasion)
    _take_back(carton, tote)
    post(
        [_out_of_carton(balance, tote) for balance in goods],
        warehouse_id=order.warehouse_id,
        kind=TransactionKind.MOVE,
        by=by,
        at=at,
        document=carton.shipment.number,
        reason=reason,
    )
    shipping.reopen_carton(carton)
    note("empty", order, by=by, at=at, carton=carton.unit.number, tote=tote.code, reason=reason)
    return carton


def _take_back(carton: Carton, tote: Location) -> None:
    """The carton's picks are in the tote and unpacked; what was never packed of one must be in that tote already."""
    picks = list(Pick.objects.filter(packings__carton=carton).values_list("pk", flat=True))
    split = Pick.objects.standing().filter(pk__in=picks).exclude(tote=tote).select_related("tote").first()
    if split is not None:
        raise RestInOtherTote(pick=split.number, tote=str(split.tote), asked=tote.code)
    Pick.objects.filter(pk__in=picks).update(tote=tote)
    PackedPick.objects.filter(carton=carton).delete()


def _out_of_carton(balance: StockBalance, tote: Location) -> Move:
    return Move(
        item_id=balance.item_id,
        lot_id=balance.lot_id,
        serial_id=balance.serial_id,
        owner_id=balance.owner_id,
        quantity=balance.on_hand,
        source=Place(location_id=balance.location_id, unit_id=balance.unit_id, status=balance.status),
        target=Place(location_id=tote.pk, status=balance.status),
    )
