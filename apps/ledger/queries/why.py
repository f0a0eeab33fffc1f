"""Why a balance is what it is: its moves with what was there after each, and who made them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, F, Q, Sum, When
from django.db.models.functions import Coalesce

from apps.ledger.models import StockBalance, StockMove
from apps.ledger.models.movement import StockMoveQuerySet

TOLD = ("transaction__by", "transaction__device", "source", "source_unit", "target", "target_unit")
"""What a step is told with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A move of the balance: what it changed, and what was there afterwards."""

    move: StockMove
    change: Decimal
    on_hand: Decimal


def moves_of(balance: StockBalance) -> StockMoveQuerySet:
    """All that ever came to the balance's key or left it, with what a step is told with."""
    place = {"location": balance.location_id, "unit": balance.unit_id, "status": balance.status}
    source, target = (_at(side, place) for side in ("source", "target"))
    goods = {"item": balance.item_id, "lot": balance.lot_id, "serial": balance.serial_id, "owner": balance.owner_id}
    rows = StockMove.objects.filter(source | target, warehouse=balance.warehouse_id)
    rows = rows.filter(**{name if pk else f"{name}__isnull": pk or True for name, pk in goods.items()})
    return rows.select_related(*TOLD).annotate(
        # Handled here, so that a page and its sum agree on what a move did.
        change=Case(When(target, then=F("quantity")), default=-F("quantity"))
    )


def _at(side: str, place: dict[str, int | str | None]) -> Q:
    unit = {f"{side}_unit": place["unit"]} if place["unit"] else {f"{side}_unit__isnull": True}
    return Q(**{side: place["location"], f"{side}_status": place["status"]}, **unit)


def steps_of(balance: StockBalance, moves: list[StockMove]) -> list[Step]:
    """The moves of one page, newest first, each with what was there after it: all before them added up."""
    if not moves:
        return []
    until = moves_of(balance).filter(pk__lte=moves[0].pk)
    on_hand: Decimal = until.aggregate(on_hand=Coalesce(Sum("change"), Decimal(0)))["on_hand"]
    steps = []
    for move in moves:
        change: Decimal = move.change  # type: ignore[attr-defined]  # annotated by `moves_of`
        steps.append(Step(move=move, change=change, on_hand=on_hand))
        on_hand -= change
    return steps
