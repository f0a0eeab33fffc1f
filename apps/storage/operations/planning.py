"""A plan for goods that are put away: from a few bins where they can tell, else from all; else they wait in staging."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from apps.catalog.models import Item
from apps.ledger.states import StockStatus
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.storage.queries import (
    ask_for,
    bins_of_kinds,
    burns_in_areas,
    goods_on,
    guide_for,
    in_areas,
    kept_free,
    segregation_for,
    shortlist,
)
from apps.storage.rules import HOMES, NOTHING, Ask, Goods, Load, Placement, Reason, plan, plan_among
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import NewTask
from apps.tasks.states import TaskKind

SPARE, MORE = 3, 200
"""Empty bins of each build that are looked at beyond one for each load, at first and then: some loads are split."""
PARK = Reason(rule="park", points=0, sentence="It waits in staging until a bin has room.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Goods that are planned together: loose ones, alike units with serial numbers, or all that is on a unit."""

    goods: Sequence[Goods]
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A task that brings goods to a place, or to none, for these reasons."""

    task: NewTask
    status: str
    place: Placement
    parks: bool

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """As a putaway keeps them."""
        return [asdict(reason) for reason in self.place.reasons]


def plan_bundles(
    bundles: Sequence[Bundle], *, warehouse_id: int, at: datetime, passed_over: Collection[int] = ()
) -> list[list[Step]]:
    """What goes where, bundle by bundle, in one pass; the warehouse is locked by whoever asks.

    Available goods that no bin takes go to a place of staging with the condition they need, if they do not stand in
    staging already; else they stay.
    """
    goods = list(chain.from_iterable(bundle.goods for bundle in bundles))
    items = Item.objects.select_related("storage_condition").in_bulk({each.item_id for each in goods})
    guide = guide_for(items, warehouse_id=warehouse_id)
    asked = [ask_for(bundle.goods, items).each(guide) for bundle in bundles]
    # What nobody waits for is kept out of the lanes, and out of the pick faces that are given to what is waited for.
    away_from = {*(each.source_id for each in goods), *passed_over, *kept_free(warehouse_id=warehouse_id)}
    planned, walks = _planned(asked, warehouse_id, away_from, at)
    placed = [[(place, False) for place in placements] for placements in planned]
    homeless = [
        index
        for index, (ask, placements) in enumerate(zip(asked, planned, strict=True))
        if placements[-1].location_id is None and ask.status == StockStatus.AVAILABLE
    ]
    if homeless:
        _park(homeless, bundles, asked, placed, walks, warehouse_id, away_from, at)
    return [
        [
            step
            for place, parks in placements
            for step in _steps(bundle, ask.status, place, walks, parks=parks, seen=seen)
        ]
        for bundle, ask, placements in zip(bundles, asked, placed, strict=True)
        for seen in [iter(bundle.goods)]
    ]


def goods_of(
    task: WarehouseTask, status: str, *, on_units: Mapping[int, Sequence[Goods]] | None = None
) -> Sequence[Goods]:
    """What a task puts away: all that is on its unit now, or its goods where it takes them from.

    Whoever asks for many tasks brings what is on their units.
    """
    if task.carries_unit and task.unit_id is not None:
        return (goods_on([task.unit_id]) if on_units is None else on_units).get(task.unit_id, ())
    return [
        Goods(
            item_id=task.goods_id,
            lot_id=task.lot_id,
            serial_id=task.serial_id,
            status=status,
            quantity=task.quantity,
            source_id=task.source_id,
        )
    ]


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
    apart = segregation_for((load.hazards for load in loads), warehouse_id=warehouse_id, at=at)
    # Of bins that are built alike one may be in a full area: the few of the list do not tell.
    few = () if burns_in_areas(loads, warehouse_id=warehouse_id) else (len(asked) + SPARE, len(asked) + MORE)
    for empties in few:
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
    return plan(asked, in_areas(bins, loads, at=at)), {each.location_id: each.walk for each in bins}


def _park(
    homeless: Sequence[int],
    bundles: Sequence[Bundle],
    asked: Sequence[Ask],
    placed: list[list[tuple[Placement, bool]]],
    walks: dict[int, int],
    warehouse_id: int,
    away_from: set[int],
    at: datetime,
) -> None:
    """Give what found no bin a place in staging, where there is one."""
    staging = Location.objects.filter(warehouse=warehouse_id, kind=LocationKind.STAGING, is_active=True)
    there = set(staging.values_list("pk", flat=True))
    waiting = [index for index in homeless if bundles[index].goods[0].source_id not in there]
    if not there or not waiting:
        return
    loads = [load for index in waiting for load in asked[index].loads]
    apart = segregation_for((load.hazards for load in loads), warehouse_id=warehouse_id, at=at)
    bins = bins_of_kinds(
        warehouse_id=warehouse_id, kinds=[LocationKind.STAGING], away_from=away_from, segregation=apart
    )
    walks.update((each.location_id, each.walk) for each in bins)
    rests = [_parked(asked[index], placed[index][-1][0].quantity) for index in waiting]
    for index, places in zip(waiting, plan(rests, in_areas(bins, loads, at=at)), strict=True):
        (nowhere, _) = placed[index].pop()
        placed[index].extend(
            (replace(place, reasons=(*nowhere.reasons, PARK, *place.reasons)), True)
            if place.location_id is not None
            else (replace(place, reasons=nowhere.reasons), False)
            for place in places
        )


def _parked(ask: Ask, quantity: Decimal) -> Ask:
    def parked(load: Load) -> Load:
        return replace(load, parks=True, rules=(), velocity="")

    waiting = ask.each(parked)
    return replace(waiting, quantity=quantity) if isinstance(waiting, Load) else waiting


def _steps(
    bundle: Bundle, status: str, place: Placement, walks: Mapping[int, int], *, parks: bool, seen: Iterator[Goods]
) -> Iterator[Step]:
    """The tasks of one placement: a unit whole, serial units one by one, other goods by the placement's quantity."""
    first = bundle.goods[0]
    new = NewTask(
        kind=TaskKind.PUTAWAY,
        document=bundle.document,
        item_id=first.item_id,
        lot_id=first.lot_id,
        quantity=place.quantity,
        source_id=first.source_id,
        target_id=place.location_id,
        sequence=walks.get(place.location_id or 0, 0),
    )
    if first.unit_id is not None:
        item, lot, amount = named_on_task(bundle.goods)
        tasks = [replace(new, item_id=item, lot_id=lot, quantity=amount, unit_id=first.unit_id)]
    elif first.serial_id is not None:
        dealt = islice(seen, int(place.quantity))
        tasks = [replace(new, serial_id=each.serial_id, quantity=each.quantity) for each in dealt]
    else:
        tasks = [new]
    for task in tasks:
        yield Step(task=task, status=status, place=place, parks=parks)
