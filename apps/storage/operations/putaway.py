"""Putting goods away: bins are proposed for stated reasons, all goods of a call in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from itertools import chain

from apps.catalog.models import Item
from apps.journal.actor import Actor
from apps.locations.models import Warehouse
from apps.storage.models import Putaway
from apps.storage.queries import (
    ask_for,
    bins_of_kinds,
    goods_on,
    guide_for,
    lanes_of,
    outermost_of,
    segregation_for,
    shortlist,
    units_on_their_way,
)
from apps.storage.rules import HOMES, NOTHING, Ask, Goods, Placement, plan, plan_among
from apps.tasks.operations import NewTask, make_tasks
from apps.tasks.states import TaskKind

SPARE, MORE = 3, 200
"""Empty bins of each build that are looked at beyond one for each load, at first and then: some loads are split."""


def propose_putaways(
    goods: Sequence[Goods],
    *,
    warehouse_id: int,
    document: str,
    by: Actor,  # noqa: ARG001 - every operation is told who asks
    at: datetime,
) -> list[Putaway]:
    """Ask for each of the goods to be put away, with a bin and the reasons for it; all are planned in one pass.

    Goods that one bin cannot hold are split over several; what no bin may hold becomes a task without a bin, which
    says why. Goods on a handling unit make one task for the outermost unit with all that is on it: it goes whole to
    one bin, by the strictest status of what is on it. A unit that another task puts away already gets no second one.
    """
    if not goods:
        return []
    # One plan at a time, so that two receipts do not count on the same free bin.
    Warehouse.objects.lock_one(warehouse_id)
    batches = _batches(goods)
    if not batches:
        return []
    items = Item.objects.select_related("storage_condition").in_bulk({each.item_id for each in chain(*batches)})
    guide = guide_for(items, warehouse_id=warehouse_id)
    asked = [ask_for(batch, items).each(guide) for batch in batches]
    # What nobody waits for is kept out of the lanes.
    away_from = {each.source_id for each in chain(*batches)} | set(lanes_of(warehouse_id))
    planned, walks = _planned(asked, warehouse_id, away_from, at)
    steps = [
        (task, ask.status, place)
        for batch, ask, placements in zip(batches, asked, planned, strict=True)
        for task, place in _steps(batch, placements, document, walks)
    ]
    tasks = make_tasks([new for new, _, _ in steps], warehouse_id=warehouse_id, at=at)
    return Putaway.objects.bulk_create(
        [
            Putaway(
                task=task,
                status=status,
                proposed_id=place.location_id,
                reasons=[asdict(reason) for reason in place.reasons],
            )
            for task, (_, status, place) in zip(tasks, steps, strict=True)
        ]
    )


def named_on_task(unit: Sequence[Goods]) -> tuple[int | None, int | None, Decimal]:
    """What a task to put a unit away names: its only item with how much of it, and its only lot; else one unit."""
    items = {each.item_id for each in unit}
    if len(items) > 1:
        return None, None, Decimal(1)
    lots = {each.lot_id for each in unit}
    [item] = items
    return item, lots.pop() if len(lots) == 1 else None, sum((each.quantity for each in unit), NOTHING)


def _planned(
    asked: Sequence[Ask], warehouse_id: int, away_from: set[int], at: datetime
) -> tuple[list[list[Placement]], dict[int, int]]:
    """What goes where, and where each bin stands on the walk: from a few bins where they can tell, else from all."""
    loads = [load for each in asked for load in each.loads]
    kinds = {kind for load in loads for kind in HOMES[load.status]}
    items = {load.item_id for load in loads}
    apart = segregation_for((load.hazard for load in loads), warehouse_id=warehouse_id, at=at)
    for empties in (len(asked) + SPARE, len(asked) + MORE):
        some = shortlist(
            warehouse_id=warehouse_id,
            kinds=kinds,
            away_from=away_from,
            item_ids=items,
            empties=empties,
            segregation=apart,
        )
        planned = plan_among(asked, some)
        if planned is not None:
            return planned, {each.location_id: each.walk for each in some.bins}
    bins = bins_of_kinds(warehouse_id=warehouse_id, kinds=kinds, away_from=away_from, segregation=apart)
    return plan(asked, bins), {each.location_id: each.walk for each in bins}


def _batches(goods: Sequence[Goods]) -> list[Sequence[Goods]]:
    """Single units of one kind are planned together, and all that is on a handling unit; other goods each by itself."""
    on_units = {each.unit_id for each in goods if each.unit_id is not None}
    outermost = outermost_of(on_units) if on_units else {}
    whole = goods_on(outermost.values()) if on_units else {}
    moving = units_on_their_way(whole) if whole else set()
    batches: dict[object, list[Goods]] = {}
    for index, each in enumerate(goods):
        if each.unit_id is not None:
            unit = outermost[each.unit_id]
            if unit in whole and unit not in moving:
                batches["unit", unit] = list(whole[unit])
            continue
        alike = (each.item_id, each.lot_id, each.status, each.source_id)
        batches.setdefault(alike if each.serial_id is not None else index, []).append(each)
    return list(batches.values())


def _steps(
    batch: Sequence[Goods], placements: Sequence[Placement], document: str, walks: Mapping[int, int]
) -> Iterator[tuple[NewTask, Placement]]:
    """What goes where: a unit whole, serial units one by one, other goods by the placement's quantity."""
    first = batch[0]
    units = iter(batch)
    for place in placements:
        new = NewTask(
            kind=TaskKind.PUTAWAY,
            document=document,
            item_id=first.item_id,
            lot_id=first.lot_id,
            quantity=place.quantity,
            source_id=first.source_id,
            target_id=place.location_id,
            sequence=walks.get(place.location_id or 0, 0),
        )
        if first.unit_id is not None:
            item, lot, amount = named_on_task(batch)
            yield replace(new, item_id=item, lot_id=lot, quantity=amount, unit_id=first.unit_id), place
        elif first.serial_id is not None:
            for _ in range(int(place.quantity)):
                each = next(units)
                yield replace(new, serial_id=each.serial_id, quantity=each.quantity), place
        else:
            yield new, place
