"""What comes in line by line is held against the notice that announced it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from apps.purchasing.models import Receipt, ShippingNoticeLine
from apps.purchasing.operations.arrivals import Arrival
from apps.purchasing.operations.ordered import Ordered


def as_announced(receipt: Receipt, arrivals: Sequence[Arrival], lines: Mapping[int, Ordered]) -> Sequence[Arrival]:
    """The arrivals with the notice's line of each, by what they are of and the unit they are in; one query.

    Loose goods are of a loose line. Of several the one with their lot goes first, then one that says none. What nobody
    ordered is as announced up to the quantity announced.
    """
    if receipt.notice_id is None or all(arrival.notice_line_id is not None for arrival in arrivals):
        return arrivals
    rows: list[Any] = list(
        ShippingNoticeLine.objects.filter(notice=receipt.notice_id)
        .with_came()
        .select_related("unit", "order_line")
        .order_by("line")
    )
    left = {row.pk: row.quantity - row.came for row in rows}
    named = []
    for index, arrival in enumerate(arrivals):
        row = None if arrival.notice_line_id is not None else _line_of(arrival, lines.get(index), rows, left)
        if row is not None:
            left[row.pk] -= arrival.quantity
        named.append(arrival if row is None else replace(arrival, notice_line_id=row.pk))
    return named


def _line_of(arrival: Arrival, ordered: Ordered | None, rows: Sequence[Any], left: Mapping[int, Decimal]) -> Any:
    item = ordered.item.pk if ordered is not None else arrival.item_id
    order_line = ordered.pk if ordered is not None else None
    sscc, lot = arrival.sscc.strip(), arrival.lot_number.strip()
    fitting = [
        row
        for row in rows
        if (row.item_id, row.order_line_id, row.unit.sscc if row.unit is not None else "") == (item, order_line, sscc)
        and (ordered is not None or arrival.quantity <= left[row.pk])
    ]
    return min(
        fitting,
        key=lambda row: (row.lot_number != lot, row.lot_number != "", left[row.pk] < arrival.quantity, row.line),
        default=None,
    )
