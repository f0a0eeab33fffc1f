"""The parts of the day in their order."""

from __future__ import annotations

from apps.demo.day import ending, inbound, outbound, recall
from apps.demo.day.context import Day

PARTS = (
    inbound.buy,
    inbound.receive,
    inbound.hold_honey,
    inbound.put_away,
    outbound.sell,
    outbound.pick,
    outbound.ship,
    recall.recall,
    ending.judge,
)


def play(day: Day) -> None:
    """Play every part; the first that takes another turn than told raises `UnexpectedAnswerError`."""
    for part in PARTS:
        part(day)
