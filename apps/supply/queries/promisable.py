"""Available-to-promise: stock that may be sold, less what is promised, plus what comes in time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Sum

from apps.ledger.models import Reservation, StockBalance
from apps.ledger.states import ReservationState
from apps.supply.models import ExpectedReceipt, Promise

ZERO = Decimal(0)


def available_to_promise(*, warehouse_id: int, item_ids: Iterable[int], by: date) -> dict[int, Decimal]:
    """What can still be promised of each item for a date, in base units; negative when too much was promised.

    Our own, on hand and free at pickable bins, not held nor expired by that date; plus expected receipts due by then;
    less the open part of all promises, whatever their date: a promise made first is kept.
    """
    wanted = list(item_ids)
    free = (
        StockBalance.objects.pickable()
        .filter(warehouse_id=warehouse_id, item__in=wanted, owner=None)
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
    totals = dict.fromkeys(wanted, ZERO)
    for rows in (free, coming):
        for item, total in rows:
            totals[item] += total
    for (_, item), needed in open_promises(warehouse_id=warehouse_id, item_ids=wanted).items():
        totals[item] -= needed
    return totals


def open_promises(*, warehouse_id: int, item_ids: Iterable[int]) -> dict[tuple[str, int], Decimal]:
    """What each document still needs of each item at a site: promised, neither reserved nor picked; in base units."""
    needed = needed_by_document(warehouse_ids=[warehouse_id], item_ids=item_ids)
    return {(document, item): quantity for (_, document, item), quantity in needed.items()}


def needed_by_document(
    *, warehouse_ids: Collection[int], item_ids: Iterable[int]
) -> dict[tuple[int, str, int], Decimal]:
    """What is promised and neither reserved at a bin nor picked, by warehouse, document and item; two queries.

    A hold lets reservations go at once, and the promise notes it only when its document is allocated again: so what
    the promise calls allocated counts no further than the ledger bears it out.
    """
    wanted = list(item_ids)
    promises = Promise.objects.filter(warehouse__in=warehouse_ids, item__in=wanted, closed_at=None)
    borne_out = {
        (document, item): total
        for document, item, total in Reservation.objects.filter(
            document__in=promises.order_by().values("document"),
            balance__item__in=wanted,
            state__in=(ReservationState.PENDING, ReservationState.CONSUMED),
        )
        .order_by()
        .values_list("document", "balance__item")
        .annotate(total=Sum("quantity"))
    }
    return {
        (site, document, item): promised - min(allocated, borne_out.get((document, item), ZERO))
        for site, document, item, promised, allocated in promises.order_by()
        .values_list("warehouse", "document", "item")
        .annotate(promised=Sum("quantity"), noted=Sum("allocated"))
    }


def sellable(*, item_ids: Iterable[int], at: datetime) -> dict[tuple[int, int], Decimal]:
    """What is there now and promised to nobody, by warehouse and item: nothing that is still to come; three queries."""
    wanted = list(item_ids)
    free = (
        StockBalance.objects.available(at)
        .filter(item__in=wanted, owner=None, warehouse__is_active=True)
        .order_by()
        .values_list("warehouse", "item")
        .annotate(total=Sum(F("on_hand") - F("reserved")))
    )
    totals = {(site, item): total for site, item, total in free}
    sites = {site for site, _ in totals}
    needed = needed_by_document(warehouse_ids=sites, item_ids=wanted)
    for (site, _, item), quantity in needed.items():
        if (site, item) in totals:
            totals[site, item] -= quantity
    return {key: total for key, total in totals.items() if total > 0}
