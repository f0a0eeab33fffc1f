"""Which orders go on one cart: within what it carries, so that all carts together are walked as little as possible.

Savings (Clarke and Wright 1964, for order picking de Koster, van der Poort and Wolters 1999), then moves and swaps of
orders between carts for as long as they shorten the walks. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.orders.errors import NoRoomOnCart

ZERO = Decimal(0)
MOST_ROUNDS = 20
ALL_PAIRS = 24
"""Up to so many baskets each is tried with each other; beyond, with those that come next in the given order."""
NEIGHBOURS = 8
MOST_TRIED = 3000
"""So many walks are tried to shorten what was put together: a wave of a thousand orders is planned while one waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """What a cart carries; None is no limit."""

    totes: int
    weight_g: Decimal | None = None
    volume_mm3: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """What has to be taken for an order: the places, and what the goods take up on a cart."""

    order_id: int
    places: frozenset[Hashable]
    totes: int = 1
    weight_g: Decimal = ZERO
    volume_mm3: Decimal = ZERO


Length = Callable[[frozenset[Hashable]], int]
"""How long the walk past these places is."""


class _Carts:
    """Baskets by cart while they are shuffled, and the lengths that were asked for already."""

    def __init__(self, baskets: Iterable[Basket], capacity: Capacity, length: Length) -> None:
        self.carts: list[list[Basket]] = [[basket] for basket in baskets]
        self.capacity = capacity
        self._length = length
        self._known: dict[frozenset[Hashable], int] = {}

    def length(self, cart: Sequence[Basket]) -> int:
        places = frozenset[Hashable]().union(*(basket.places for basket in cart))
        if places not in self._known:
            self._known[places] = self._length(places) if places else 0
        return self._known[places]

    def fits(self, cart: Sequence[Basket]) -> bool:
        most = self.capacity
        return (
            sum(basket.totes for basket in cart) <= most.totes
            and (most.weight_g is None or sum((basket.weight_g for basket in cart), ZERO) <= most.weight_g)
            and (most.volume_mm3 is None or sum((basket.volume_mm3 for basket in cart), ZERO) <= most.volume_mm3)
        )

    def put_together(self) -> None:
        """Join the two carts whose joining saves most, until none saves anything."""
        live = dict(enumerate(self.carts))
        beside = {one: set(self._beside(one)) for one in live}
        saved: dict[tuple[int, int], int] = {}
        fresh = {(min(one, two), max(one, two)) for one, others in beside.items() for two in others}
        while True:
            for one, two in sorted(fresh):
                if self.fits([*live[one], *live[two]]):
                    saved[one, two] = self._saving(live[one], live[two])
            best = max(saved, key=lambda pair: (saved[pair], -pair[0], -pair[1]), default=None)
            if best is None or saved[best] < 0:
                break
            one, two = best
            live[one] = [*live[one], *live.pop(two)]
            saved = {pair: won for pair, won in saved.items() if not {one, two} & set(pair)}
            beside[one] = (beside[one] | beside.pop(two)) - {one, two}
            for other in beside[one]:
                beside[other] = (beside[other] - {two}) | {one}
            fresh = {(min(one, other), max(one, other)) for other in beside[one]}
        self.carts = list(live.values())

    def _beside(self, one: int) -> Iterable[int]:
        """Which baskets may join this one: all of a few, else those before and after it in the given order."""
        count = len(self.carts)
        reach = count if count <= ALL_PAIRS else NEIGHBOURS // 2
        return (other for other in range(max(0, one - reach), min(count, one + reach + 1)) if other != one)

    def _saving(self, one: Sequence[Basket], two: Sequence[Basket]) -> int:
        return self.length(one) + self.length(two) - self.length([*one, *two])

    def improve(self) -> None:
        """Move one order to another cart or let two change places, while that shortens the walks."""
        limit = len(self._known) + MOST_TRIED
        for _ in range(MOST_ROUNDS):
            pairs = [(one, two) for one in self.carts for two in self.carts if one is not two]
            if not any(len(self._known) < limit and self._better(one, two) for one, two in pairs):
                break
        self.carts = [cart for cart in self.carts if cart]

    def _better(self, one: list[Basket], two: list[Basket]) -> bool:
        now = self.length(one) + self.length(two)
        for basket in one:
            less = [each for each in one if each is not basket]
            for other in [None, *two]:
                left = less if other is None else [*less, other]
                right = [*(each for each in two if each is not other), basket]
                if self.fits(left) and self.fits(right) and self.length(left) + self.length(right) < now:
                    one[:], two[:] = left, right
                    return True
        return False


def put_on_carts(baskets: Sequence[Basket], capacity: Capacity, length: Length) -> list[tuple[int, ...]]:
    """Orders by cart. One that is too much for any cart has one of its own. Raises `NoRoomOnCart`.

    Of many orders those that stand near each other in the given order are put together: give them as they are walked.
    """
    if capacity.totes < 1:
        raise NoRoomOnCart(totes=capacity.totes)
    carts = _Carts(baskets, capacity, length)
    too_much = [basket for basket in baskets if not carts.fits([basket])]
    carts.carts = [[basket] for basket in baskets if carts.fits([basket])]
    carts.put_together()
    carts.improve()
    found = [*carts.carts, *([basket] for basket in too_much)]
    return sorted(tuple(sorted(basket.order_id for basket in cart)) for cart in found)
