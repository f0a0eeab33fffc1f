"""From the pieces of a walk to the walk: one line through all of them, each as often as it is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from apps.locations.routing.layout import Stop


@dataclass(frozen=True, slots=True)
class Leg:
    """A piece of a walk, in the direction in which it is walked."""

    points: tuple[Stop, ...]


def tour(start: Stop, legs: Iterable[Leg]) -> list[Stop]:
    """A closed line from the start through all the legs (Hierholzer 1873).

    They hang together, and as many lead to each corner as away from it.
    """
    leaving: dict[Stop, list[Leg]] = {}
    for leg in legs:
        leaving.setdefault(leg.points[0], []).append(leg)
    line: list[Leg] = []
    path: list[Leg | None] = [None]
    here = start
    while path:
        onward = leaving.get(here)
        if onward:
            leg = onward.pop()
            path.append(leg)
            here = leg.points[-1]
            continue
        done = path.pop()
        if done is not None:
            line.append(done)
            here = done.points[0]
    points = [start]
    for leg in reversed(line):
        points += leg.points[1:]
    return points
