"""Who gets which goods: eligible ones only, by a strategy, and never at the cost of a promise made before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from apps.ledger.rules import first_expired
from apps.orders.choices import AllocationStrategy
from apps.orders.rules.goods import ZERO, Demand, Offer, Take, why_not
from apps.orders.rules.room import Room, room_beside


class Shelf:
    """What the balances of one item can still give, while demands are served one after another.

    `packs` are the sizes of the item's packagings in base units.
    """

    def __init__(
        self, offers: Iterable[Offer], earlier: Iterable[Demand] = (), *, packs: Iterable[Decimal] = ()
    ) -> None:
        self.offers = list(offers)
        self.left = {offer.balance_id: offer.free for offer in self.offers}
        self.packs = sorted((size for size in packs if size > 1), reverse=True)
        self._earlier = list(earlier)
        self._sorted: dict[AllocationStrategy, list[Offer]] = {}

    def take(self, demand: Demand) -> list[Take]:
        """What a demand takes: as much as it needs, is eligible, and earlier promises leave. May be less."""
        serving = _Serving(self, demand)
        _STRATEGIES[demand.strategy](serving)
        return [Take(balance_id=pk, quantity=much) for pk, much in serving.taken.items()]

    def room_for(self, demand: Demand) -> Decimal:
        """The most that a demand may take so that every promise made before it can still be kept."""
        serving = _Serving(self, demand)
        return serving.limit()

    def eligible(self, demand: Demand) -> Decimal:
        """What is free and may be given to a demand, whoever else was promised it."""
        return sum((self.left[offer.balance_id] for offer in self.offers if why_not(offer, demand) is None), ZERO)

    def in_order(self, strategy: AllocationStrategy) -> list[Offer]:
        """The offers that have something left, the first to be taken first."""
        known = self._sorted.get(strategy)
        if known is None:
            known = sorted(self.offers, key=_ORDERS.get(strategy, fefo))
        elif any(not self.left[offer.balance_id] for offer in known):
            known = [offer for offer in known if self.left[offer.balance_id]]
        self._sorted[strategy] = known
        return known

    def before(self, demand: Demand) -> list[Demand]:
        """The promises of others that stand before it."""
        return [other for other in self._earlier if other.rank < demand.rank]


class _Serving:
    """One demand while it is served."""

    def __init__(self, shelf: Shelf, demand: Demand) -> None:
        self.shelf = shelf
        self.need = demand.quantity
        self.taken: dict[int, Decimal] = {}
        self.demand = demand
        self.room: Room = room_beside(shelf.offers, shelf.left, shelf.before(demand))

    def offers(self) -> list[Offer]:
        """Those it may have, in the strategy's order."""
        return [
            offer
            for offer in self.shelf.in_order(self.demand.strategy)
            if self.shelf.left[offer.balance_id] > 0 and why_not(offer, self.demand) is None
        ]

    def may_take(self, offer: Offer) -> Decimal:
        """Of this one at most, for want and for others."""
        return min(self.need, self.room.of(offer))

    def grab(self, offer: Offer, quantity: Decimal) -> None:
        """Take so much of it."""
        if quantity <= 0:
            return
        self.taken[offer.balance_id] = self.taken.get(offer.balance_id, ZERO) + quantity
        self.shelf.left[offer.balance_id] -= quantity
        self.room.took(offer, quantity)
        self.need -= quantity

    def limit(self) -> Decimal:
        """How much it can get at all, without taking it."""
        trial = _Serving(self.shelf, self.demand)
        trial.need = self.shelf.eligible(self.demand)
        _one_by_one(trial)
        for pk, much in trial.taken.items():
            self.shelf.left[pk] += much
        return sum(trial.taken.values(), ZERO)


def _one_by_one(serving: _Serving, offers: Sequence[Offer] | None = None) -> None:
    """All that may be taken of each in turn."""
    for offer in serving.offers() if offers is None else offers:
        if serving.need <= 0:
            return
        serving.grab(offer, serving.may_take(offer))


def _least_bins(serving: _Serving) -> None:
    """The fullest bins, until what is still needed fits into one: then the bin that has the least more than that.

    No choice goes to fewer: as many of the fullest, less one, do not hold enough.
    """
    bins: dict[int, list[Offer]] = {}
    for offer in serving.offers():
        bins.setdefault(offer.location_id, []).append(offer)
    serving.need = min(serving.need, serving.limit())
    holds = {place: sum((serving.shelf.left[o.balance_id] for o in there), ZERO) for place, there in bins.items()}
    while serving.need > 0 and holds:
        enough = [place for place, much in holds.items() if much >= serving.need]
        place = min(enough, key=holds.__getitem__) if enough else max(holds, key=holds.__getitem__)
        del holds[place]
        _one_by_one(serving, bins[place])


def _whole_units(serving: _Serving) -> None:
    """Handling units that are wanted whole, the largest first; then whole packs; then loose units, open packs first."""
    shelf, offers = serving.shelf, serving.offers()
    for offer in sorted(offers, key=lambda each: -shelf.left[each.balance_id]):
        much = shelf.left[offer.balance_id]
        if offer.is_whole_unit and much == offer.free and much <= serving.may_take(offer):
            serving.grab(offer, much)
    broken_first = sorted(offers, key=lambda each: each.is_whole_unit)
    for size in shelf.packs:
        for offer in broken_first:
            serving.grab(offer, serving.may_take(offer) // size * size)
    smallest = shelf.packs[-1] if shelf.packs else Decimal(1)
    loose_first = sorted(
        broken_first, key=lambda each: (each.is_whole_unit, not shelf.left[each.balance_id] % smallest)
    )
    _one_by_one(serving, loose_first)


def fefo(offer: Offer) -> tuple[Any, ...]:
    """First expired first out, what does not expire last; then first in, pick face before reserve, pick sequence."""
    return first_expired(offer.expires_on, offer.first_in), *_near(offer)


def fifo(offer: Offer) -> tuple[Any, ...]:
    """What came in first, whenever it expires."""
    came = offer.first_in.timestamp() if offer.first_in is not None else 0
    return offer.first_in is None, came, offer.came, *_near(offer)


def lifo(offer: Offer) -> tuple[Any, ...]:
    """What came in last."""
    came = offer.first_in.timestamp() if offer.first_in is not None else 0
    return offer.first_in is None, -came, -offer.came, *_near(offer)


def _near(offer: Offer) -> tuple[bool, int, int]:
    return not offer.is_pick_face, offer.pick_sequence, offer.balance_id


_ORDERS: dict[AllocationStrategy, Callable[[Offer], tuple[Any, ...]]] = {
    AllocationStrategy.FIFO: fifo,
    AllocationStrategy.LIFO: lifo,
}
"""Every other strategy takes in FEFO order what it has no reason to take in another."""
_STRATEGIES: dict[AllocationStrategy, Callable[[_Serving], None]] = {
    AllocationStrategy.FEFO: _one_by_one,
    AllocationStrategy.FIFO: _one_by_one,
    AllocationStrategy.LIFO: _one_by_one,
    AllocationStrategy.LEAST_BINS: _least_bins,
    AllocationStrategy.WHOLE_UNITS: _whole_units,
}
