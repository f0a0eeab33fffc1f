"""A whole unit is carried by somebody's own choice to a place where flammable liquids are counted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from apps.catalog.models import Item
from apps.journal.actor import Actor
from apps.ledger.models import HandlingUnit
from apps.ledger.operations import move_unit
from apps.locations.models import Location
from apps.overrides.operations import Occasion
from apps.storage.errors import UnitChanged
from apps.storage.operations.areas import refuse_by_area
from apps.storage.operations.overridden import as_overridden
from apps.storage.queries import ask_for, bins_among, goods_on, in_areas, is_in_an_area
from apps.storage.rules import Goods


def carry_unit(
    *, unit_id: int, location_id: int, by: Actor, at: datetime, source_id: int | None = None, reason: str = ""
) -> HandlingUnit:
    """Carry a whole unit to another place, if the control area there has room for the flammable liquids on it.

    No other rule of bins binds it: people carry pallets where they must. To a place of no area it costs one question.
    Raises `FlammableLimitExceeded`, `FlammableNotEvaluable`, `UnitChanged`, and what `move_unit` raises.
    """
    before: Collection[Goods] = ()
    if is_in_an_area(location_id):
        before = goods_on([unit_id]).get(unit_id, ())
    if before:
        number = HandlingUnit.objects.values_list("number", flat=True).get(pk=unit_id)
        _check(tuple(before), location_id, Occasion(by=by, at=at, document=number))
    unit = move_unit(unit_id=unit_id, location_id=location_id, by=by, at=at, source_id=source_id, reason=reason)
    if before and _amounts(before) != _amounts(goods_on([unit_id]).get(unit_id, ())):
        # The ledger locks a unit only when it moves it: what had come onto it since was not held against the area.
        raise UnitChanged(unit=unit.number)
    return unit


def _check(goods: tuple[Goods, ...], location_id: int, occasion: Occasion) -> None:
    items = Item.objects.select_related("storage_condition").in_bulk({each.item_id for each in goods})
    loads = ask_for(goods, items).loads
    place = Location.objects.lock_one(location_id)
    [bin_] = in_areas(bins_among([place.pk]), loads, at=occasion.at, lock=True)
    for load in loads:
        refuse_by_area(load, as_overridden(load, bin_, occasion))
        bin_ = bin_.with_load(load, load.quantity)


def _amounts(goods: Collection[Goods]) -> set[tuple[int, int | None, int | None, str, Decimal]]:
    return {(each.item_id, each.lot_id, each.serial_id, each.status, each.quantity) for each in goods}
