"""How much of each balance a demand may take so that every promise made before it gets no less.

Earlier promises are served in thought as well as they can be. A demand may take what they do not need for that: any
order of taking comes to the same total, so the rule holds for every strategy alike.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from apps.orders.rules.goods import ZERO, Demand, Offer, why_not


class Room(Protocol):
    """What may still be taken."""

    def of(self, offer: Offer) -> Decimal:
        """At most so much of this offer."""
        ...

    def took(self, offer: Offer, quantity: Decimal) -> None:
        """So much of it was taken."""
        ...


def room_beside(offers: Sequence[Offer], left: Mapping[int, Decimal], before: Sequence[Demand]) -> Room:
    """What may be taken beside the promises made before."""
    if not before:
        return _AllOfIt(left)
    if any(demand.not_zones for demand in before) or len({demand.owner_id for demand in before}) > 1:
        return _BesideAny(offers, left, before)
    return _BesideShelfLife(offers, left, before)


class _AllOfIt:
    """Nobody stands before: all that is left."""

    def __init__(self, left: Mapping[int, Decimal]) -> None:
        self.left = left

    def of(self, offer: Offer) -> Decimal:
        return self.left[offer.balance_id]

    def took(self, offer: Offer, quantity: Decimal) -> None:
        pass


class _BesideShelfLife:
    """Promises that differ in shelf life alone: whoever can use goods with a month left can use all that keep longer.

    So only sums count. For each shelf life that is asked for, what keeps at least so long is needed up to a point;
    what there is beyond it is `spare`, and goods may be taken as far as each shelf life that they would serve has some.
    """

    def __init__(self, offers: Sequence[Offer], left: Mapping[int, Decimal], before: Sequence[Demand]) -> None:
        self.left = left
        asked: dict[date, Decimal] = {}
        for demand in before:
            asked[demand.keeps_until] = asked.get(demand.keeps_until, ZERO) + demand.quantity
        eligible = [offer for offer in offers if offer.barred is None and offer.owner_id == before[0].owner_id]
        total = sum(asked.values(), ZERO)
        there, wanted = [], []
        so_far = ZERO
        self.days = sorted(asked, reverse=True)
        for day in self.days:
            so_far += asked[day]
            wanted.append(so_far)
            there.append(
                sum((left[o.balance_id] for o in eligible if o.expires_on is None or o.expires_on >= day), ZERO)
            )
        served = min(total, *(has + total - needs for has, needs in zip(there, wanted, strict=True)))
        self.spare = [has - (served - total + needs) for has, needs in zip(there, wanted, strict=True)]

    def of(self, offer: Offer) -> Decimal:
        return min([self.left[offer.balance_id], *(self.spare[n] for n in self._serves(offer))])

    def took(self, offer: Offer, quantity: Decimal) -> None:
        for n in self._serves(offer):
            self.spare[n] -= quantity

    def _serves(self, offer: Offer) -> list[int]:
        """The shelf lives that it is long enough for."""
        return [n for n, day in enumerate(self.days) if offer.expires_on is None or offer.expires_on >= day]


class _BesideAny:
    """Promises of which each may use goods of its own choice (zones left out, other owners): a maximum flow.

    What they cannot do without of an offer is what they get less when it is away.
    """

    def __init__(self, offers: Sequence[Offer], left: Mapping[int, Decimal], before: Sequence[Demand]) -> None:
        self.left = left
        kinds: dict[tuple[date, int | None, frozenset[int]], list[Demand]] = {}
        for demand in before:
            kinds.setdefault((demand.keeps_until, demand.owner_id, demand.not_zones), []).append(demand)
        self.wanted = [sum((each.quantity for each in alike), ZERO) for alike in kinds.values()]
        self.uses = [
            [offer.balance_id for offer in offers if why_not(offer, alike[0]) is None] for alike in kinds.values()
        ]
        self.served = most_served(self.wanted, self.uses, left)

    def of(self, offer: Offer) -> Decimal:
        without = most_served(self.wanted, self.uses, {**self.left, offer.balance_id: ZERO})
        return max(self.left[offer.balance_id] - (self.served - without), ZERO)

    def took(self, offer: Offer, quantity: Decimal) -> None:
        """What is left says it: nobody before gets less."""


def most_served(wanted: Sequence[Decimal], uses: Sequence[Sequence[int]], left: Mapping[int, Decimal]) -> Decimal:
    """The most that demands can get together of what is left, each from the goods that it can use.

    By shortest augmenting paths: a demand takes goods of another that finds its own elsewhere.
    """
    still = list(wanted)
    free = dict(left)
    given: dict[tuple[int, int], Decimal] = {}
    total = ZERO
    while path := _path(still, uses, free, given):
        demand, steps = path
        last = steps[-1]
        much = min([still[demand], free[last[1]], *(given[step[0], steps[n][1]] for n, step in enumerate(steps[1:]))])
        still[demand] -= much
        free[last[1]] -= much
        for n, (taker, goods) in enumerate(steps):
            given[taker, goods] = given.get((taker, goods), ZERO) + much
            if n + 1 < len(steps):
                given[steps[n + 1][0], goods] -= much
        total += much
    return total


def _path(
    still: Sequence[Decimal],
    uses: Sequence[Sequence[int]],
    free: Mapping[int, Decimal],
    given: Mapping[tuple[int, int], Decimal],
) -> tuple[int, list[tuple[int, int]]] | None:
    """The fewest steps from a demand that wants more to free goods; each is a demand and the goods it would take."""
    came: dict[int, tuple[int, int] | None] = {demand: None for demand, more in enumerate(still) if more > 0}
    seen: set[int] = set()
    queue = deque(came)
    while queue:
        demand = queue.popleft()
        for goods in uses[demand]:
            if goods in seen:
                continue
            seen.add(goods)
            if free[goods] > 0:
                steps = [(demand, goods)]
                while (before := came[steps[-1][0]]) is not None:
                    steps.append(before)
                steps.reverse()
                return steps[0][0], steps
            for other in range(len(still)):
                if other not in came and given.get((other, goods), ZERO) > 0:
                    came[other] = (demand, goods)
                    queue.append(other)
    return None
