"""Which bin suits goods best: soft marks order the bins that the hard rules let pass.

A plan need not look at every bin. Of empty bins that are built alike the first on the walk is the best; and a bin that
holds other goods alone earns so few points that it is looked at only when nothing better was found.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from apps.core.decimals import plain
from apps.ledger.states import StockStatus
from apps.storage.rules.bins import Bin, Obstacle, fill, takes
from apps.storage.rules.goods import HOMES, Load, Whole
from apps.storage.rules.guidance import binding_to, pace, speaking_for

Ask = Load | Whole
"""What wants a home: a load, which may be split, or a unit, which goes whole."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """Some of the bins, enough for most plans.

    All that hold an item of the loads or are its pick face, one of each build, and the first empty ones of each build.
    """

    bins: Sequence[Bin]
    stops: Mapping[int, int]
    """Which stop on the walk each is, from 1 on, of all bins."""
    last: int
    empties: int
    """So many empty ones of each build, where there are so many."""


FACE, LOT, WHOLE, ITEM, HOME, EMPTY, WALK = 200, 50, 45, 30, 30, 20, 10
"""What the marks are worth. A pick face below its maximum goes before all; one trip goes before filling up a bin."""


def plan(loads: Sequence[Ask], bins: Iterable[Bin]) -> list[list[Placement]]:
    """A home for each load, in one pass: what an earlier load was given is no longer there for a later one.

    A load that no bin takes whole is split over the best ones; what is left over is placed nowhere. A unit is placed
    whole or nowhere.
    """
    hall = _all_in_view(bins)
    return [list(_place(load, hall, all_seen=True)) for load in loads]


def plan_among(loads: Sequence[Ask], some: Shortlist) -> list[list[Placement]] | None:
    """The same plan from a few of the bins; None when only a look at all of them can tell."""
    hall = _Hall(some.bins, some.stops, some.last)
    planned: list[list[Placement]] = []
    left = some.empties
    for load in loads:
        placements = list(_place(load, hall, all_seen=False))
        left -= len(placements)
        # After more placements than that, the empty bins of a build may have run out in the list alone.
        if left < 0 or any(place.location_id is None for place in placements):
            return None
        planned.append(placements)
    return planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A bin that may hold goods: how much of them, and what speaks for it."""

    bin: Bin
    takes: Decimal
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """All its points together."""
        return sum(reason.points for reason in self.reasons)


def rank(load: Ask, bins: Iterable[Bin], *, most: int) -> tuple[list[Ranked], Counter[Obstacle]]:
    """The best bins for goods, and how many of the others are out for which reason; as a plan for them alone has it."""
    hall = _all_in_view(bins)
    offers, obstacles = _offers(load, hall.now.values(), hall)
    best = sorted(offers, key=lambda offer: (-offer.points, hall.stops[offer.bin.location_id]))[:most]
    ranked = [
        Ranked(bin=each.bin, takes=each.takes, reasons=tuple(_marks(load, each.bin, each.takes, hall))) for each in best
    ]
    return ranked, obstacles


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    bin: Bin
    takes: Decimal
    points: int


class _Hall:
    """The bins as a plan goes on."""

    def __init__(self, bins: Iterable[Bin], stops: Mapping[int, int], last: int) -> None:
        """As they stand before it."""
        self.now: dict[int, Bin] = {}
        self.stops = stops
        self.last = last
        self._of_item: dict[int, set[int]] = {}
        self._empty: dict[Hashable, deque[int]] = {}
        self._builds: dict[Hashable, Bin] = {}
        for each in sorted(bins, key=lambda bin_: stops[bin_.location_id]):
            self.now[each.location_id] = each
            self._builds.setdefault(each.build, each.emptied())
            if not each.contents and not each.faces:
                self._empty.setdefault(each.build, deque()).append(each.location_id)
            for item in {item for item, _ in each.contents} | set(each.faces):
                self._of_item.setdefault(item, set()).add(each.location_id)

    def likely(self, load: Ask) -> Iterator[Bin]:
        """The bins with something to say for them: its items' own, and the first empty one of each build."""
        own: set[int] = set().union(*(self._of_item.get(each.item_id, ()) for each in load.loads))
        for place in own:
            yield self.now[place]
        for queue in self._empty.values():
            if queue:
                yield self.now[queue[0]]

    def unlikely(self, load: Ask) -> int:
        """The most points that any other bin can earn: what keeps goods out of an empty one keeps them out of all."""
        return WALK + max((_at_most(load, build) for build in self._builds.values()), default=0)

    def put(self, load: Load, place: int, quantity: Decimal) -> None:
        """So much of the load is there from now on."""
        before = self.now[place]
        queue = self._empty.get(before.build)
        if queue and place in queue:
            queue.remove(place)
        fill(self.now, place, load, quantity)
        self._of_item.setdefault(load.item_id, set()).add(place)


def _all_in_view(bins: Iterable[Bin]) -> _Hall:
    in_order = sorted(bins, key=lambda each: (each.walk, each.code))
    stops = {each.location_id: number for number, each in enumerate(in_order, start=1)}
    return _Hall(in_order, stops, len(stops))


def _place(load: Ask, hall: _Hall, *, all_seen: bool) -> Iterator[Placement]:
    left = load
    while left.quantity > 0:
        best, obstacles = _best(left, hall.likely(left), hall)
        if best is None or best.points <= hall.unlikely(left):
            # Without all bins in view nobody knows: no bin is named, and the caller looks at all.
            best, obstacles = _best(left, hall.now.values(), hall) if all_seen else (None, obstacles)
        if best is None:
            yield Placement(location_id=None, quantity=left.quantity, reasons=(_nowhere(obstacles),))
            return
        place = best.bin.location_id
        reasons = tuple(_marks(left, best.bin, best.takes, hall))
        yield Placement(location_id=place, quantity=best.takes, reasons=reasons)
        if isinstance(left, Whole):
            for each in left.loads:
                hall.put(each, place, each.quantity)
            return
        hall.put(left, place, best.takes)
        left = replace(left, quantity=left.quantity - best.takes)


def _best(load: Ask, bins: Iterable[Bin], hall: _Hall) -> tuple[_Offer | None, Counter[Obstacle]]:
    offers, obstacles = _offers(load, bins, hall)
    best = min(offers, key=lambda offer: (-offer.points, hall.stops[offer.bin.location_id]), default=None)
    return best, obstacles


def _offers(load: Ask, bins: Iterable[Bin], hall: _Hall) -> tuple[list[_Offer], Counter[Obstacle]]:
    offers, obstacles = [], Counter[Obstacle]()
    for bin_ in bins:
        most, against = takes(load, bin_)
        if against is not None:
            obstacles[against] += 1
        else:
            points = sum(reason.points for reason in _marks(load, bin_, most, hall))
            offers.append(_Offer(bin=bin_, takes=most, points=points))
    return offers, obstacles


def _at_most(load: Ask, empty: Bin) -> int:
    """What a bin of such a build that holds other goods alone can earn, without its place on the walk."""
    most, against = takes(load, empty)
    if against is not None:
        return 0
    at_home = load.status != StockStatus.AVAILABLE and empty.kind == HOMES[load.status][0]
    guided = sum(reason.points for reason in _guidance(load, empty))
    return guided + (WHOLE if most == load.quantity else 0) + (HOME if at_home else 0)


def _guidance(load: Ask, bin_: Bin) -> Iterator[Reason]:
    binding = (binding_to(each, bin_) for each in load.loads)
    for sentence in dict.fromkeys(rule.sentence for rule in binding if rule is not None):
        yield Reason(rule="only", points=0, sentence=sentence)
    speaking = [rule for each in load.loads if (rule := speaking_for(each, bin_)) is not None]
    if speaking:
        best = max(speaking, key=lambda rule: rule.points)
        yield Reason(rule="prefer", points=best.points, sentence=best.sentence)
    points = max(pace(each, bin_) for each in load.loads)
    if points:
        fast = max(load.loads, key=lambda each: pace(each, bin_)).velocity
        sentence = f"A zone for {bin_.zone_velocity} movers; this is {fast}."
        yield Reason(rule="velocity", points=points, sentence=sentence)


def _marks(load: Ask, bin_: Bin, most: Decimal, hall: _Hall) -> list[Reason]:
    """What speaks for the bin, each with its points."""
    marks = []
    if bin_.faces:
        # A pick face takes nothing but its own item, so all loads of a unit are of the same.
        item = load.loads[0].item_id
        full = f"{plain(bin_.of(item))} of {plain(bin_.faces[item])}"
        marks.append(Reason(rule="pick_face", points=FACE, sentence=f"Own pick face, {full} full."))
    if any(each.lot_id is not None and (each.item_id, each.lot_id) in bin_.contents for each in load.loads):
        marks.append(Reason(rule="same_lot", points=LOT, sentence="The same lot is here."))
    elif any(bin_.of(each.item_id) for each in load.loads):
        marks.append(Reason(rule="same_item", points=ITEM, sentence="The same item is here."))
    if not bin_.contents:
        marks.append(Reason(rule="empty", points=EMPTY, sentence="The bin is empty."))
    if isinstance(load, Whole):
        marks.append(Reason(rule="whole", points=WHOLE, sentence="It takes the whole unit."))
    elif most == load.quantity:
        marks.append(Reason(rule="whole", points=WHOLE, sentence=f"It takes all {plain(most)}."))
    if load.status != StockStatus.AVAILABLE and bin_.kind == HOMES[load.status][0]:
        marks.append(Reason(rule="home", points=HOME, sentence=f"{load.status.capitalize()} goods belong here."))
    marks.extend(_guidance(load, bin_))
    stop, last = hall.stops[bin_.location_id], hall.last
    near = WALK * (last - stop) // (last - 1) if last > 1 else 0
    if near:
        marks.append(Reason(rule="near", points=near, sentence=f"It is stop {stop} of {last} on the walk."))
    return marks


def _nowhere(obstacles: Mapping[Obstacle, int]) -> Reason:
    counted: Collection[str] = [f"{count} {against.label}" for against, count in sorted(obstacles.items())]
    why = ", ".join(counted) if counted else "there is none for such goods"
    return Reason(rule="no_bin", points=0, sentence=f"No bin takes it: {why}.")
