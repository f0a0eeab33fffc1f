"""The bin that a worker scanned or a list names, held against the hard rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import NoReturn

from apps.catalog.models import Item
from apps.core.errors import NotFound
from apps.locations.models import Location, Zone
from apps.safety.rules import Segregation
from apps.storage.errors import BinFull, HazardsApart, NotMixed, RuleForbids, WrongCondition, WrongPlace
from apps.storage.operations.areas import refuse_by_area
from apps.storage.queries import bins_among, bins_to_fill, guide_for, in_areas, segregation_for
from apps.storage.rules import NOTHING, Bin, Load, Obstacle, fill, obstacle, room
from apps.tasks.models import WarehouseTask


def lock_bin(location_id: int, task: WarehouseTask) -> Location:
    """The scanned place, locked so that two workers do not fill the same room. Raises `NotFound`."""
    bin_ = Location.objects.lock_one(location_id)
    if bin_.warehouse_id != task.warehouse_id:
        raise NotFound(kind="location", number=bin_.code)
    return bin_


def check_bin(place: Location, loads: Sequence[Load], task: WarehouseTask, at: datetime) -> None:
    """The hard rules, against what stands there now and what other open tasks bring; all loads go into the one bin.

    Raises `WrongPlace`, `WrongCondition`, `RuleForbids`, `HazardsApart`, `FlammableLimitExceeded`,
    `FlammableNotEvaluable`, `NotMixed`, `BinFull`.
    """
    loads = [replace(load, source_id=task.source_id) for load in loads]
    apart = segregation_for((load.hazard for load in loads), warehouse_id=place.warehouse_id, at=at)
    _lock_zones([place.pk], apart)
    bins = bins_among([place.pk], without_task=task.pk, segregation=apart)
    [bin_] = in_areas(bins, loads, at=at, without_task=task.pk, lock=True)
    for load in loads:
        _check(load, bin_)
        bin_ = bin_.with_load(load, load.quantity)


def lock_and_fill(loads: Sequence[tuple[int, Load]], *, warehouse_id: int, at: datetime) -> None:
    """Goods that come straight to places, each by its key: all hard rules, as if one load came after the other.

    The places stay locked. Raises `NotFound`, `WrongPlace`, `WrongCondition`, `RuleForbids`, `HazardsApart`,
    `FlammableLimitExceeded`, `FlammableNotEvaluable`, `NotMixed`, `BinFull`.
    """
    places = Location.objects.filter(warehouse=warehouse_id).hold({place for place, _ in loads})
    apart = segregation_for((load.hazard for _, load in loads), warehouse_id=warehouse_id, at=at)
    _lock_zones(places, apart)
    guide = guide_for({load.item_id for _, load in loads}, warehouse_id=warehouse_id)
    found = in_areas(bins_to_fill(places, segregation=apart), [load for _, load in loads], at=at, lock=True)
    bins = {bin_.location_id: bin_ for bin_ in found}
    for pk, goods in loads:
        if pk not in bins:
            raise NotFound(kind="location", number=str(pk))
        load = guide(goods)
        _check(load, bins[pk])
        if not bins[pk].takes_all:
            fill(bins, pk, load, load.quantity)


def _lock_zones(places: Iterable[int], apart: Segregation) -> None:
    """Two who bring hazards that stay apart to two bins of a zone wait for each other; zones come after their bins."""
    if apart.reaches_zones:
        stood_in = Location.objects.filter(pk__among=list(places), zone__isnull=False)
        Zone.objects.hold(stood_in.values_list("zone", flat=True))


def _check(load: Load, bin_: Bin) -> None:
    against = obstacle(load, bin_)
    if against is None and bin_.takes_all:
        return
    free = room(load, bin_) if against is None else NOTHING
    if free < load.quantity:
        _refuse(load, bin_, against, free)


def _refuse(load: Load, bin_: Bin, against: Obstacle | None, free: Decimal) -> NoReturn:
    place = Location.objects.get(pk=bin_.location_id)
    item = Item.objects.select_related("storage_condition", "hazard_class").get(pk=load.item_id)
    if against in {None, Obstacle.FLAMMABLE}:
        refuse_by_area(load, bin_)
    match against:
        case Obstacle.PLACE:
            raise WrongPlace(location=place.code, kind=place.kind, goods_status=load.status)
        case Obstacle.CONDITION:
            kept = place.condition
            raise WrongCondition(
                location=place.code,
                item=item.number,
                needed=str(item.storage_condition),
                kept=str(kept) if kept is not None else "none",
            )
        case Obstacle.RULE:
            binding = [rule for rule in load.rules if rule.only]
            raise RuleForbids(
                location=place.code,
                item=item.number,
                rule=", ".join(rule.code for rule in binding),
                allowed=" or ".join(dict.fromkeys(rule.where for rule in binding)),
            )
        case Obstacle.SEGREGATION if (rule := bin_.kept_apart(load)) is not None:
            own = item.hazard_class.code if item.hazard_class is not None else ""
            first, second = rule.codes
            raise HazardsApart(
                location=place.code,
                item=item.number,
                hazard_class=own,
                other_class=second if first == own else first,
                apart=rule.apart,
                rule=str(rule),
            )
        case Obstacle.ITEMS | Obstacle.LOTS:
            raise NotMixed(location=place.code, item=item.number, problem=against.label)
        case _:
            raise BinFull(location=place.code, item=item.number, room=free, requested=load.quantity)
