"""The parts of the day in their order."""

from __future__ import annotations

from apps.demo.day import (
    channels,
    closing,
    counting,
    depot,
    doors,
    ending,
    floor,
    inbound,
    moving,
    outbound,
    packing,
    recall,
    returning,
    trucks,
    waves,
)
from apps.demo.day.context import Day

PARTS = (
    inbound.label,
    inbound.buy,
    doors.book,
    inbound.receive,
    inbound.hold_honey,
    inbound.put_away,
    doors.send_off,
    depot.stock_depot,
    channels.offer,
    outbound.sell,
    outbound.pick,
    floor.replenish,
    outbound.ship,
    counting.count,
    returning.take_back,
    returning.hear_a_claim,
    returning.send_back,
    recall.recall,
    channels.sell_on_web,
    waves.pick_cluster,
    waves.pick_together,
    packing.pack_web,
    packing.pack_trade,
    moving.ask,
    trucks.load_pallet,
    trucks.load_parcels,
    depot.serve_by_itself,
    trucks.hear_carriers,
    moving.receive_at_depot,
    closing.reorder,
    closing.report,
    ending.judge,
)


def play(day: Day) -> None:
    """Play every part; the first that takes another turn than told raises `UnexpectedAnswerError`."""
    for part in PARTS:
        part(day)
