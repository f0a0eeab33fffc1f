"""The variance of a count becomes an adjustment, as it was at the count: what was moved since stays moved."""

from __future__ import annotations

from datetime import datetime

from apps.counting.models import CycleCount
from apps.journal.actor import Actor
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location


def post_variance(count: CycleCount, *, reason: str, by: Actor, at: datetime) -> int | None:
    """The posting's id; None when only findings differed, which no posting can name. Raises what the ledger refuses."""
    moves = _moves(count)
    if not moves:
        return None
    return post(
        moves,
        warehouse_id=count.warehouse_id,
        kind=TransactionKind.ADJUST,
        by=by,
        at=at,
        document=count.number,
        reason=reason,
    )


def _moves(count: CycleCount) -> list[Move]:
    """What is missing goes to the adjustment location, what is too much comes from it."""
    adjustment = Location.objects.virtual(count.warehouse, LocationKind.ADJUSTMENT)
    moves = []
    for line in count.latest_lines():
        here = Place(location_id=count.location_id, unit_id=line.unit_id, status=line.status)
        gone = Place(location_id=adjustment.pk, status=line.status)
        lost = line.variance < 0
        if line.variance:
            moves.append(
                Move(
                    item_id=line.item_id,
                    lot_id=line.lot_id,
                    serial_id=line.serial_id,
                    owner_id=line.owner_id,
                    quantity=abs(line.variance),
                    source=here if lost else gone,
                    target=gone if lost else here,
                )
            )
    return moves
