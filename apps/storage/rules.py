"""Where goods should live: what a bin may hold at all, and which bin suits best; pure.

Hard rules (`obstacle`, `room`) bind proposals and a worker's own choice alike; soft marks order the bins that pass.
An item whose weight or volume is not known is not held against that limit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal

from django.db import models

from apps.core.decimals import plain
from apps.ledger.rules import Turn, first_expired
from apps.ledger.states import StockStatus
from apps.locations.choices import PICKABLE, LocationKind
from apps.safety.rules import TemperatureRange, keeps

NOTHING = Decimal(0)

Stops = Mapping[int, int]
"""Which stop on the walk a location is, from 1 on."""

HOMES: Mapping[str, tuple[str, ...]] = {
    StockStatus.AVAILABLE: PICKABLE,
    # Goods that somebody will look at may wait in staging when quarantine has no room.
    StockStatus.INSPECTION: (LocationKind.QUARANTINE, LocationKind.STAGING),
    StockStatus.RETURNED: (LocationKind.QUARANTINE, LocationKind.STAGING),
    StockStatus.DAMAGED: (LocationKind.QUARANTINE,),
    StockStatus.BLOCKED: (LocationKind.QUARANTINE,),
}
"""Which kinds of place goods of a status are put away to, the better first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """A quantity (base units) that stands somewhere and wants a home; each is a load of its own, as a pallet is."""

    item_id: int
    quantity: Decimal
    source_id: int
    lot_id: int | None = None
    serial_id: int | None = None
    status: str = StockStatus.AVAILABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Goods as bins see them: how much, how heavy and large a unit is, and the temperature they need."""

    item_id: int
    lot_id: int | None
    status: str
    quantity: Decimal
    scale: int = 0
    weight_g: Decimal | None = None
    volume_mm3: int | None = None
    needs: TemperatureRange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """A place with its limits, and what is in it or on its way to it."""

    location_id: int
    code: str
    kind: str
    walk: int = 0
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

    @property
    def units(self) -> Decimal:
        """All that is here or on its way."""
        return sum(self.contents.values(), NOTHING)

    def of(self, item_id: int) -> Decimal:
        """What is here of an item, of any lot."""
        return sum((amount for (item, _), amount in self.contents.items() if item == item_id), NOTHING)

    def with_load(self, load: Load, quantity: Decimal) -> Bin:
        """The bin after so much of the load went in."""
        key = (load.item_id, load.lot_id)
        return replace(
            self,
            contents={**self.contents, key: self.contents.get(key, NOTHING) + quantity},
            weight_g=self.weight_g + quantity * (load.weight_g or 0),
            volume_mm3=self.volume_mm3 + quantity * (load.volume_mm3 or 0),
        )


class Obstacle(models.TextChoices):
    """Why a bin may not hold goods at all."""

    PLACE = "place", "for other goods"
    CONDITION = "condition", "with another storage condition"
    ITEMS = "items", "kept for another item"
    LOTS = "lots", "kept for another lot"
    FULL = "full", "full"
    FACE = "face", "the pick face of other items, or at its maximum"


def obstacle(load: Load, bin_: Bin) -> Obstacle | None:
    """The hard rule that keeps the goods out of the bin, whatever their quantity; None when there is none."""
    if bin_.kind not in HOMES[load.status]:
        return Obstacle.PLACE
    if not keeps(bin_.offers, load.needs):
        return Obstacle.CONDITION
    if not bin_.mixes_items and any(item != load.item_id for item, _ in bin_.contents):
        return Obstacle.ITEMS
    if not bin_.mixes_lots and any(item == load.item_id and lot != load.lot_id for item, lot in bin_.contents):
        return Obstacle.LOTS
    return None


def room(load: Load, bin_: Bin) -> Decimal:
    """How much of the load the bin's units, weight and volume leave room for, at the item's decimals."""
    most = load.quantity
    if bin_.max_units is not None:
        most = min(most, bin_.max_units - bin_.units)
    if bin_.max_weight_g is not None and load.weight_g:
        most = min(most, (bin_.max_weight_g - bin_.weight_g) / load.weight_g)
    if bin_.max_volume_mm3 is not None and load.volume_mm3:
        most = min(most, (bin_.max_volume_mm3 - bin_.volume_mm3) / load.volume_mm3)
    return max(NOTHING, most).quantize(Decimal(1).scaleb(-load.scale), rounding=ROUND_DOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why this bin: a rule, what it was worth, and the rule in words."""

    rule: str
    points: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """So much goes to this bin, for these reasons; to none when no bin may hold it."""

    location_id: int | None
    quantity: Decimal
    reasons: tuple[Reason, ...]


FACE, LOT, WHOLE, ITEM, HOME, EMPTY, WALK = 200, 50, 45, 30, 30, 20, 10
"""What the marks are worth. A pick face below its maximum goes before all; one trip goes before filling up a bin."""


def plan(loads: Sequence[Load], bins: Iterable[Bin]) -> list[list[Placement]]:
    """A home for each load, in one pass: what an earlier load was given is no longer there for a later one.

    A load that no bin takes whole is split over the best ones; what is left over is placed nowhere.
    """
    now = {each.location_id: each for each in bins}
    in_order = sorted(now.values(), key=lambda each: (each.walk, each.code))
    stops = {each.location_id: number for number, each in enumerate(in_order, start=1)}
    return [_place(load, now, stops) for load in loads]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    bin: Bin
    takes: Decimal
    points: int


def _place(load: Load, now: dict[int, Bin], stops: Stops) -> list[Placement]:
    placements = []
    left = load
    while left.quantity > 0:
        offers, obstacles = _offers(left, now.values(), stops)
        if not offers:
            placements.append(Placement(location_id=None, quantity=left.quantity, reasons=(_nowhere(obstacles),)))
            break
        best = min(offers, key=lambda offer: (-offer.points, stops[offer.bin.location_id]))
        reasons = tuple(_marks(left, best.bin, best.takes, stops))
        placements.append(Placement(location_id=best.bin.location_id, quantity=best.takes, reasons=reasons))
        now[best.bin.location_id] = best.bin.with_load(left, best.takes)
        left = replace(left, quantity=left.quantity - best.takes)
    return placements


def _offers(load: Load, bins: Iterable[Bin], stops: Stops) -> tuple[list[_Offer], Counter[Obstacle]]:
    offers, obstacles = [], Counter[Obstacle]()
    for bin_ in bins:
        against = obstacle(load, bin_)
        takes = NOTHING if against else room(load, bin_)
        if against is None and takes == 0:
            against = Obstacle.FULL
        elif against is None and bin_.faces:
            takes = min(takes, bin_.faces.get(load.item_id, NOTHING) - bin_.of(load.item_id))
            against = None if takes > 0 else Obstacle.FACE
        if against is not None:
            obstacles[against] += 1
        else:
            points = sum(reason.points for reason in _marks(load, bin_, takes, stops))
            offers.append(_Offer(bin=bin_, takes=takes, points=points))
    return offers, obstacles


def _marks(load: Load, bin_: Bin, takes: Decimal, stops: Stops) -> list[Reason]:
    """What speaks for the bin, each with its points."""
    held = bin_.of(load.item_id)
    marks = []
    if bin_.faces:
        most = plain(bin_.faces[load.item_id])
        marks.append(Reason(rule="pick_face", points=FACE, sentence=f"Own pick face, {plain(held)} of {most} full."))
    if load.lot_id is not None and (load.item_id, load.lot_id) in bin_.contents:
        marks.append(Reason(rule="same_lot", points=LOT, sentence="The same lot is here."))
    elif held:
        marks.append(Reason(rule="same_item", points=ITEM, sentence="The same item is here."))
    if not bin_.contents:
        marks.append(Reason(rule="empty", points=EMPTY, sentence="The bin is empty."))
    if takes == load.quantity:
        marks.append(Reason(rule="whole", points=WHOLE, sentence=f"It takes all {plain(takes)}."))
    if load.status != StockStatus.AVAILABLE and bin_.kind == HOMES[load.status][0]:
        marks.append(Reason(rule="home", points=HOME, sentence=f"{load.status.capitalize()} goods belong here."))
    stop, last = stops[bin_.location_id], len(stops)
    near = WALK * (last - stop) // (last - 1) if last > 1 else 0
    if near:
        marks.append(Reason(rule="near", points=near, sentence=f"It is stop {stop} of {last} on the walk."))
    return marks


def _nowhere(obstacles: Mapping[Obstacle, int]) -> Reason:
    counted: Collection[str] = [f"{count} {against.label}" for against, count in sorted(obstacles.items())]
    why = ", ".join(counted) if counted else "there is none for such goods"
    return Reason(rule="no_bin", points=0, sentence=f"No bin takes it: {why}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """Goods in the reserve that a pick face could be filled from."""

    location_id: int
    code: str
    free: Decimal
    walk: int = 0
    lot_id: int | None = None
    lot: str = ""
    serial_id: int | None = None
    unit_id: int | None = None
    expires_on: date | None = None
    first_in: datetime | None = None

    @property
    def turn(self) -> tuple[Turn, Decimal, int]:
        """First expired first out, then first in first out; of the same lot the smallest rest, which frees its bin."""
        return first_expired(self.expires_on, self.first_in), self.free, self.walk


def fill_up(load: Load, face: Bin, reserves: Iterable[Reserve], *, today: date) -> list[tuple[Reserve, Decimal]]:
    """What to bring to a pick face from where, so that it holds its maximum: first expired first.

    `load` says what its item's units weigh and need; its own lot and quantity do not count. Expired goods stay where
    they are; so does a lot that the face may not hold beside what is in it, and what it has no room for.
    """
    steps = []
    need = face.faces[load.item_id] - face.of(load.item_id)
    for each in sorted(reserves, key=lambda reserve: reserve.turn):
        if need <= 0:
            break
        if each.expires_on is not None and each.expires_on <= today:
            continue
        lot = replace(load, lot_id=each.lot_id, quantity=min(need, each.free))
        if lot.quantity <= 0 or obstacle(lot, face) is not None:
            continue
        takes = room(lot, face)
        if takes > 0:
            steps.append((each, takes))
            face = face.with_load(lot, takes)
            need -= takes
    return steps
