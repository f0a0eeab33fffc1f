"""The bin that a worker scanned or a list names, held against the hard rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NoReturn

from apps.catalog.models import Item
from apps.core.errors import NotFound
from apps.locations.models import Location, Zone
from apps.safety.rules import Segregation
from apps.storage.errors import BinFull, HazardsApart, NotMixed, RuleForbids, WrongCondition, WrongPlace
from apps.storage.queries import bins_among, guide_for, segregation_for
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

    Raises `WrongPlace`, `WrongCondition`, `RuleForbids`, `HazardsApart`, `NotMixed`, `BinFull`.
    """
    apart = segregation_for((load.hazard for load in loads), warehouse_id=place.warehouse_id, at=at)
    _lock_zones([place], apart)
    [bin_] = bins_among([place.pk], without_task=task.pk, segregation=apart)
    for load in loads:
        _check(place, load, bin_)
        bin_ = bin_.with_load(load, load.quantity)


def lock_and_fill(loads: Sequence[tuple[int, Load]], *, warehouse_id: int, at: datetime) -> None:
    """Goods that come straight to places, each by its key: all hard rules, as if one load came after the other.

    The places stay locked. Raises `NotFound`, `WrongPlace`, `WrongCondition`, `RuleForbids`, `HazardsApart`,
    `NotMixed`, `BinFull`.
    """
    wanted = {place for place, _ in loads}
    places = {place.pk: place for place in Location.objects.filter(warehouse=warehouse_id).lock(wanted)}
    apart = segregation_for((load.hazard for _, load in loads), warehouse_id=warehouse_id, at=at)
    _lock_zones(places.values(), apart)
    guide = guide_for({load.item_id for _, load in loads}, warehouse_id=warehouse_id)
    found = bins_among(places, segregation=apart)
    bins = {bin_.location_id: bin_ for bin_ in found}
    for pk, goods in loads:
        if pk not in places:
            raise NotFound(kind="location", number=str(pk))
        load = guide(goods)
        _check(places[pk], load, bins[pk])
        fill(bins, pk, load, load.quantity)


def _lock_zones(places: Iterable[Location], apart: Segregation) -> None:
    """Two who bring hazards that stay apart to two bins of a zone wait for each other; zones come after their bins."""
    if apart.reaches_zones:
        Zone.objects.lock({place.zone_id for place in places if place.zone_id is not None})


def _check(place: Location, load: Load, bin_: Bin) -> None:
    against = obstacle(load, bin_) if place.is_active else Obstacle.PLACE
    free = room(load, bin_) if against is None else NOTHING
    if free < load.quantity:
        _refuse(place, load, bin_, against, free)


def _refuse(place: Location, load: Load, bin_: Bin, against: Obstacle | None, free: Decimal) -> NoReturn:
    item = Item.objects.select_related("storage_condition", "hazard_class").get(pk=load.item_id)
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
