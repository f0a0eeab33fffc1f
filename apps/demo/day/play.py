"""The parts of the day in their order."""

from __future__ import annotations

from apps.demo.day import closing, counting, doors, ending, floor, inbound, outbound, recall, returning
from apps.demo.day.context import Day

PARTS = (
    inbound.label,
    inbound.buy,
    doors.book,
    inbound.receive,
    inbound.hold_honey,
    inbound.put_away,
    doors.send_off,
    outbound.sell,
    outbound.pick,
    floor.replenish,
    outbound.ship,
    counting.count,
    returning.take_back,
    recall.recall,
    closing.reorder,
    closing.report,
    ending.judge,
)


def play(day: Day) -> None:
    """Play every part; the first that takes another turn than told raises `UnexpectedAnswerError`."""
    for part in PARTS:
        part(day)
