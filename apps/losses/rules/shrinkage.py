"""What losses add up to: by reason, zone or shift, with what could not be priced told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from apps.losses.rules.footage import Footage

ZERO = Decimal(0)
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A quantity (base units) that an adjustment took off the book; negative: put on it. Reversals stand against it."""

    move_id: int
    transaction_id: int
    at: datetime
    """By the site's own clock."""
    warehouse: str
    zone: str
    place: str
    item: str
    lot: str
    unit: str
    quantity: Decimal
    value: Decimal | None
    """At cost; None where no cost is known."""
    is_explained: bool
    """Scrapped for a reason: it is known where it went."""
    reason: str
    document: str
    by: str
    shift: str
    counted_by: str = ""
    """Who counted, where a count told it; `by` approved it."""
    since: datetime | None = None
    """When somebody last handled or counted the goods there; from then to `at` it went missing."""
    footage: tuple[Footage, ...] = ()

    @property
    def told_by(self) -> str:
        """Whose word it is that the goods are gone: who counted, else who posted it."""
        return self.counted_by or self.by


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Losses of one reason, zone or shift."""

    name: str
    adjustments: int
    explained: Decimal
    unexplained: Decimal
    """At cost: what is missing less what was found."""
    unpriced: int
    """Adjustments without a known cost: in no sum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shrinkage:
    """Groups, their total, and the share that is missing of what the book had where it was counted."""

    groups: tuple[Group, ...]
    total: Group
    book: Decimal
    """At cost, of what was counted in the period."""

    @property
    def percent(self) -> Decimal | None:
        """Unexplained of the book that was counted; None where nothing was."""
        if self.book <= 0:
            return None
        return (self.total.unexplained / self.book * 100).quantize(HUNDREDTH, ROUND_HALF_UP)


def worth(losses: Iterable[Loss]) -> tuple[Decimal, int]:
    """What losses come to at cost, and how many have none."""
    values = [loss.value for loss in losses]
    return sum((value for value in values if value is not None), ZERO), values.count(None)


def add_up(losses: Iterable[Loss], *, by: Callable[[Loss], str], book: Decimal) -> Shrinkage:
    """The groups, the costliest first; their sums are the total's."""
    rows = list(losses)
    names = dict.fromkeys(by(loss) for loss in rows)
    groups = [_group(name, [loss for loss in rows if by(loss) == name]) for name in names]
    groups.sort(key=lambda group: (-group.unexplained, -group.explained, group.name))
    return Shrinkage(groups=tuple(groups), total=_group("All", rows), book=book)


def _group(name: str, rows: list[Loss]) -> Group:
    priced = [loss for loss in rows if loss.value is not None]
    return Group(
        name=name,
        adjustments=len(rows),
        explained=sum((loss.value or ZERO for loss in priced if loss.is_explained), ZERO),
        unexplained=sum((loss.value or ZERO for loss in priced if not loss.is_explained), ZERO),
        unpriced=len(rows) - len(priced),
    )
