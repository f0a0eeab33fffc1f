"""The bin that a worker scanned or a list names, held against the hard rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import NoReturn

from django.db.models import Q, QuerySet

from apps.catalog.models import Item
from apps.core.errors import NotFound
from apps.journal.actor import Actor
from apps.ledger.models import StockBalance
from apps.ledger.states import StockStatus
from apps.locations.models import Aisle, Location, Zone
from apps.overrides.operations import Occasion
from apps.safety.choices import Apart
from apps.safety.rules import ApartRule, Segregation
from apps.storage.errors import BinFull, HazardsApart, NotMixed, RuleForbids, WrongCondition, WrongPlace
from apps.storage.operations.areas import refuse_by_area
from apps.storage.operations.overridden import as_overridden, told_of
from apps.storage.queries import (
    STORED_AT,
    bins_among,
    bins_to_fill,
    guide_for,
    in_areas,
    in_one_fire_area,
    load_of,
    segregation_for,
)
from apps.storage.rules import NOTHING, Bin, Load, Obstacle, fill, obstacle, room
from apps.tasks.models import WarehouseTask

NAMED = 3
"""As many of the goods that others are kept from are named."""


def lock_bin(location_id: int, task: WarehouseTask) -> Location:
    """The scanned place, locked so that two workers do not fill the same room. Raises `NotFound`."""
    bin_ = Location.objects.lock_one(location_id)
    if bin_.warehouse_id != task.warehouse_id:
        raise NotFound(kind="location", number=bin_.code)
    return bin_


def check_bin(place: Location, loads: Sequence[Load], task: WarehouseTask, *, by: Actor, at: datetime) -> None:
    """The hard rules, against what stands there now and what other open tasks bring; all loads go into the one bin.

    What an approved override lets go past them is recorded as a use of it.

    Raises `WrongPlace`, `WrongCondition`, `RuleForbids`, `HazardsApart`, `FlammableLimitExceeded`,
    `FlammableNotEvaluable`, `NotMixed`, `BinFull`.
    """
    loads = [replace(load, source_id=task.source_id) for load in loads]
    apart = segregation_for((load.hazards for load in loads), warehouse_id=place.warehouse_id, at=at)
    _lock_around([place.pk], apart)
    bins = bins_among([place.pk], without_task=task.pk, segregation=apart)
    [bin_] = in_areas(bins, loads, at=at, without_task=task.pk, lock=True)
    occasion = Occasion(by=by, at=at, document=task.number)
    for load in loads:
        _check(load, bin_, occasion)
        bin_ = bin_.with_load(load, load.quantity)


def lock_and_fill(loads: Sequence[tuple[int, Load]], *, warehouse_id: int, occasion: Occasion) -> None:
    """Goods that come straight to places, each by its key: all hard rules, as if one load came after the other.

    The places stay locked. Raises `NotFound`, `WrongPlace`, `WrongCondition`, `RuleForbids`, `HazardsApart`,
    `FlammableLimitExceeded`, `FlammableNotEvaluable`, `NotMixed`, `BinFull`.
    """
    at = occasion.at
    places = Location.objects.filter(warehouse=warehouse_id).hold({place for place, _ in loads})
    apart = segregation_for((load.hazards for _, load in loads), warehouse_id=warehouse_id, at=at)
    _lock_around(places, apart)
    guide = guide_for({load.item_id for _, load in loads}, warehouse_id=warehouse_id)
    found = in_areas(bins_to_fill(places, segregation=apart), [load for _, load in loads], at=at, lock=True)
    bins = {bin_.location_id: bin_ for bin_ in found}
    for pk, goods in loads:
        if pk not in bins:
            raise NotFound(kind="location", number=str(pk))
        load = guide(goods)
        _check(load, bins[pk], occasion)
        if not bins[pk].takes_all:
            fill(bins, pk, load, load.quantity)


def check_goes_back(place: Location, *, item: Item, quantity: Decimal, source_id: int, occasion: Occasion) -> None:
    """Dangerous goods go back beside what may stand with them, and within the limits of the place's control area.

    The place is locked here when they are dangerous; nothing else is asked of one that goods came from. Raises
    `HazardsApart`, `FlammableLimitExceeded`, `FlammableNotEvaluable`.
    """
    if not (item.hazards or item.may_burn):
        return
    Location.objects.lock_one(place.pk)
    at = occasion.at
    apart = segregation_for([item.hazards], warehouse_id=place.warehouse_id, at=at)
    _lock_around([place.pk], apart)
    load = load_of(item, lot_id=None, status=StockStatus.AVAILABLE, quantity=quantity)
    load = replace(load, source_id=source_id)
    [bin_] = in_areas(bins_among([place.pk], segregation=apart), [load], at=at, lock=True)
    bin_ = as_overridden(load, bin_, occasion)
    if bin_.kept_apart(load) is not None:
        _refuse(load, bin_, Obstacle.SEGREGATION, NOTHING)
    refuse_by_area(load, bin_)


def _lock_around(places: Iterable[int], apart: Segregation) -> None:
    """Two who bring hazards that stay apart to two bins of an aisle or a zone wait for each other, after their bins.

    Where a rule reaches further than a zone they wait for each other in all of the warehouse.
    """
    if apart.reach in {Apart.TOGETHER, Apart.BIN}:
        return
    stood_in = Location.objects.filter(pk__among=list(places))
    Aisle.objects.hold(stood_in.filter(aisle__isnull=False).values_list("aisle", flat=True))
    if apart.reach == Apart.AREA:
        Zone.objects.hold(Zone.objects.filter(warehouse__in=stood_in.values("warehouse")).values_list("pk", flat=True))
    else:
        Zone.objects.hold(stood_in.filter(zone__isnull=False).values_list("zone", flat=True))


def _check(load: Load, bin_: Bin, occasion: Occasion) -> None:
    bin_ = as_overridden(load, bin_, occasion)
    against = obstacle(load, bin_)
    if against is None and bin_.takes_all:
        return
    free = room(load, bin_) if against is None else NOTHING
    if free < load.quantity:
        _refuse(load, bin_, against, free)


def _refuse(load: Load, bin_: Bin, against: Obstacle | None, free: Decimal) -> NoReturn:
    place = Location.objects.get(pk=bin_.location_id)
    item = Item.objects.select_related("storage_condition").get(pk=load.item_id)
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
        case Obstacle.SEGREGATION if (found := bin_.kept_apart(load)) is not None:
            rule, others = found
            own, other = told_of(rule, load, others)
            raise HazardsApart(
                location=place.code,
                item=item.number,
                hazard_class=own,
                other_class=other,
                others=_named(place, rule, others),
                apart=rule.apart,
                rule=str(rule),
            )
        case Obstacle.ITEMS | Obstacle.LOTS:
            raise NotMixed(location=place.code, item=item.number, problem=against.label)
        case _:
            raise BinFull(location=place.code, item=item.number, room=free, requested=load.quantity)


def _named(place: Location, rule: ApartRule, classes: Sequence[str]) -> str:
    """The items of these hazard classes that stand as near as the rule forbids, or are brought there."""
    near = _within(place, rule).values("pk")
    there = StockBalance.objects.on_hand().filter(location__in=near).order_by().values("item")
    coming = WarehouseTask.objects.open().filter(target__in=near, item__isnull=False).order_by().values("item")
    items = Item.objects.filter(Q(pk__in=there) | Q(pk__in=coming), hazards=list(classes)).order_by("number")
    return ", ".join(items.values_list("number", flat=True)[:NAMED]) or "other goods"


def _within(place: Location, rule: ApartRule) -> QuerySet[Location]:
    stored = Location.objects.filter(Q(pk=place.pk) | Q(warehouse=place.warehouse_id, kind__in=STORED_AT))
    if rule.metres is not None:
        return stored
    shared = {
        Apart.BAY: Q(aisle__isnull=False, bay__isnull=False, aisle=place.aisle_id, bay=place.bay),
        Apart.ZONE: Q(zone__isnull=False, zone=place.zone_id),
    }
    if rule.apart == Apart.AREA:
        return stored.filter(pk__among=in_one_fire_area(place.pk))
    return stored.filter(Q(pk=place.pk) | shared.get(Apart(rule.apart), Q(pk=place.pk)))
