"""What a bin may hold at all: the hard rules, which bind proposals and a worker's own choice alike.

An item whose weight or volume is not known is not held against that limit.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_DOWN, Decimal

from django.db import models

from apps.core.quantities import STEPS
from apps.safety.choices import Apart
from apps.safety.rules import NONE_APART, ApartRule, Classes, Near, Segregation, TemperatureRange, keeps
from apps.storage.rules.areas import Area
from apps.storage.rules.goods import NOTHING, Load, Whole
from apps.storage.rules.guidance import allowed
from apps.storage.rules.hazards import Spot

NOWHERE = Spot(location_id=0)
NOTHING_NEAR = Near()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """A place with its limits, and what is in it or on its way to it."""

    location_id: int
    code: str
    kind: str
    is_active: bool = True
    walk: int = 0
    zone_id: int | None = None
    max_units: Decimal | None = None
    max_weight_g: Decimal | None = None
    max_volume_mm3: int | None = None
    mixes_items: bool = True
    mixes_lots: bool = True
    offers: TemperatureRange | None = None
    faces: Mapping[int, Decimal] = field(default_factory=dict)
    """The items whose pick face this is, each with the most it should hold."""
    contents: Mapping[tuple[int, int | None], Decimal] = field(default_factory=dict)
    """By item and lot, what stands here and what open tasks bring."""
    weight_g: Decimal = NOTHING
    volume_mm3: Decimal = NOTHING
    spot: Spot = NOWHERE
    near: Near = NOTHING_NEAR
    """The dangerous goods that stand or come here and around; kept where the segregation asks."""
    segregation: Segregation = NONE_APART
    zone_velocity: str = ""
    """How fast the items move that its zone is meant for."""
    area: Area | None = None
    """Its control area, where goods come that it might limit."""

    @property
    def units(self) -> Decimal:
        """All that is here or on its way."""
        return sum(self.contents.values(), NOTHING)

    def of(self, item_id: int) -> Decimal:
        """What is here of an item, of any lot."""
        return sum((amount for (item, _), amount in self.contents.items() if item == item_id), NOTHING)

    @property
    def build(self) -> Hashable:
        """What tells empty bins apart: of one build, all that are empty may hold the same."""
        limits = self.max_units, self.max_weight_g, self.max_volume_mm3
        around = tuple(self.near.around.items()), self.near.away
        area = self.area.pk if self.area is not None else 0
        return self.kind, self.zone_id, limits, self.mixes_items, self.mixes_lots, self.offers, around, area

    def emptied(self) -> Bin:
        """The bin with nothing in it, and no item's own."""
        near = replace(self.near, shared=self.near.around)
        return replace(self, faces={}, contents={}, weight_g=NOTHING, volume_mm3=NOTHING, near=near)

    def with_load(self, load: Load, quantity: Decimal) -> Bin:
        """The bin after so much of the load went in."""
        key = (load.item_id, load.lot_id)
        return replace(
            self,
            contents={**self.contents, key: self.contents.get(key, NOTHING) + quantity},
            weight_g=self.weight_g + quantity * (load.weight_g or 0),
            volume_mm3=self.volume_mm3 + quantity * (load.volume_mm3 or 0),
            near=self._near_with(load),
            area=self.area.after(load, quantity) if self.area is not None else None,
        )

    def _near_with(self, load: Load) -> Near:
        if not load.hazards or not self.segregation.rules:
            return self.near
        return self.near.also(load.hazards, [Apart.BIN], [NOTHING] if self.segregation.has_distances else [])

    def beside(self, load: Load, spot: Spot) -> Bin:
        """The bin after the load went to a place somewhere around."""
        scopes = [scope for scope in spot.shares(self.spot) if load.hazards not in self.near.shared.get(scope, ())]
        away = [spot.metres_to(self.spot)] if self.segregation.has_distances and self.spot.counts(spot) else []
        return replace(self, near=self.near.also(load.hazards, scopes, away)) if scopes or away else self

    @property
    def takes_all(self) -> bool:
        """Whether nothing that is in it keeps out what comes: no limits, no area, goods mixed and none kept apart."""
        return (
            self.mixes_items
            and self.mixes_lots
            and self.max_units is None
            and self.max_weight_g is None
            and self.max_volume_mm3 is None
            and not self.segregation.rules
            and self.area is None
        )

    def kept_apart(self, load: Load) -> tuple[ApartRule, Classes] | None:
        """The rule by which the load's hazards stay away from some here or in the zone, and all classes of those."""
        return self.segregation.against(load.hazards, self.near)


class Obstacle(models.TextChoices):
    """Why a bin may not hold goods at all."""

    PLACE = "place", "for other goods"
    CONDITION = "condition", "with another storage condition"
    SEGREGATION = "segregation", "kept apart from its hazard class"
    FLAMMABLE = "flammable", "at their area's limit of flammable liquids"
    ITEMS = "items", "kept for another item"
    LOTS = "lots", "kept for another lot"
    FULL = "full", "full"
    RULE = "rule", "to which a putaway rule does not send it"
    FACE = "face", "the pick face of other items, or at its maximum"


def obstacle(load: Load, bin_: Bin) -> Obstacle | None:
    """The hard rule that keeps the goods out of the bin, whatever their quantity; None when there is none."""
    if not bin_.is_active or bin_.kind not in load.homes:
        return Obstacle.PLACE
    if not keeps(bin_.offers, load.needs):
        return Obstacle.CONDITION
    if not allowed(load.rules, kind=bin_.kind, zone_id=bin_.zone_id):
        return Obstacle.RULE
    if bin_.kept_apart(load) is not None:
        return Obstacle.SEGREGATION
    if bin_.area is not None and bin_.area.room(load) == 0:
        return Obstacle.FLAMMABLE
    return _mixing(load, bin_)


def _mixing(load: Load, bin_: Bin) -> Obstacle | None:
    if not bin_.mixes_items and any(item != load.item_id for item, _ in bin_.contents):
        return Obstacle.ITEMS
    if not bin_.mixes_lots and any(item == load.item_id and lot != load.lot_id for item, lot in bin_.contents):
        return Obstacle.LOTS
    return None


def takes(load: Load | Whole, bin_: Bin) -> tuple[Decimal, Obstacle | None]:
    """How much of the load a proposal may bring to the bin, all or nothing of a whole unit; why, when nothing.

    A pick face is filled up to its maximum, and with nothing but its item.
    """
    if isinstance(load, Whole):
        return _takes_whole(load, bin_)
    against = obstacle(load, bin_)
    if against is not None:
        return NOTHING, against
    most = room(load, bin_)
    if most == 0:
        return NOTHING, Obstacle.FULL
    if bin_.faces:
        most = min(most, bin_.faces.get(load.item_id, NOTHING) - bin_.of(load.item_id))
    return (most, None) if most > 0 else (NOTHING, Obstacle.FACE)


def _takes_whole(unit: Whole, bin_: Bin) -> tuple[Decimal, Obstacle | None]:
    if bin_.faces and len({load.item_id for load in unit.loads}) > 1:
        return NOTHING, Obstacle.FACE
    for load in unit.loads:
        most, against = takes(load, bin_)
        if most < load.quantity:
            return NOTHING, against or (Obstacle.FACE if bin_.faces else Obstacle.FULL)
        bin_ = bin_.with_load(load, load.quantity)
    return unit.quantity, None


def fill(bins: MutableMapping[int, Bin], place: int, load: Load, quantity: Decimal) -> None:
    """So much of the load goes to a place; its hazards are around the others, its litres in its control area."""
    before = bins[place].area
    filled = bins[place].with_load(load, quantity)
    bins[place] = filled
    if before is not None and filled.area is not before:
        for other, bin_ in bins.items():
            if bin_.area is not None and bin_.area.pk == before.pk:
                bins[other] = replace(bin_, area=filled.area)
    if load.hazards and filled.segregation.rules:
        for other, bin_ in bins.items():
            bins[other] = bin_.beside(load, filled.spot)


def room(load: Load, bin_: Bin) -> Decimal:
    """How much of the load the bin's units, weight and volume and its area leave room for, at the item's decimals."""
    most = load.quantity
    if bin_.area is not None and (allowed_here := bin_.area.room(load)) is not None:
        most = min(most, allowed_here)
    if bin_.max_units is not None:
        most = min(most, bin_.max_units - bin_.units)
    if bin_.max_weight_g is not None and load.weight_g:
        most = min(most, (bin_.max_weight_g - bin_.weight_g) / load.weight_g)
    if bin_.max_volume_mm3 is not None and load.volume_mm3:
        most = min(most, (bin_.max_volume_mm3 - bin_.volume_mm3) / load.volume_mm3)
    return max(NOTHING, most).quantize(STEPS[load.scale], rounding=ROUND_DOWN)
