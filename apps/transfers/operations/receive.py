"""Goods from another site come in: whole cartons and pallets by their label, or item by item with what was damaged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from apps.core.errors import NotFound
from apps.journal.actor import Actor
from apps.ledger.models import HandlingUnit, StockBalance
from apps.ledger.operations import Move, Place, let_go_units, move_units, post, unnest_unit
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.models import Location
from apps.storage.operations import Goods, propose_putaways
from apps.storage.queries import outermost_of
from apps.transfers.errors import NothingToTransfer, NotInTransit, ReasonNeeded
from apps.transfers.models import Transfer, TransferArrival
from apps.transfers.operations.decide import close_if_done
from apps.transfers.operations.road import Road, arrival_place
from apps.transfers.operations.trail import check_works_at, note
from apps.transfers.rules import Named, OnTheRoad, Taken
from apps.transfers.states import TransferState


def receive_units(*, transfer_id: int, location_id: int, unit_ids: Sequence[int], by: Actor, at: datetime) -> Transfer:
    """Cartons and pallets stand at a dock as they left, with all that is in them; each is put away whole.

    A carton on a pallet may come alone. Raises `NotAllowed`, `NothingToTransfer`, `NotInTransit` for what is not on
    this transfer's road (any more), `NoArrivalPlace`, `IllegalTransition`.
    """
    transfer = _lock_arriving(transfer_id, by)
    place = arrival_place(location_id, transfer)
    if not unit_ids:
        raise NothingToTransfer
    road = Road(transfer)
    trees = {unit_id: _tree(unit_id) for unit_id in dict.fromkeys(unit_ids)}
    for unit_id, inside in trees.items():
        standing = set(StockBalance.objects.on_hand().filter(unit__in=inside).values_list("pk", flat=True))
        if not standing or not standing <= set(road.balances):
            raise NotInTransit(unit=_number(unit_id), transfer=transfer.number)
    # What is named with the pallet that it is on comes with that.
    outer = [unit for unit in trees if not any(unit in inside for other, inside in trees.items() if other != unit)]
    for unit_id in outer:
        _free(trees[unit_id], unit_id, by, at)
    came = {unit for unit_id in outer for unit in trees[unit_id]}
    taken = [_whole(goods) for goods in road.goods if goods.unit_id in came]
    posting = move_units(
        outer,
        warehouse_id=transfer.destination_id,
        target_id=place.pk,
        kind=TransactionKind.ARRIVE,
        by=by,
        at=at,
        document=transfer.number,
    )
    _came_in(road, taken, place, posting, by=by, at=at, in_units=True)
    return close_if_done(transfer, at)


def receive_goods(*, transfer_id: int, location_id: int, goods: Sequence[Named], by: Actor, at: datetime) -> Transfer:
    """Goods stand at a dock out of their cartons, so much of each, good or damaged; what is missing stays on the road.

    Raises `NotAllowed`, `NothingToTransfer`, `ReasonNeeded` for damaged goods without one, `LotUnclear`,
    `MoreThanInTransit`, `NoArrivalPlace`, `InvalidQuantity`, `IllegalTransition`.
    """
    transfer = _lock_arriving(transfer_id, by)
    place = arrival_place(location_id, transfer)
    road = Road(transfer)
    taken = road.take(goods)
    for each in taken:
        if each.named.damaged and not each.named.reason:
            raise ReasonNeeded(item=road.line(each).item.number)
    posting = post(
        [arriving(road, each, place) for each in taken],
        warehouse_id=transfer.destination_id,
        kind=TransactionKind.ARRIVE,
        by=by,
        at=at,
        document=transfer.number,
    )
    _came_in(road, taken, place, posting, by=by, at=at, in_units=False)
    return close_if_done(transfer, at)


def arriving(road: Road, taken: Taken, place: Location) -> Move:
    """Taken goods go from their carton on the road to a place, loose."""
    balance = road.balance(taken)
    status = StockStatus.DAMAGED if taken.named.damaged else balance.status
    return Move(
        item_id=balance.item_id,
        lot_id=balance.lot_id,
        serial_id=balance.serial_id,
        owner_id=balance.owner_id,
        quantity=taken.quantity,
        source=Place(location_id=balance.location_id, unit_id=balance.unit_id, status=balance.status),
        target=Place(location_id=place.pk, status=status),
    )


def put_away(road: Road, taken: Sequence[Taken], place: Location, *, in_units: bool, by: Actor, at: datetime) -> None:
    """Ask for goods that came off the road to be put away, as those of any receipt."""
    propose_putaways(
        [
            Goods(
                item_id=each.goods.item_id,
                lot_id=each.goods.lot_id,
                serial_id=each.goods.serial_id,
                quantity=each.quantity,
                source_id=place.pk,
                status=StockStatus.DAMAGED if each.named.damaged else road.balance(each).status,
                unit_id=each.goods.unit_id if in_units else None,
            )
            for each in taken
        ],
        warehouse_id=road.transfer.destination_id,
        document=road.transfer.number,
        by=by,
        at=at,
    )


def _lock_arriving(transfer_id: int, by: Actor) -> Transfer:
    transfer = Transfer.objects.select_related("origin", "destination").lock_one(transfer_id)
    check_works_at(by, (transfer.destination_id,), f"receive {transfer}")
    transfer.must_allow(TransferState.CLOSED)
    return transfer


def _came_in(
    road: Road, taken: Sequence[Taken], place: Location, posting: int, *, by: Actor, at: datetime, in_units: bool
) -> None:
    TransferArrival.objects.bulk_create(
        [
            TransferArrival(
                line=road.line(each),
                shipment=road.shipment(each),
                unit_id=each.goods.unit_id,
                lot_id=each.goods.lot_id,
                serial_id=each.goods.serial_id,
                quantity=each.quantity,
                status=StockStatus.DAMAGED if each.named.damaged else road.balance(each).status,
                reason=each.named.reason,
                transaction_id=posting,
                received_by=by.user,
                received_at=at,
            )
            for each in taken
        ]
    )
    road.note_off(taken, at=at, came=True)
    put_away(road, taken, place, in_units=in_units, by=by, at=at)
    damaged = [each for each in taken if each.named.damaged]
    if damaged:
        told = [f"{each.quantity.normalize():f} {road.line(each).item}: {each.named.reason}" for each in damaged]
        note("damaged", road.transfer, by=by, at=at, goods=", ".join(told))


def _whole(goods: OnTheRoad) -> Taken:
    return Taken(named=Named(item_id=goods.item_id, quantity=goods.quantity), goods=goods, quantity=goods.quantity)


def _free(tree: Sequence[int], unit_id: int, by: Actor, at: datetime) -> None:
    """The units are the destination's to open and move: what they served is done with them."""
    documents: dict[str, list[int]] = defaultdict(list)
    for unit in HandlingUnit.objects.filter(pk__in=tree).exclude(document="").order_by("pk"):
        documents[unit.document].append(unit.pk)
    for document, units in documents.items():
        let_go_units(units, document=document)
    if outermost_of([unit_id])[unit_id] != unit_id:
        unnest_unit(unit_id=unit_id, by=by, at=at)


def _tree(unit_id: int) -> list[int]:
    """A unit and all that stands in it, level by level."""
    found, level = [unit_id], [unit_id]
    while level:
        level = list(HandlingUnit.objects.filter(parent__in=level).order_by("pk").values_list("pk", flat=True))
        found += level
    return found


def _number(unit_id: int) -> str:
    number = HandlingUnit.objects.filter(pk=unit_id).values_list("number", flat=True).first()
    if number is None:
        raise NotFound(kind="handling unit", number=str(unit_id))
    return number
