"""Available-to-promise: stock that may be sold, less what is promised, plus what comes in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import F, Sum

from apps.ledger.models import StockBalance
from apps.supply.models import ExpectedReceipt, Promise

ZERO = Decimal(0)


def available_to_promise(*, warehouse_id: int, item_ids: Iterable[int], by: date) -> dict[int, Decimal]:
    """What can still be promised of each item for a date, in base units; negative when too much was promised.

    On hand and free at pickable bins, not held nor expired by that date; plus expected receipts due by then; less the
    open part of all promises, whatever their date: a promise made first is kept.
    """
    wanted = list(item_ids)
    free = (
        StockBalance.objects.pickable()
        .filter(warehouse_id=warehouse_id, item__in=wanted)
        .exclude(lot__expires_on__lte=by)
        .values_list("item")
        .annotate(total=Sum(F("on_hand") - F("reserved")))
    )
    coming = (
        ExpectedReceipt.objects.open()
        .filter(warehouse_id=warehouse_id, item__in=wanted, due_on__lte=by)
        .values_list("item")
        .annotate(total=Sum(F("quantity") - F("received")))
    )
    promised = (
        Promise.objects.open()
        .filter(warehouse_id=warehouse_id, item__in=wanted)
        .values_list("item")
        .annotate(total=Sum(F("quantity") - F("allocated")))
    )
    totals = dict.fromkeys(wanted, ZERO)
    for rows, sign in ((free, 1), (coming, 1), (promised, -1)):
        for item, total in rows:
            totals[item] += sign * total
    return totals
