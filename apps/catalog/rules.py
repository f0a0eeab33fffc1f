"""What an item is made of and goes into, over all levels; pure."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Context, Decimal, localcontext
from fractions import Fraction
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)
WIDE = Context(prec=80)
GRAIN = Decimal(1).scaleb(-30)
"""Far finer than any quantity."""
MOST_ROWS = 2000
"""Rows of an indented list: one that is longer nobody reads, and a part may stand in it any number of times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """To make `made` of a parent its bill takes `quantity` of a part, and some more for what is spoilt."""

    parent: int
    part: int
    made: Decimal
    quantity: Decimal
    scrap_percent: Decimal = Decimal(0)
    line: int = 0

    @property
    def each(self) -> Fraction:
        """So much for one, what is spoilt with it."""
        return Fraction(self.quantity) * (100 + Fraction(self.scrap_percent)) / (100 * Fraction(self.made))

    @property
    def rate(self) -> Decimal:
        """The same to more digits than any quantity has: many times faster to reckon with over all levels."""
        return self.quantity * (100 + self.scrap_percent) / (100 * self.made)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A row of an indented list: how deep it stands, by which edge, and how much for the whole."""

    level: int
    edge: Edge
    quantity: Decimal


def rounded_up(quantity: Fraction, scale: int) -> Decimal:
    """The least quantity with so many decimals that is enough."""
    steps = quantity * 10**scale
    return Decimal(-(-steps.numerator // steps.denominator)).scaleb(-scale)


def enough(quantity: Decimal, scale: int) -> Decimal:
    """The least quantity with so many decimals that is enough; what only division left over counts for nothing."""
    return quantity.quantize(GRAIN, context=WIDE).quantize(Decimal(1).scaleb(-scale), ROUND_CEILING, WIDE)


def find_path(edges: Iterable[tuple[Node, Node]], start: Iterable[Node], goal: Node) -> list[Node] | None:
    """The shortest way from any of `start` along the edges to the goal; None when there is none."""
    after: defaultdict[Node, list[Node]] = defaultdict(list)
    for first, second in edges:
        after[first].append(second)
    came: dict[Node, Node | None] = dict.fromkeys(start)
    waiting = deque(came)
    while waiting:
        here = waiting.popleft()
        if here == goal:
            way: list[Node] = [here]
            while (before := came[way[-1]]) is not None:
                way.append(before)
            return way[::-1]
        for following in after[here]:
            if following not in came:
                came[following] = here
                waiting.append(following)
    return None


def total_needs(edges: Sequence[Edge], top: int, quantity: Decimal) -> dict[int, Decimal]:
    """How much of each part, over all the ways it goes in, so much of the top needs; the edges hold no cycle.

    Each edge is looked at once, however many ways lead to it.
    """
    return _summed(edges, top, quantity, up=False)


def total_uses(edges: Sequence[Edge], part: int) -> dict[int, Decimal]:
    """How much of the part one of each item that it goes into holds, over all the ways."""
    return _summed(edges, part, Decimal(1), up=True)


def _summed(edges: Sequence[Edge], start: int, quantity: Decimal, *, up: bool) -> dict[int, Decimal]:
    waits: defaultdict[int, int] = defaultdict(int)
    leads: defaultdict[int, list[tuple[int, Edge]]] = defaultdict(list)
    for edge in edges:
        here, there = (edge.part, edge.parent) if up else (edge.parent, edge.part)
        leads[here].append((there, edge))
        waits[there] += 1
    sums: defaultdict[int, Decimal] = defaultdict(Decimal, {start: quantity})
    ready = [start]
    with localcontext(WIDE):
        while ready:
            here = ready.pop()
            for there, edge in leads[here]:
                sums[there] += sums[here] * edge.rate
                waits[there] -= 1
                if not waits[there]:
                    ready.append(there)
    del sums[start]
    return dict(sums)


def levels_from(edges: Iterable[Edge], start: int, *, up: bool = False) -> dict[int, int]:
    """How many steps away each item stands at least."""
    leads: defaultdict[int, list[int]] = defaultdict(list)
    for edge in edges:
        here, there = (edge.part, edge.parent) if up else (edge.parent, edge.part)
        leads[here].append(there)
    level = {start: 0}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in leads[here]:
            if there not in level:
                level[there] = level[here] + 1
                waiting.append(there)
    return level


def indented(edges: Iterable[Edge], top: int, quantity: Decimal, *, most: int = MOST_ROWS) -> list[Step]:
    """The parts below the top as they stand in each other, in the order of the lines; at most so many rows."""
    of: defaultdict[int, list[tuple[Edge, Decimal]]] = defaultdict(list)
    rows: list[Step] = []
    with localcontext(WIDE):
        for edge in sorted(edges, key=lambda each: each.line):
            of[edge.parent].append((edge, edge.rate))
        # What is still to be told on each level above, and how much of it the whole takes.
        begun = [(iter(of[top]), quantity)]
        while begun and len(rows) < most:
            waiting, above = begun[-1]
            for edge, rate in waiting:
                step = Step(level=len(begun), edge=edge, quantity=above * rate)
                rows.append(step)
                begun.append((iter(of[edge.part]), step.quantity))
                break
            else:
                begun.pop()
    return rows


def shares(total: Decimal, weights: Sequence[Decimal], *, step: Callable[[Fraction], Decimal]) -> list[Decimal]:
    """An amount spread by weight, each share rounded by `step`; they add up exactly to it, the last evens out."""
    whole = sum(weights, Decimal(0))
    if not whole:
        weights, whole = [Decimal(1)] * len(weights), Decimal(len(weights))
    parts = [step(Fraction(total) * Fraction(weight) / Fraction(whole)) for weight in weights[:-1]]
    return [*parts, total - sum(parts, Decimal(0))]
