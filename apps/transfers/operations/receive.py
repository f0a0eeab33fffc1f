"""Goods from another site come in: whole cartons and pallets by their label, or item by item with what was damaged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from apps.journal.actor import Actor
from apps.ledger.models import HandlingUnit, StockBalance
from apps.ledger.operations import Move, Place, let_go_units, move_units, post, unnest_unit
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.models import Location
from apps.storage.operations import Goods, propose_putaways
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
    within = _within(unit_ids)
    _check_on_the_road(road, unit_ids, within)
    # What is named with the pallet that it is on comes with that.
    outer = sorted({unit for unit in unit_ids if not within[unit] & set(unit_ids) - {unit}})
    _free(within, outer, by, at)
    came = set(within)
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


def _within(unit_ids: Sequence[int]) -> dict[int, set[int]]:
    """The units and all that stand in them, each with those of the units that it is, or is in; a query a level."""
    within: dict[int, set[int]] = {unit: {unit} for unit in unit_ids}
    level = set(unit_ids)
    while level:
        children = list(HandlingUnit.objects.filter(parent__in=level).order_by("pk").values_list("pk", "parent"))
        level = set()
        for child, parent in children:
            known = within.setdefault(child, set())
            if parent is not None and not within[parent] <= known:
                known |= within[parent]
                level.add(child)
    return within


def _check_on_the_road(road: Road, unit_ids: Sequence[int], within: Mapping[int, set[int]]) -> None:
    """Each has goods in it, and all of them are on this road. Raises `NotInTransit`."""
    full: set[int] = set()
    foreign: set[int] = set()
    for pk, unit in StockBalance.objects.on_hand().filter(unit__in=list(within)).values_list("pk", "unit"):
        if unit is not None:
            full |= within[unit]
            foreign |= set() if pk in road.balances else within[unit]
    for unit in unit_ids:
        if unit not in full or unit in foreign:
            number = HandlingUnit.objects.values_list("number", flat=True).get(pk=unit)
            raise NotInTransit(unit=number, transfer=road.transfer.number)


def _free(units: Iterable[int], outer: Sequence[int], by: Actor, at: datetime) -> None:
    """The units are the destination's to open and move: what they served is done with them."""
    documents: dict[str, list[int]] = defaultdict(list)
    for unit in HandlingUnit.objects.filter(pk__in=list(units)).exclude(document="").order_by("pk"):
        documents[unit.document].append(unit.pk)
    for document, served in documents.items():
        let_go_units(served, document=document)
    for unit_id in HandlingUnit.objects.filter(pk__in=outer, parent__isnull=False).values_list("pk", flat=True):
        unnest_unit(unit_id=unit_id, by=by, at=at)
