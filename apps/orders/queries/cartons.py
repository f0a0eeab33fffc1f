"""Which cartons to take for what is picked of an order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from apps.catalog.models import Item, Packaging
from apps.orders.models import SalesOrder
from apps.orders.queries.progress import unpacked_picks
from apps.safety.queries import transport_rules_on
from apps.safety.rules import Hazard, Verdict, may_load_together
from apps.shipping.models import CartonType
from apps.shipping.rules import Box, Cartonization, Misfit, Piece, cartonize, in_blocks

ONE = Decimal(1)
MOST_PIECES = 500
"""So many pieces are looked at one by one; of more, alike ones are put side by side and packed as blocks."""


def propose_cartons(order: SalesOrder, *, on: date) -> Cartonization:
    """A proposal for what is picked of an order and in no carton yet; closed cases stay closed. Six queries."""
    picks = unpacked_picks(order.pk).select_related(
        "allocation__line__item__storage_condition",
        "allocation__line__item__hazard_class",
        "allocation__line__item__shipping_description__hazard_class",
    )
    wanted: dict[int, tuple[Item, Decimal]] = {}
    for pick in picks:
        item = pick.allocation.line.item
        wanted[item.pk] = (item, wanted.get(item.pk, (item, Decimal(0)))[1] + pick.unpacked)
    hazards = {str(item.hazard): item.hazard for item, _ in wanted.values() if item.hazard is not None}
    boxes = [_box(kind) for kind in CartonType.objects.filter(is_active=True)]
    packs = _packs_of(wanted)
    pieces = (piece for item, quantity in wanted.values() for piece in _pieces(item, quantity, packs.get(item.pk, ())))
    blocks = in_blocks(pieces, boxes, most=MOST_PIECES)
    proposal = cartonize(blocks[:MOST_PIECES], boxes, apart=_Apart(hazards, on))
    return replace(proposal, misfits=(*proposal.misfits, *_beyond(blocks[MOST_PIECES:])))


class _Apart:
    """Goods that do not ride on one vehicle, or only apart, are not packed into one carton."""

    def __init__(self, hazards: dict[str, Hazard], on: date) -> None:
        self.hazards = hazards
        self.rules = transport_rules_on(on) if hazards else None

    def __call__(self, first: str, second: str) -> str:
        """Why two hazards are not packed together; empty when they may be."""
        if self.rules is None:
            return ""
        mixing = may_load_together(self.hazards[first], self.hazards[second], self.rules)
        return str(mixing) if mixing.verdict >= Verdict.SEPARATED else ""


def _beyond(pieces: Iterable[Piece]) -> list[Misfit]:
    """What is left without a proposal, in one line an item."""
    left: dict[str, Piece] = {}
    for piece in pieces:
        so_far = left.get(piece.item)
        left[piece.item] = piece if so_far is None else replace(so_far, units=so_far.units + piece.units)
    because = f"More than {MOST_PIECES} pieces: the rest goes on pallets."
    return [Misfit(piece=piece, because=because) for piece in left.values()]


def _packs_of(item_ids: Iterable[int]) -> dict[int, list[Packaging]]:
    """Closed packs of known size, the largest first."""
    packs: dict[int, list[Packaging]] = {}
    rows = Packaging.objects.filter(item__in=item_ids, numerator__gt=1, denominator=1, length_mm__gt=0)
    for pack in rows.filter(width_mm__gt=0, height_mm__gt=0).order_by("-numerator"):
        packs.setdefault(pack.item_id, []).append(pack)
    return packs


def _pieces(item: Item, quantity: Decimal, packs: Iterable[Packaging]) -> Iterator[Piece]:
    """Closed packs first, the largest first; then single units, and a rest of a unit as one piece."""
    left = quantity
    for pack in packs:
        while left >= pack.numerator:
            left -= pack.numerator
            weight = pack.weight_g if pack.weight_g is not None else (item.weight_g or Decimal(0)) * pack.numerator
            size = (pack.length_mm or 0, pack.width_mm or 0, pack.height_mm or 0)
            yield _piece(item, size, weight, Decimal(pack.numerator))
    size_of_one = (item.length_mm, item.width_mm, item.height_mm)
    known = (size_of_one[0] or 0, size_of_one[1] or 0, size_of_one[2] or 0) if all(size_of_one) else None
    while left > 0:
        units = min(left, ONE)
        left -= units
        yield _piece(item, known, (item.weight_g or Decimal(0)) * units, units)


def _piece(item: Item, size: tuple[int, int, int] | None, weight: Decimal, units: Decimal) -> Piece:
    return Piece(
        item=item.number,
        size=size,
        weight_g=weight,
        units=units,
        ships_alone=item.ships_alone,
        storage=item.storage_condition.code if item.storage_condition is not None else "",
        hazard=str(item.hazard) if item.hazard is not None else "",
    )


def _box(kind: CartonType) -> Box:
    return Box(
        code=kind.code,
        size=(kind.length_mm, kind.width_mm, kind.height_mm),
        tare_g=kind.tare_g,
        max_weight_g=kind.max_weight_g,
        cost=kind.cost,
    )
