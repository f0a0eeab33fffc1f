"""How long somebody was at it, from when they had work in hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

NOTHING = timedelta(0)

Span = tuple[datetime, datetime]


def time_in_hand(spans: Iterable[Span]) -> timedelta:
    """From taking to confirming, each minute once: the picks of a round are taken together."""
    total, reached = NOTHING, None
    for begun, ended in sorted(spans):
        begin = begun if reached is None or begun > reached else reached
        if ended > begin:
            total += ended - begin
            reached = ended
    return total
