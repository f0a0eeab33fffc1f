"""A short walk where no exact one is known: nearest first, then mended until no small change makes it shorter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

Matrix = Sequence[Sequence[int]]

LONGEST_MOVED = 3
"""So many stops in a row are tried at another place of the walk."""
MOST_ROUNDS = 60
MOST_MENDED = 300
"""A walk of more stops is left as it was found: mending it would take longer than it saves."""


class Spot(NamedTuple):
    """A place on a floor without aisles that we know of."""

    x: int
    y: int


class Round(NamedTuple):
    """Places in the list of stops in the order of the walk, and how long it is with the way back."""

    order: tuple[int, ...]
    length: int


def over_floor(depot: Spot, stops: Sequence[Spot]) -> Round:
    """A short walk where the floor is crossed along its two sides."""
    places = [depot, *stops]
    return short_round([[abs(a.x - b.x) + abs(a.y - b.y) for b in places] for a in places])


def short_round(matrix: Matrix) -> Round:
    """A short way from the first place past all the others and back; places are counted without the first."""
    route = _nearest_first(matrix)
    for _ in range(MOST_ROUNDS if len(matrix) <= MOST_MENDED else 0):
        if not (_moved(matrix, route) or _turned(matrix, route)):
            break
    return Round(tuple(place - 1 for place in route[1:-1]), _length(matrix, route))


def _length(matrix: Matrix, route: Sequence[int]) -> int:
    return sum(matrix[a][b] for a, b in pairwise(route))


def _nearest_first(matrix: Matrix) -> list[int]:
    route, left = [0], set(range(1, len(matrix)))
    while left:
        row = matrix[route[-1]]
        nearest = min(left, key=lambda place: (row[place], place))
        route.append(nearest)
        left.remove(nearest)
    return [*route, 0]


def _moved(matrix: Matrix, route: list[int]) -> bool:
    """Some stops in a row go to another place of the walk (Or 1976), the first time that it wins something."""
    for size in range(1, LONGEST_MOVED + 1):
        for begin in range(1, len(route) - size):
            end = begin + size
            before, first, last, after = route[begin - 1], route[begin], route[end - 1], route[end]
            won = matrix[before][first] + matrix[last][after] - matrix[before][after]
            rest = route[:begin] + route[end:]
            for place in range(len(rest) - 1):
                a, b = rest[place], rest[place + 1]
                if matrix[a][first] + matrix[last][b] - matrix[a][b] < won:
                    route[:] = rest[: place + 1] + route[begin:end] + rest[place + 1 :]
                    return True
    return False


def _turned(matrix: Matrix, route: list[int]) -> bool:
    """A piece of the walk is walked the other way round (Croes 1958), the first time that it wins something."""
    for begin in range(1, len(route) - 2):
        there = back = 0
        for end in range(begin + 1, len(route) - 1):
            there += matrix[route[end - 1]][route[end]]
            back += matrix[route[end]][route[end - 1]]
            now = matrix[route[begin - 1]][route[begin]] + there + matrix[route[end]][route[end + 1]]
            if matrix[route[begin - 1]][route[end]] + back + matrix[route[begin]][route[end + 1]] < now:
                route[begin : end + 1] = route[begin : end + 1][::-1]
                return True
    return False
