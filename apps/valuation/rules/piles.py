"""What is in stock of one item and what it cost: layers, from which goods that leave take their cost with them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from apps.valuation.rules.money import ZERO, share, spread, worth
from apps.valuation.states import CostMethod

POOLED = (CostMethod.AVERAGE, CostMethod.STANDARD)
"""Methods that do not tell one delivery from another."""

Key: TypeAlias = "tuple[int | None, int | None]"
ANY: Key = (None, None)


@dataclass(slots=True, kw_only=True)
class Layer:
    """What is left of goods that came at one cost.

    Its value is a function of what is left (`worth` times rest over `base`), never a sum of rounded parts: what is
    taken piece by piece and what is taken at once leave the same behind.
    """

    position: int
    move: int | None
    lot: int | None
    serial: int | None
    received: Decimal
    base: Decimal
    worth: Decimal
    rest: Decimal
    value: Decimal
    row: int | None = None
    changed: bool = True

    @classmethod
    def of(cls, *, position: int, move: int | None, goods: Key, quantity: Decimal, value: Decimal) -> Layer:
        """Goods that just came."""
        return cls(
            position=position,
            move=move,
            lot=goods[0],
            serial=goods[1],
            received=quantity,
            base=quantity,
            worth=value,
            rest=quantity,
            value=value,
        )

    def take(self, quantity: Decimal) -> Decimal:
        """Goods leave, with their part of the value."""
        rest = self.rest - quantity
        value = share(self.worth, rest, self.base) if rest else ZERO
        taken = self.value - value
        self.rest, self.value, self.changed = rest, value, True
        return taken

    def add(self, quantity: Decimal, value: Decimal) -> None:
        """Goods or value come to it, and it is divided anew from here."""
        self.rest += quantity
        self.received += quantity
        self.value += value
        self.base, self.worth, self.changed = self.rest, self.value, True


class Took(NamedTuple):
    """What came to stock of a cost, and what did not since stock is valued otherwise."""

    value: Decimal
    variance: Decimal


class Pile:
    """The layers of an item, by its method. One by standard cost that has none is valued by average until it has."""

    __slots__ = ("_bins", "changed", "closed", "item", "last_cost", "method", "quantity", "standard", "value")

    def __init__(self, item: int, method: str, standard: Decimal | None, last_cost: Decimal | None = None) -> None:
        self.item = item
        self.method = method
        self.standard = standard
        self.last_cost = last_cost
        self.quantity = ZERO
        self.value = ZERO
        self.changed = True
        self.closed: list[int] = []
        """Rows of layers that are used up."""
        self._bins: dict[Key, deque[Layer]] = {}

    def layers(self) -> Iterator[Layer]:
        """What is left, the oldest first."""
        return iter(sorted((layer for found in self._bins.values() for layer in found), key=_age))

    def load(self, layer: Layer) -> None:
        """A layer as it was stored; to be called in the order of their age."""
        self._bin(layer.lot, layer.serial).append(layer)
        self.quantity += layer.rest
        self.value += layer.value

    @property
    def at_standard(self) -> bool:
        """Whether each unit is worth the standard cost."""
        return self.method == CostMethod.STANDARD and self.standard is not None

    def cost_now(self, quantity: Decimal) -> Decimal | None:
        """What so much would cost by what is known: the average in stock, the last cost, the standard."""
        if self.quantity:
            return share(self.value, quantity, self.quantity)
        unit = self.last_cost if self.last_cost is not None else self.standard
        return None if unit is None else worth(quantity, unit)

    def receive(self, *, position: int, move: int | None, goods: Key, quantity: Decimal, cost: Decimal) -> Took:
        """Goods come in at a cost."""
        value = cost
        if self.at_standard:
            value = self._at_standard(self.quantity + quantity) - self.value
        if self.method in POOLED:
            pool = self._pool()
            if pool is None:
                self._bins[ANY] = deque(
                    [Layer.of(position=position, move=None, goods=ANY, quantity=quantity, value=value)]
                )
            else:
                pool.add(quantity, value)
        else:
            layer = Layer.of(position=position, move=move, goods=goods, quantity=quantity, value=value)
            self._bin(*goods).append(layer)
        self._count(quantity, value)
        return Took(value, cost - value)

    def issue(self, quantity: Decimal, goods: Key = ANY, prefer: int | None = None) -> Decimal:
        """Goods leave; the cost that goes with them. A delivery that is undone takes back its own layer first."""
        before = self.value
        left = quantity
        if prefer is not None:
            left = self._take(left, [layer for layer in self.layers() if layer.move == prefer])
        if left:
            left = self._take_oldest(left, self._bin(*goods))
        if left:
            left = self._take(left, list(self.layers()))
        if self.at_standard:
            for layer in self.layers():
                self._set(layer, self._at_standard(layer.rest))
        self.quantity -= quantity - left
        self.changed = True
        return before - self.value

    def adjust(self, move: int, received: Decimal, amount: Decimal) -> Decimal:
        """What came by a move cost so much more, or less; the part of it that falls to what is still in stock.

        Of pooled goods nobody can tell which are left: as many as came, or as there are. No value falls below zero.
        """
        if self.at_standard:
            return ZERO
        if self.method in POOLED:
            layer, rest = self._pool(), min(self.quantity, received)
        else:
            layer = next((each for found in self._bins.values() for each in found if each.move == move), None)
            rest = layer.rest if layer is not None else ZERO
        if layer is None or not rest:
            return ZERO
        part = max(share(amount, rest, received), -layer.value)
        layer.add(ZERO, part)
        self._count(ZERO, part)
        return part

    def restate(self, unit_cost: Decimal) -> Decimal:
        """What is in stock is worth so much a unit from now on; by how much its value changed."""
        layers = list(self.layers())
        if not layers:
            return ZERO
        before = self.value
        parts = spread(worth(self.quantity, unit_cost), [layer.rest for layer in layers])
        for layer, part in zip(layers, parts, strict=True):
            self._set(layer, part)
        self.changed = True
        return self.value - before

    def convert(self, method: str) -> Decimal:
        """Another method from now on; by how much that changes the value, which only a standard cost does."""
        layers = list(self.layers())
        self.method, self.changed, self._bins = method, True, {}
        if method in POOLED and layers:
            pool = Layer.of(
                position=layers[-1].position, move=None, goods=ANY, quantity=self.quantity, value=self.value
            )
            self.closed += [layer.row for layer in layers if layer.row is not None]
            layers = [pool]
        for layer in layers:
            self._bin(layer.lot, layer.serial).append(layer)
        return self.restate(self.standard) if self.at_standard and self.standard is not None else ZERO

    def _take(self, quantity: Decimal, layers: list[Layer]) -> Decimal:
        """What these layers do not have of it."""
        for layer in layers:
            part = min(quantity, layer.rest)
            if part:
                self.value -= layer.take(part)
                quantity -= part
                if not layer.rest:
                    self._bin(layer.lot, layer.serial).remove(layer)
                    self._forget(layer)
        return quantity

    def _take_oldest(self, quantity: Decimal, found: deque[Layer]) -> Decimal:
        while found and quantity:
            layer = found[0]
            part = min(quantity, layer.rest)
            self.value -= layer.take(part)
            quantity -= part
            if not layer.rest:
                found.popleft()
                self._forget(layer)
        return quantity

    def _bin(self, lot: int | None, serial: int | None) -> deque[Layer]:
        key = (lot, serial) if self.method == CostMethod.SPECIFIC else ANY
        found = self._bins.get(key)
        if found is None:
            found = self._bins[key] = deque()
        return found

    def _pool(self) -> Layer | None:
        found = self._bins.get(ANY)
        return found[0] if found else None

    def _set(self, layer: Layer, value: Decimal) -> None:
        difference = value - layer.value
        layer.add(ZERO, difference)
        self.value += difference

    def _at_standard(self, quantity: Decimal) -> Decimal:
        return worth(quantity, self.standard or ZERO)

    def _forget(self, layer: Layer) -> None:
        if layer.row is not None:
            self.closed.append(layer.row)

    def _count(self, quantity: Decimal, value: Decimal) -> None:
        self.quantity += quantity
        self.value += value
        self.changed = True


def _age(layer: Layer) -> tuple[int, int]:
    return layer.position, layer.move or 0
