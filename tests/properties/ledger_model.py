"""The ledger as one would write it without a database: dictionaries, and the rules in the order they are judged."""

from dataclasses import dataclass, field, replace
from decimal import Decimal as D
from itertools import count
from typing import NamedTuple

from apps.ledger.errors import InsufficientStock, LotOnHold, MoveRefused, NotReversible, ReservationEnded, UnitElsewhere

OUTSIDE = {"supplier", "customer", "scrap"}
PICKABLE = {"A", "B"}
LEAVING = {"pick", "pack", "ship"}
NONE = D(0)
NEW = count(10**15)
"""Claims that a posting splits off get their real ids from the database afterwards."""


class Key(NamedTuple):
    """What tells one balance from another here: one warehouse, one owner, no serial numbers."""

    item: str
    lot: str
    place: str
    unit: int = 0
    status: str = "available"


class Step(NamedTuple):
    """A quantity goes from a key to a key."""

    quantity: D
    source: Key
    target: Key
    consumes: int | None = None


@dataclass
class Claim:
    """A pending reservation; `origin` is the first of those it was split from."""

    key: Key
    quantity: D
    origin: int


@dataclass
class Ledger:
    """Stock, claims, holds and where units stand. Asks first which refusal is due; changes only what is not refused."""

    on_hand: dict[Key, D] = field(default_factory=dict)
    claims: dict[int, Claim] = field(default_factory=dict)
    holds: dict[int, str] = field(default_factory=dict)
    units: dict[int, str | None] = field(default_factory=dict)
    postings: dict[int, list[Step]] = field(default_factory=dict)
    final: set[int] = field(default_factory=set)

    def reserved(self, key):
        """The pending claims on a balance."""
        return sum((claim.quantity for claim in self.claims.values() if claim.key == key), NONE)

    def is_held(self, lot):
        """Whether any hold is open."""
        return lot in self.holds.values()

    def reserve_refusal(self, key, quantity):
        """The refusal that a claim deserves."""
        if self.is_held(key.lot):
            return LotOnHold
        free = self.on_hand.get(key, NONE) - self.reserved(key)
        fits = key.place in PICKABLE and key.status == "available" and quantity <= free
        return None if fits else InsufficientStock

    def refusal(self, kind, steps, units=None):
        """The refusal that a posting deserves, None when it is to be done. `units` says where they stand by then."""
        if kind != "reversal" and any(s.target.place == "customer" and s.source.status != "available" for s in steps):
            return MoveRefused
        if self._placed(steps, units) is None:
            return UnitElsewhere
        if kind != "reversal" and any(
            self.is_held(step.source.lot)
            and (kind in LEAVING or step.target.place == "customer" or step.consumes is not None)
            for step in steps
        ):
            return LotOnHold
        if any(step.consumes is not None and not self._may_consume(step) for step in steps):
            return ReservationEnded
        return InsufficientStock if self._after(steps) is None else None

    def do(self, number, steps, units=None):
        """Keep a posting that was not refused."""
        self.units = self._placed(steps, units)
        self.on_hand, self.claims = self._after(steps)
        self.postings[number] = steps

    def mirror(self, number):
        """The steps that undo a posting, and where the units stand then: those that moved whole go back."""
        steps = self.postings[number]
        moved = {
            step.target.unit: step.source.place
            for step in steps
            if step.target.unit and step.target.unit == step.source.unit and step.source.place != step.target.place
        }
        return [Step(step.quantity, step.target, step.source) for step in steps], self.units | moved

    def reversal_refusal(self, number):
        """The refusal that a reversal deserves."""
        if number in self.final:
            return NotReversible
        if any(self.units.get(s.target.unit) != s.target.place for s in self.postings[number] if s.target.unit):
            return UnitElsewhere
        steps, units = self.mirror(number)
        return self.refusal("reversal", steps, units)

    def contents(self, unit):
        """What is in a unit."""
        return [key for key in self.on_hand if key.unit == unit]

    def _placed(self, steps, units=None):
        """Where units stand once the steps are done; None when goods would go into one that stands elsewhere."""
        units = dict(self.units if units is None else units)
        for step in steps:
            if step.target.unit:
                units[step.target.unit] = units[step.target.unit] or step.target.place
                if units[step.target.unit] != step.target.place:
                    return None
        return units

    def _may_consume(self, step):
        claim = self.claims.get(step.consumes)
        return claim is not None and claim.key == step.source and step.quantity <= claim.quantity

    def _after(self, steps):
        """Stock and claims after the steps, None when too little is there."""
        on_hand = dict(self.on_hand)
        claims = {pk: replace(claim) for pk, claim in self.claims.items()}
        for step in steps:
            for key, change in ((step.source, -step.quantity), (step.target, step.quantity)):
                if key.place not in OUTSIDE:
                    on_hand[key] = on_hand.get(key, NONE) + change
            if step.consumes is not None:
                claim = claims.pop(step.consumes)
                if claim.quantity > step.quantity:
                    claims[next(NEW)] = replace(claim, quantity=claim.quantity - step.quantity)
        for source in {step.source for step in steps} - {key for key in on_hand if on_hand[key] < 0}:
            if source.place not in OUTSIDE:
                _carry(source, steps, on_hand, claims, self.claims)
        if any(quantity < _reserved(claims, key) for key, quantity in on_hand.items()):
            return None
        return {key: quantity for key, quantity in on_hand.items() if quantity}, claims


def _reserved(claims, key):
    return sum((claim.quantity for claim in claims.values() if claim.key == key), NONE)


def _carry(source, steps, on_hand, claims, before):
    """What a bin no longer covers goes along to another bin that is picked from: the latest claims first."""
    need = _reserved(claims, source) - on_hand[source]
    for step in steps:
        follows = step.target.place in PICKABLE and step.target.status == "available"
        if step.source != source or step.consumes is not None or not follows:
            continue
        here = min(need, step.quantity)
        for pk in sorted((pk for pk in before if pk in claims and claims[pk].key == source), reverse=True):
            if here <= 0:
                break
            part = min(here, claims[pk].quantity)
            if part == claims[pk].quantity:
                claims[pk].key = step.target
            else:
                claims[pk].quantity -= part
                claims[next(NEW)] = Claim(step.target, part, claims[pk].origin)
            here, need = here - part, need - part
