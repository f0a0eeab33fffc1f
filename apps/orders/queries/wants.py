"""What orders still need from the bins, and what the bins could give them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db.models import Count, Max, Sum

from apps.catalog.models import Packaging
from apps.ledger.models import StockBalance, StockMove
from apps.ledger.operations import Candidate
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.orders.choices import AllocationStrategy
from apps.orders.models import SalesOrder
from apps.orders.queries.guidance import Guidance
from apps.orders.queries.progress import LineProgress
from apps.orders.queries.promises import promises_before, ranks_of
from apps.orders.rules import Demand, Offer, Shelf, WhyNot, keeps_until
from apps.orders.states import SALES_ORDER_FLOW

BEHIND_ALL = datetime.max.replace(tzinfo=UTC)
"""The place in the queue of what is not promised."""
BY_ARRIVAL = frozenset({AllocationStrategy.FIFO, AllocationStrategy.LIFO})


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """A line with what it still needs."""

    line: LineProgress
    demand: Demand


def wants_of(
    orders: Mapping[int, SalesOrder],
    progress: Mapping[int, Sequence[LineProgress]],
    *,
    today: date,
    guidance: Guidance,
) -> list[Want]:
    """The open lines of orders of one warehouse as its rules want them served, in the order of their promises."""
    ranks = ranks_of(order.number for order in orders.values())
    wants = []
    for order_id, lines in progress.items():
        order = orders[order_id]
        if SALES_ORDER_FLOW.is_final(order.state):
            continue
        until = keeps_until(due_on=order.due_on, today=today, min_remaining_days=order.min_remaining_days)
        for each in lines:
            if each.open <= 0:
                continue
            guide = guidance.of_goods(each.line.item, customer_id=order.customer_id, channel_id=order.channel_id)
            demand = Demand(
                quantity=each.open,
                keeps_until=until,
                rank=ranks.get((order.number, each.line.line), (BEHIND_ALL, each.line.pk)),
                strategy=guide.strategy,
                not_zones=guide.not_zones,
            )
            wants.append(Want(line=each, demand=demand))
    return sorted(wants, key=lambda want: want.demand.rank)


def shelves_of(
    found: Sequence[Candidate],
    wants: Sequence[Want],
    *,
    orders: Mapping[int, SalesOrder],
    warehouse_id: int,
    today: date,
    guidance: Guidance,
    barred: Mapping[int, WhyNot] | None = None,
) -> dict[int, Shelf]:
    """What these balances could give to what is wanted, by item, beside all that others were promised before.

    `barred` says of some why the ledger would not reserve them. What strategies know beyond that (arrivals, whole
    units, packs, zones) is read only when one asks for it.
    """
    items = {want.line.line.item_id for want in wants}
    if not wants:
        return {}
    earlier = promises_before(
        wants[-1].demand.rank,
        warehouse_id=warehouse_id,
        item_ids=items,
        without=[order.number for order in orders.values()],
        today=today,
        guidance=guidance,
    )
    demands = [want.demand for want in wants]
    strategies = {demand.strategy for demand in demands}
    limits = [*demands, *(demand for before in earlier.values() for demand in before)]
    zones = _zones({each.location_id for each in found}) if any(demand.not_zones for demand in limits) else {}
    came = _came(found) if strategies & BY_ARRIVAL else {}
    by_units = AllocationStrategy.WHOLE_UNITS in strategies
    whole = _whole_units({each.unit_id for each in found if each.unit_id is not None}) if by_units else set()
    packs = _packs(items) if by_units else {}
    offers: dict[int, list[Offer]] = {}
    for each in found:
        offers.setdefault(each.item_id, []).append(
            Offer(
                balance_id=each.balance_id,
                free=each.free,
                expires_on=each.expires_on,
                first_in=each.lot_created_at,
                came=came.get((each.item_id, each.location_id, each.unit_id), 0),
                is_pick_face=each.location_kind == LocationKind.PICK_FACE,
                pick_sequence=each.pick_sequence,
                location_id=each.location_id,
                zone_id=zones.get(each.location_id),
                owner_id=each.owner_id,
                is_whole_unit=each.unit_id in whole,
                barred=barred.get(each.balance_id) if barred else None,
            )
        )
    return {item: Shelf(offers.get(item, ()), earlier.get(item, ()), packs=packs.get(item, ())) for item in items}


def _zones(place_ids: Collection[int]) -> dict[int, int | None]:
    return dict(Location.objects.filter(pk__in=place_ids).values_list("pk", "zone"))


def _came(found: Iterable[Candidate]) -> dict[tuple[int, int, int | None], int]:
    """When goods without a lot last came to where they stand: a bin is as young as the last that was put into it."""
    loose = [each for each in found if each.lot_id is None]
    rows = StockMove.objects.filter(
        item__in={each.item_id for each in loose}, target__in={each.location_id for each in loose}, lot=None
    )
    return {
        (item, place, unit): last
        for item, place, unit, last in rows.order_by()
        .values_list("item", "target", "target_unit")
        .annotate(last=Max("pk"))
    }


def _whole_units(unit_ids: Collection[int]) -> set[int | None]:
    """Handling units with one kind of goods on them, and none of it spoken for."""
    rows = StockBalance.objects.on_hand().filter(unit__in=unit_ids).order_by().values_list("unit")
    return {
        unit for unit, kinds, reserved in rows.annotate(Count("pk"), Sum("reserved")) if kinds == 1 and not reserved
    }


def _packs(item_ids: Collection[int]) -> dict[int, list[Decimal]]:
    packs: dict[int, list[Decimal]] = {}
    for item, size in Packaging.objects.filter(denominator=1, item__in=item_ids).values_list("item", "numerator"):
        packs.setdefault(item, []).append(Decimal(size))
    return packs
