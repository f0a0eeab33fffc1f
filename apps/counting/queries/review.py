"""What whoever approves looks at: both rounds side by side, and what was moved since."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from apps.counting.models import CountLine, CycleCount
from apps.counting.rules import ZERO
from apps.ledger.models import StockMove
from apps.ledger.states import TransactionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One record of the book in both rounds; `moved_since` is no part of the variance."""

    first: CountLine | None
    second: CountLine | None
    moved_since: Decimal

    @property
    def latest(self) -> CountLine:
        """What was found the last time."""
        line = self.second or self.first
        if line is None:
            message = "a reviewed record was found at least once"
            raise ValueError(message)
        return line


def reviewed(count: CycleCount) -> list[Reviewed]:
    """By what the variance is worth, the most first; two queries."""
    lines = count.lines.select_related("item__unit", "lot", "serial", "unit", "owner")
    rounds: dict[tuple[object, ...], dict[int, CountLine]] = {}
    for line in lines:
        rounds.setdefault(_key(line), {})[line.round] = line
    moved = _moved_since(count, [each[max(each)] for each in rounds.values()])
    rows = [
        Reviewed(first=each.get(1), second=each.get(2), moved_since=moved.get(key, ZERO))
        for key, each in rounds.items()
    ]
    return sorted(rows, key=lambda row: (-abs(row.latest.variance_value), -abs(row.latest.variance)))


def _key(line: CountLine) -> tuple[object, ...]:
    return line.item_id, line.lot_id, line.serial_id, line.status, line.owner_id, line.unit_id


def _moved_since(count: CycleCount, latest: list[CountLine]) -> dict[tuple[object, ...], Decimal]:
    """What came to the place and left it after each thing was seen, but for the count's own posting."""
    since = {_key(line): line.seen_at for line in latest if line.seen_at is not None}
    if not since:
        return {}
    moves = StockMove.objects.filter(
        Q(source=count.location_id) | Q(target=count.location_id),
        item__in={line.item_id for line in latest},
        recorded_at__gt=min(since.values()),
    ).exclude(transaction__kind=TransactionKind.ADJUST, transaction__document=count.number)
    total: dict[tuple[object, ...], Decimal] = {}
    for move in moves:
        ends = (
            (move.source_id, move.source_status, move.source_unit_id, -move.quantity),
            (move.target_id, move.target_status, move.target_unit_id, move.quantity),
        )
        for place, status, unit, change in ends:
            key = (move.item_id, move.lot_id, move.serial_id, status, move.owner_id, unit)
            if place == count.location_id and key in since and move.recorded_at > since[key]:
                total[key] = total.get(key, ZERO) + change
    return total
