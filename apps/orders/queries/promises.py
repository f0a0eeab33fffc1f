"""First come, first served: what was promised before a line, and what covers a line now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, Sum

from apps.catalog.models import Item
from apps.ledger.states import ReservationState
from apps.orders.models import Allocation, SalesOrder
from apps.orders.queries.guidance import Guidance
from apps.orders.queries.progress import LineProgress, progress_of
from apps.orders.rules import Demand, Rank, keeps_until
from apps.supply.models import Promise
from apps.supply.queries import available_to_promise, open_promises


def ranks_of(documents: Iterable[str]) -> dict[tuple[str, int], Rank]:
    """The place in the queue of each line that documents promise, by number and line."""
    rows = Promise.objects.filter(document__in=list(documents), closed_at=None)
    return {
        (document, line): (promised_at, pk)
        for document, line, promised_at, pk in rows.values_list("document", "line", "promised_at", "pk")
    }


def promises_before(
    latest: Rank,
    *,
    warehouse_id: int,
    item_ids: Collection[int],
    without: Collection[str],
    today: date,
    guidance: Guidance | None = None,
) -> dict[int, list[Demand]]:
    """What other documents still need of these items by promises made before `latest`, by item.

    What a hold on a lot took from them is needed again, though nobody has noted it on the promise yet. With `guidance`
    they keep no goods in zones that the rules leave out for them.
    """
    lost = _lost(warehouse_id=warehouse_id, item_ids=item_ids)
    rows = list(
        Promise.objects.filter(
            Q(quantity__gt=F("allocated")) | Q(document__in={document for document, _ in lost}),
            warehouse=warehouse_id,
            item__in=item_ids,
            closed_at=None,
            promised_at__lte=latest[0],
        ).exclude(document__in=without)
    )
    orders = {
        order.number: order for order in SalesOrder.objects.filter(number__in={row.document for row in rows}).order_by()
    }
    zones = _zones_left_out(rows, orders, guidance) if guidance is not None and guidance.leaves_zones_out else {}
    before: dict[int, list[Demand]] = {}
    for row in rows:
        needed = row.quantity - row.allocated + lost.get((row.document, row.line), Decimal(0))
        if needed > 0 and (row.promised_at, row.pk) < latest:
            order = orders.get(row.document)
            days = order.min_remaining_days if order is not None else 0
            demand = Demand(
                quantity=needed,
                keeps_until=keeps_until(due_on=row.due_on, today=today, min_remaining_days=days),
                rank=(row.promised_at, row.pk),
                not_zones=zones.get(row.pk, frozenset()),
            )
            before.setdefault(row.item_id, []).append(demand)
    return before


def _zones_left_out(
    rows: Iterable[Promise], orders: Mapping[str, SalesOrder], guidance: Guidance
) -> dict[int, frozenset[int]]:
    """The zones that nothing is taken from for each promise."""
    items = Item.objects.in_bulk({row.item_id for row in rows})
    return {
        row.pk: guidance.of_goods(
            items[row.item_id], customer_id=order.customer_id, channel_id=order.channel_id
        ).not_zones
        for row in rows
        if (order := orders.get(row.document)) is not None
    }


def lost_allocations() -> Q:
    """Spoken for once, let go by a hold before anybody went to pick it."""
    return Q(reservation__state=ReservationState.RELEASED, pick=None)


def _lost(*, warehouse_id: int, item_ids: Collection[int]) -> dict[tuple[str, int], Decimal]:
    rows = (
        Allocation.objects.filter(
            lost_allocations(),
            line__item__in=item_ids,
            line__order__warehouse=warehouse_id,
            line__order__in=SalesOrder.objects.open(),
        )
        .order_by()
        .values_list("line__order__number", "line__line")
        .annotate(total=Sum("quantity"))
    )
    return {(number, line): total for number, line, total in rows}


def cover_of(order: SalesOrder, *, today: date) -> dict[int, Decimal]:
    """How much of each line's back order stock and receipts expected in time cover now, by line number.

    Promises made before come first, whatever their date.
    """
    lines: list[LineProgress] = [each for each in progress_of([order.pk])[order.pk] if each.back_ordered > 0]
    item_ids = {each.line.item_id for each in lines}
    left = available_to_promise(warehouse_id=order.warehouse_id, item_ids=item_ids, by=max(order.due_on, today))
    later = Promise.objects.filter(warehouse=order.warehouse_id, item__in=item_ids, closed_at=None)
    ranks = ranks_of([order.number])
    mine = min(ranks.values(), default=None)
    if mine is None:
        return {}
    # Available-to-promise leaves room for every promise; this order's own and later ones do not stand before it.
    not_before = {
        document
        for document, promised_at, pk in later.values_list("document", "promised_at", "pk")
        if (promised_at, pk) >= mine
    }
    for (document, item_id), needed in open_promises(warehouse_id=order.warehouse_id, item_ids=item_ids).items():
        if document in not_before:
            left[item_id] += needed
    cover = {}
    for each in lines:
        here = min(each.back_ordered, max(left[each.line.item_id], Decimal(0)))
        left[each.line.item_id] -= here
        cover[each.line.line] = here
    return cover
