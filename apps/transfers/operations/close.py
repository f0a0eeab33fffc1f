"""What never came as it left is explained by somebody who answers for it, so that the road is empty at last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.journal.actor import Actor
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.transfers.errors import NoArrivalPlace, OwnReceipt, ReasonNeeded
from apps.transfers.models import Transfer, TransferArrival, TransitClosing
from apps.transfers.operations.decide import close_if_done
from apps.transfers.operations.receive import arriving, put_away
from apps.transfers.operations.road import Road, arrival_place
from apps.transfers.operations.trail import MAY_DECIDE, check_role, check_works_at, note
from apps.transfers.rules import Named, Taken
from apps.transfers.states import TransferState, TransitOutcome

GOES_TO = {
    TransitOutcome.LOST: LocationKind.ADJUSTMENT,
    TransitOutcome.LEFT_BEHIND: LocationKind.ADJUSTMENT,
    TransitOutcome.DAMAGED: LocationKind.SCRAP,
}
POSTED_AS = {
    TransitOutcome.LOST: TransactionKind.ADJUST,
    TransitOutcome.LEFT_BEHIND: TransactionKind.ADJUST,
    TransitOutcome.DAMAGED: TransactionKind.SCRAP,
    TransitOutcome.FOUND: TransactionKind.ARRIVE,
}


def close_transit(
    *,
    transfer_id: int,
    outcome: str,
    remark: str,
    by: Actor,
    at: datetime,
    goods: Sequence[Named] = (),
    location_id: int | None = None,
) -> Transfer:
    """Say what became of goods on the road, or of all that is there: lost, damaged, left behind, or found here.

    What is lost or was left behind is written off at the destination; what was damaged is scrapped; what is found comes
    in at a place and is put away. Whoever received goods of the transfer does not decide. Raises `NotAllowed`,
    `OwnReceipt`, `ReasonNeeded`, `NothingToTransfer`, `LotUnclear`, `MoreThanInTransit`, `NoArrivalPlace`,
    `IllegalTransition`.
    """
    transfer = Transfer.objects.select_related("origin", "destination").lock_one(transfer_id)
    check_role(by, MAY_DECIDE, f"close what is missing of {transfer}")
    check_works_at(by, (transfer.destination_id,), f"close what is missing of {transfer}")
    transfer.must_allow(TransferState.CLOSED)
    if TransferArrival.objects.filter(line__transfer=transfer, received_by=by.user).exists():
        raise OwnReceipt(transfer=transfer.number, who=by.user.get_username())
    became, said = TransitOutcome(outcome), remark.strip()
    place = _found_at(location_id, transfer) if became == TransitOutcome.FOUND else None
    road = Road(transfer)
    taken = road.take(goods or _all(road))
    if not said:
        raise ReasonNeeded(item=road.line(taken[0]).item.number)
    posting = post(
        [arriving(road, each, place) if place is not None else _gone(road, each, became) for each in taken],
        warehouse_id=transfer.destination_id,
        kind=POSTED_AS[became],
        by=by,
        at=at,
        document=transfer.number,
        reason=said,
    )
    TransitClosing.objects.bulk_create(
        [
            TransitClosing(
                line=road.line(each),
                shipment=road.shipment(each),
                unit_id=each.goods.unit_id,
                lot_id=each.goods.lot_id,
                serial_id=each.goods.serial_id,
                quantity=each.quantity,
                outcome=became,
                note=said,
                transaction_id=posting,
                closed_by=by.user,
                closed_at=at,
            )
            for each in taken
        ]
    )
    road.note_off(taken, at=at, came=place is not None)
    if place is not None:
        put_away(road, taken, place, in_units=False, by=by, at=at)
    told = [f"{each.quantity.normalize():f} {road.line(each).item}" for each in taken]
    note("close transit", transfer, by=by, at=at, outcome=became, note=said, goods=", ".join(told))
    return close_if_done(transfer, at)


def _found_at(location_id: int | None, transfer: Transfer) -> Location:
    if location_id is None:
        raise NoArrivalPlace(location="", warehouse=transfer.destination.code)
    return arrival_place(location_id, transfer)


def _all(road: Road) -> list[Named]:
    return [
        Named(
            item_id=goods.item_id,
            quantity=goods.quantity,
            unit_id=goods.unit_id,
            lot_id=goods.lot_id,
            serial_id=goods.serial_id,
        )
        for goods in road.goods
    ]


def _gone(road: Road, taken: Taken, became: TransitOutcome) -> Move:
    balance = road.balance(taken)
    nowhere = Location.objects.virtual(road.transfer.destination, GOES_TO[became])
    return Move(
        item_id=balance.item_id,
        lot_id=balance.lot_id,
        serial_id=balance.serial_id,
        owner_id=balance.owner_id,
        quantity=taken.quantity,
        source=Place(location_id=balance.location_id, unit_id=balance.unit_id, status=balance.status),
        target=Place(location_id=nowhere.pk, status=balance.status),
    )
