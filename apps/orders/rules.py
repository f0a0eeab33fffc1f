"""Who gets which goods: shelf life, first expired first out, first come first served; and the way pickers walk.

Pure: values in, values out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from apps.ledger.rules import Turn, first_expired

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What one balance could give."""

    balance_id: int
    free: Decimal
    expires_on: date | None = None
    first_in: datetime | None = None
    """When its lot came in; None without a lot."""
    is_pick_face: bool = False
    pick_sequence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A quantity that a line still needs. `rank` is the promise's place in the queue."""

    quantity: Decimal
    keeps_until: date
    """A lot must not expire before this day."""
    rank: tuple[datetime, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """So much of one balance."""

    balance_id: int
    quantity: Decimal


def keeps_until(*, due_on: date, today: date, min_remaining_days: int) -> date:
    """The first expiry date that will do.

    The goods leave on the due date (today when that has passed), are not expired then, and have the customer's
    minimum of days left.
    """
    return max(due_on, today) + timedelta(days=max(min_remaining_days, 1))


def is_usable(offer: Offer, until: date) -> bool:
    """Whether an offer keeps long enough; what does not expire always does."""
    return offer.expires_on is None or offer.expires_on >= until


def in_fefo_order(offers: Iterable[Offer]) -> list[Offer]:
    """First expired first out, what does not expire last; then first in, pick face before reserve, pick sequence."""
    return sorted(offers, key=_fefo)


def _fefo(offer: Offer) -> tuple[Turn, bool, int, int]:
    turn = first_expired(offer.expires_on, offer.first_in)
    return turn, not offer.is_pick_face, offer.pick_sequence, offer.balance_id


def room_for(offers: Sequence[Offer], demand: Demand, earlier: Iterable[Demand]) -> Decimal:
    """How much of the offers a demand may take so that every promise made before it can still be kept.

    Earlier promises are served in thought: the most demanding first, each from goods that this demand cannot use,
    then from those that keep longest. They bind only what they could use themselves: an earlier customer who wants a
    year of shelf life does not keep goods with a month left from others.
    """
    left = {offer.balance_id: offer.free for offer in offers}
    before = sorted((other for other in earlier if other.rank < demand.rank), key=lambda other: other.keeps_until)
    if before:
        latest_first = in_fefo_order(offers)[::-1]
        latest_first.sort(key=lambda offer: is_usable(offer, demand.keeps_until))
        for other in reversed(before):
            _serve(other, latest_first, left)
    return sum((left[offer.balance_id] for offer in offers if is_usable(offer, demand.keeps_until)), ZERO)


def _serve(demand: Demand, offers: Iterable[Offer], left: dict[int, Decimal]) -> None:
    need = demand.quantity
    for offer in offers:
        if need <= 0:
            return
        if is_usable(offer, demand.keeps_until):
            taken = min(need, left[offer.balance_id])
            left[offer.balance_id] -= taken
            need -= taken


def choose(offers: Sequence[Offer], demand: Demand, earlier: Iterable[Demand] = ()) -> list[Take]:
    """What a demand takes, in FEFO order: as much as it needs, is usable, and earlier promises leave. May be less."""
    need = min(demand.quantity, room_for(offers, demand, earlier))
    takes = []
    for offer in in_fefo_order(offers):
        if need <= 0:
            break
        if offer.free > 0 and is_usable(offer, demand.keeps_until):
            taken = min(need, offer.free)
            takes.append(Take(balance_id=offer.balance_id, quantity=taken))
            need -= taken
    return takes


def after(offers: Iterable[Offer], takes: Iterable[Take]) -> list[Offer]:
    """The offers less what was taken of them."""
    taken: dict[int, Decimal] = {}
    for take in takes:
        taken[take.balance_id] = taken.get(take.balance_id, ZERO) + take.quantity
    return [
        Offer(
            balance_id=offer.balance_id,
            free=offer.free - taken.get(offer.balance_id, ZERO),
            expires_on=offer.expires_on,
            first_in=offer.first_in,
            is_pick_face=offer.is_pick_face,
            pick_sequence=offer.pick_sequence,
        )
        for offer in offers
    ]


def in_packs(quantity: Decimal, packs: Mapping[str, Decimal]) -> str:
    """A quantity as whole packs and loose units, such as `2 CS + 3`; empty when not even one pack fills."""
    fitting = [(size, name) for name, size in packs.items() if size > 1 and quantity >= size]
    if not fitting:
        return ""
    size, name = max(fitting)
    count, loose = divmod(quantity, size)
    whole = f"{count:f} {name}"
    return f"{whole} + {loose.normalize():f}" if loose else whole
