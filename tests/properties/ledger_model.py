"""The ledger as one would write it without a database: dictionaries, and the rules in the order they are judged."""

from dataclasses import dataclass, field, replace
from decimal import Decimal as D
from itertools import count
from typing import Any, NamedTuple

from apps.ledger.errors import (
    InsufficientStock,
    LotOnHold,
    MoveRefused,
    NotNestable,
    NotReversible,
    ReservationEnded,
    UnitClosed,
    UnitElsewhere,
)

OUTSIDE = {"supplier", "customer", "scrap", "adjustment"}
PICKABLE = {"A", "B"}
LEAVING = {"pick", "pack", "ship"}
SIZES = {"tote": 0, "carton": 0, "pallet": 1, "container": 2}
LEVELS = 4
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
    expires: bool = False


@dataclass
class Ledger:
    """Stock, claims, holds and where units stand. Asks first which refusal is due; changes only what is not refused."""

    on_hand: dict[Key, D] = field(default_factory=dict)
    claims: dict[int, Claim] = field(default_factory=dict)
    holds: dict[int, str] = field(default_factory=dict)
    units: dict[int, str | None] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    parents: dict[int, int] = field(default_factory=dict)
    nested_at: dict[int, int] = field(default_factory=dict)
    posted_at: dict[int, int] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    time: int = 0
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
        if any(
            step.target.unit and step.target.unit != step.source.unit and self.is_closed(step.target.unit)
            for step in steps
        ):
            return UnitClosed
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
        self.time += 1
        self.posted_at[number] = self.time

    def mirror(self, number):
        """The steps that undo a posting, and where the units stand then: trees that moved whole go back."""
        steps = self.postings[number]
        moved = {unit: place for whole, place in self._whole(steps).items() for unit in self.tree(whole)}
        return [Step(step.quantity, step.target, step.source) for step in steps], self.units | moved

    def reversal_refusal(self, number):
        """The refusal that a reversal deserves."""
        if number in self.final:
            return NotReversible
        if any(self.units.get(s.target.unit) != s.target.place for s in self.postings[number] if s.target.unit):
            return UnitElsewhere
        brought: dict[Any, Any] = {}
        for step in self.postings[number]:
            brought[step.target] = brought.get(step.target, NONE) + step.quantity
        for unit in {unit for whole in self._whole(self.postings[number]) for unit in self.tree(whole)}:
            changed = self.nested_at.get(unit, 0) > self.posted_at[number]
            if changed or any(self.on_hand[key] > brought.get(key, NONE) for key in self.contents(unit)):
                return UnitElsewhere
        steps, units = self.mirror(number)
        return self.refusal("reversal", steps, units)

    def above(self, unit):
        """A unit and what it is in, outwards."""
        chain = [unit]
        while chain[-1] in self.parents:
            chain.append(self.parents[chain[-1]])
        return chain

    def below(self, unit):
        """A unit and all that is in it."""
        return [unit, *(deep for child in self.children(unit) for deep in self.below(child))]

    def children(self, unit):
        """What is directly in a unit."""
        return sorted(child for child, parent in self.parents.items() if parent == unit)

    def tree(self, unit):
        """All that a unit is in and all that is in that."""
        return self.below(self.above(unit)[-1])

    def is_closed(self, unit):
        """Whether nothing may go in."""
        return any(each in self.closed for each in self.above(unit))

    def nest(self, unit, into):
        """Put a unit into another; the refusal that this deserves, or None when it is done."""
        levels = max(len(self.above(each)) for each in self.below(unit)) - len(self.above(unit)) + 1
        if self.is_closed(into):
            return UnitClosed
        if (
            into in self.below(unit)
            or SIZES[self.kinds[unit]] > SIZES[self.kinds[into]]
            or levels + len(self.above(into)) > LEVELS
        ):
            return NotNestable
        stands = {self.units[unit], self.units[into]} - {None}
        if len(stands) != 1 or stands & OUTSIDE:
            return UnitElsewhere
        self.units[unit] = self.units[into] = min(stands, key=str)
        self._rehang(unit, into)
        return None

    def unnest(self, unit):
        """Take a unit out; the refusal that this deserves."""
        if unit not in self.parents:
            return NotNestable
        self._rehang(unit, None)
        return None

    def merge(self, unit, into):
        """What merging a unit into another posts, after its children changed over; or the refusal it deserves."""
        if unit != into and self.is_closed(into):
            return UnitClosed
        if unit == into:
            return NotNestable
        if self.units[unit] is None or self.units[into] not in {None, self.units[unit]}:
            return UnitElsewhere
        for child in self.children(unit):
            if child != into and (due := self.nest(child, into)) is not None:
                return due
        steps = [Step(self.on_hand[key], key, key._replace(unit=into)) for key in self.contents(unit)]
        return (self.refusal("move", steps) if steps else None) or steps

    def _rehang(self, unit, into):
        self.time += 1
        self.nested_at[unit] = self.time
        self.parents.pop(unit, None)
        if into is not None:
            self.parents[unit] = into

    def _whole(self, steps):
        """The units that the steps moved with all that was in them, and whence."""
        return {
            step.target.unit: step.source.place
            for step in steps
            if step.target.unit and step.target.unit == step.source.unit and step.source.place != step.target.place
        }

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
                claims[next(NEW)] = replace(claims[pk], key=step.target, quantity=part)
            here, need = here - part, need - part
