"""When each line of an order can leave as things stand, and why not sooner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.locations.models import Warehouse
from apps.orders.models import SalesOrder
from apps.orders.queries.progress import LineProgress, progress_of
from apps.orders.queries.promises import ranks_of
from apps.supply.queries import positions
from apps.supply.rules import Answer, Position, answer

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOutlook:
    """A line's open quantity: what of it can leave on the due date, the rest when, and what stands before it."""

    progress: LineProgress
    answer: Answer
    """With the lines of the same item before it."""
    in_time: Decimal
    """As much of its open quantity as can leave on the due date."""
    position: Position
    """Without this order's own promise and those made after it."""

    @property
    def because(self) -> str:
        """In a sentence, for people."""
        position = self.position
        stock = sum((each.quantity for each in position.stock if each.keeps(self.answer.by)), ZERO)
        coming = [each for each in position.inbound if each.due_on <= self.answer.by]
        before = sum((each.quantity for each in position.promised), ZERO)
        parts = [f"{_text(stock)} free in the bins"]
        parts += [f"{_text(each.quantity)} by {each.document} on {each.due_on}" for each in coming[:3]]
        if before:
            firsts = ", ".join(each.document for each in position.promised[:3])
            parts.append(f"less {_text(before)} promised before ({firsts})")
        return "; ".join(parts)

    @property
    def would_change(self) -> str:
        """What would bring it sooner."""
        told = [
            f"{each.inbound.document} {each.days} days earlier brings {_text(each.gain)}"
            for each in self.answer.earlier[:2]
        ]
        told += [f"{site} has {_text(free)}" for site, free in self.answer.elsewhere[:2]]
        return "; ".join(told)


def _text(quantity: Decimal) -> str:
    return f"{quantity.normalize():f}"


def outlook_of(order: SalesOrder, *, today: date) -> list[LineOutlook]:
    """Each line with something open, in a fixed number of queries. Every earlier promise goes first."""
    lines = [each for each in progress_of([order.pk])[order.pk] if each.back_ordered > 0]
    item_ids = {each.line.item_id for each in lines}
    sites = dict(Warehouse.objects.filter(is_active=True).values_list("pk", "code")) if lines else {}
    found = positions(warehouse_ids={*sites, order.warehouse_id}, item_ids=item_ids) if lines else {}
    ranks = ranks_of([order.number]) if lines else {}
    by = max(order.due_on, today)
    taken: dict[int, Decimal] = dict.fromkeys(item_ids, ZERO)
    told = []
    for each in lines:
        item = each.line.item_id
        mine = found[order.warehouse_id, item].before(ranks.get((order.number, each.line.line)), without=order.number)
        before = taken[item]
        taken[item] += each.back_ordered
        others = [(code, found[pk, item]) for pk, code in sites.items() if pk != order.warehouse_id]
        found_for = answer(taken[item], by, mine, others)
        in_time = max(found_for.now - before, ZERO)
        told.append(LineOutlook(progress=each, answer=found_for, in_time=in_time, position=mine))
    return told
