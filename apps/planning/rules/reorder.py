"""How much to reorder, and from whom: pure arithmetic on values.

The policy is (s, S): when the inventory position (available, and all that is on order) has come down to the reorder
point s or below, order up to S. With a fixed cost an order it is the optimal form (Scarf 1960); Silver, Pyke and
Thomas, Inventory and Production Management in Supply Chains, give it for review by the day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from math import ceil

from apps.locations.choices import Velocity

ZERO = Decimal(0)

A_SHARE, B_SHARE = Fraction(80, 100), Fraction(95, 100)
"""Of all pick lines: the items that make up the first 80 % are fast, those up to 95 % medium, the rest slow.

The ABC analysis by Pareto's law, as H. F. Dickie put it (ABC Inventory Analysis Shoots for Dollars, not Pennies,
Factory Management and Maintenance 109, 1951); by pick lines and not by value, since lines are what is walked for.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a decision to reorder is made of, in base units."""

    available: Decimal
    """May be promised now: less than nothing when more was promised."""
    inbound: Decimal
    """On approved purchase orders and not received."""
    raised: Decimal
    """On purchase orders that wait to be submitted or approved."""
    minimum: Decimal
    target: Decimal

    @property
    def position(self) -> Decimal:
        """The inventory position: what there will be when all that is on order has come."""
        return self.available + self.inbound + self.raised

    @property
    def need(self) -> Decimal:
        """What brings the position up to the target; nothing while it is above the minimum."""
        return self.target - self.position if self.position <= self.minimum else ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A supplier's price (one currency for all that are compared) from a quantity on."""

    supplier_id: int
    supplier: str
    minimum: Decimal
    price: Decimal
    lead_time_days: int = 0
    lead_time_spread_days: Decimal = ZERO
    """The standard deviation of it."""
    multiple: Decimal = ZERO
    """Sold in multiples of so many; nought: in any quantity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is asked of which supplier."""

    offer: Offer
    quantity: Decimal

    @property
    def cost(self) -> Decimal:
        """Of the whole quantity."""
        return self.offer.price * self.quantity


def rounded_up(quantity: Decimal, *, pack: Fraction | None, scale: int) -> Decimal:
    """The quantity in full packs, where the item comes in packs; else at the decimals it is counted in.

    A pack that is no exact number of base units cannot be ordered in base units, and is left out of it.
    """
    whole = quantity.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_CEILING)
    if pack is None:
        return whole
    exact = ceil(Fraction(whole) / pack) * pack
    scaled = exact * 10**scale
    return Decimal(scaled.numerator).scaleb(-scale) if scaled.denominator == 1 else whole


def pack_from(offers: Collection[Offer], pack: Fraction | None) -> Fraction | None:
    """What one supplier sells the item in: their own multiple, the largest where they name several, else our pack."""
    return Fraction(max((offer.multiple for offer in offers), default=ZERO)) or pack


def choose(need: Decimal, offers: Collection[Offer], *, pack: Fraction | None, scale: int) -> Choice | None:
    """The supplier from whom covering the need costs least; then the quickest, then the steadiest, by its lead time.

    None when nobody offers it. A supplier sells no less than the least of its minimum quantities, so a small need may
    cost more at a low price.
    """
    choices = [
        _of_one(need, [offer for offer in offers if offer.supplier_id == supplier_id], pack, scale)
        for supplier_id in sorted({offer.supplier_id for offer in offers})
    ]
    return min(
        choices,
        key=lambda each: (
            each.cost,
            each.offer.lead_time_days,
            each.offer.lead_time_spread_days,
            each.offer.supplier,
        ),
        default=None,
    )


def _of_one(need: Decimal, offers: Collection[Offer], pack: Fraction | None, scale: int) -> Choice:
    least = min(offer.minimum for offer in offers)
    quantity = rounded_up(max(need, least), pack=pack_from(offers, pack), scale=scale)
    reached = [offer for offer in offers if offer.minimum <= quantity]
    return Choice(offer=max(reached, key=lambda offer: offer.minimum), quantity=quantity)


def velocities_of(lines: Mapping[int, int]) -> dict[int, Velocity]:
    """How fast each item moves by its pick lines; an item belongs to the share that it begins in, so one is always A.

    Of items with as many lines the one that was kept first goes first.
    """
    total, before = sum(lines.values()), 0
    found = {}
    for item, count in sorted(lines.items(), key=lambda each: (-each[1], each[0])):
        share = Fraction(before, total)
        found[item] = Velocity.A if share < A_SHARE else Velocity.B if share < B_SHARE else Velocity.C
        before += count
    return found
