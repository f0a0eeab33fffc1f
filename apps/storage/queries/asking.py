"""Goods as bins see them, and where they would go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from apps.catalog.models import Item
from apps.storage.queries.areas import in_areas
from apps.storage.queries.bins import bins_of_kinds, load_of, segregation_for
from apps.storage.queries.guidance import guide_for
from apps.storage.queries.lanes import kept_free
from apps.storage.queries.units import goods_on, outermost_of
from apps.storage.rules import HOMES, NOTHING, Ask, Goods, Obstacle, Ranked, Whole, rank, strictest

NOWHERE = 0
"""Goods that are only thought of stand at no place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Where goods would go if they were to be put away now: the best bins, and why the others are out."""

    bins: Sequence[Ranked]
    out: Mapping[Obstacle, int]
    looked_at: int

    @property
    def why_out(self) -> list[tuple[Obstacle, int]]:
        """How many bins are out for each reason, the commonest first."""
        return sorted(self.out.items(), key=lambda each: (-each[1], each[0]))


def ask_for(batch: Sequence[Goods], items: Mapping[int, Item]) -> Ask:
    """Goods that are planned together, as bins see them: one load, or a unit with all that is on it."""
    first = batch[0]
    if first.unit_id is None:
        quantity = sum((each.quantity for each in batch), NOTHING)
        load = load_of(items[first.item_id], lot_id=first.lot_id, status=first.status, quantity=quantity)
        return replace(load, source_id=first.source_id)
    amounts: dict[tuple[int, int | None], Decimal] = defaultdict(Decimal)
    for each in batch:
        amounts[each.item_id, each.lot_id] += each.quantity
    status = strictest(each.status for each in batch)
    return Whole(
        loads=tuple(
            replace(
                load_of(items[item], lot_id=lot, status=status, quantity=amount, comes_on=first.unit_kind),
                source_id=first.source_id,
            )
            for (item, lot), amount in amounts.items()
        )
    )


def ranking_of(goods: Sequence[Goods], *, warehouse_id: int, at: datetime, most: int) -> Ranking:
    """Where these goods would go, which are put away together: loose ones, or all that is on a handling unit.

    Nothing is locked and nothing changes. A question of a fixed number of queries, that looks at every bin but those
    that nothing is proposed for: lanes, and the free faces of pools.
    """
    items = Item.objects.select_related("storage_condition").in_bulk({each.item_id for each in goods})
    ask = ask_for(goods, items).each(guide_for(items, warehouse_id=warehouse_id))
    bins = bins_of_kinds(
        warehouse_id=warehouse_id,
        kinds=HOMES[ask.status],
        away_from={*(each.source_id for each in goods), *kept_free(warehouse_id=warehouse_id)},
        segregation=segregation_for((load.hazards for load in ask.loads), warehouse_id=warehouse_id, at=at),
    )
    ranked, out = rank(ask, in_areas(bins, ask.loads, at=at), most=most)
    return Ranking(bins=ranked, out=out, looked_at=len(bins))


def on_whole_unit(unit_id: int) -> tuple[Goods, ...]:
    """All that is on the outermost unit that holds this one; nothing when it is empty."""
    (outermost,) = outermost_of([unit_id]).values()
    return goods_on([outermost]).get(outermost, ())
