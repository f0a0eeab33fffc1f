"""What could go to the floor now: which orders, how many picks, how long they take, what is short, who must wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count

from apps.core.clock import day_bounds
from apps.ledger.states import ReservationState
from apps.locations.models import Location, Warehouse, Zone
from apps.orders.choices import ReleaseWay, RuleAbout
from apps.orders.models import Allocation, FloorLimit, Pick, SalesOrder, WaveTemplate
from apps.orders.queries.dry_run import LineOutcome, rehearse
from apps.orders.queries.guidance import facts_of, guidance_of
from apps.orders.rules.waves import Fit, Load, Waiting, WhyWaits, fit, minutes_of_work
from apps.orders.states import PickState
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind, TaskState

PACE = 40
"""Seconds a pick takes, where nobody has picked enough to know."""
LOOKED_AT, ENOUGH, LONGEST = 500, 20, 600
"""Picks that the pace is taken from, how many make it worth knowing, and the seconds beyond which it was a break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """Which orders are meant; what is None does not matter."""

    carrier_id: int | None = None
    channel_id: int | None = None
    zone_id: int | None = None
    min_priority: int | None = None
    due_within_days: int | None = None
    most_orders: int | None = None
    most_picks: int | None = None
    cut_off: time | None = None

    @classmethod
    def of(cls, template: WaveTemplate) -> Criteria:
        """As a template says."""
        return cls(
            carrier_id=template.carrier_id,
            channel_id=template.channel_id,
            zone_id=template.zone_id,
            min_priority=template.min_priority,
            due_within_days=template.due_within_days,
            most_orders=template.most_orders,
            most_picks=template.most_picks,
            cut_off=template.cut_off,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stays:
    """An order that waits for the next release, and why."""

    order: SalesOrder
    why: WhyWaits
    zone: str = ""
    open_picks: int | None = None
    most: int | None = None

    @property
    def sentence(self) -> str:
        """The reason in words."""
        if self.most is None:
            return f"{self.why.label}."
        return f"{self.why.label}: {self.open_picks} of {self.most}{f' in {self.zone}' if self.zone else ''}."


@dataclass(frozen=True, slots=True, kw_only=True)
class WavePreview:
    """What a release by these criteria would do now."""

    warehouse: Warehouse
    orders: tuple[SalesOrder, ...]
    lines: int
    picks: int
    minutes: int
    """Of work for one picker."""
    cut_off_at: datetime | None
    short: tuple[LineOutcome, ...]
    """Lines of these orders that would not get all they want."""
    stays: tuple[Stays, ...]


def wanted_orders(warehouse_id: int, criteria: Criteria, *, today: date) -> list[SalesOrder]:
    """Orders that may go to the floor and are meant, the most urgent first: by priority, due date, then as promised."""
    rows: Any = SalesOrder.objects.releasable().filter(warehouse=warehouse_id)
    asked = {
        "carrier": criteria.carrier_id,
        "channel": criteria.channel_id,
        "priority__gte": criteria.min_priority,
        "due_on__lte": None if criteria.due_within_days is None else today + timedelta(days=criteria.due_within_days),
    }
    rows = rows.filter(**{name: value for name, value in asked.items() if value is not None})
    return list(rows.select_related("warehouse", "customer").order_by("-priority", "due_on", "confirmed_at", "pk"))


def in_waves(orders: Sequence[SalesOrder]) -> tuple[list[SalesOrder], list[SalesOrder]]:
    """Those that go in waves, and those that their rules release by themselves."""
    ways = [(order, way) for order, way, _ in _ways(orders)]
    return [order for order, way in ways if way == ReleaseWay.WAVE], [
        order for order, way in ways if way != ReleaseWay.WAVE
    ]


def due_by_themselves(orders: Sequence[SalesOrder], *, at: datetime) -> list[SalesOrder]:
    """Those that their rules release without a wave, once their time has come."""
    return [
        order
        for order, way, hours in _ways(orders)
        if way == ReleaseWay.WAVELESS
        and (hours is None or at >= day_bounds(order.due_on, order.warehouse.timezone)[1] - timedelta(hours=hours))
    ]


def _ways(orders: Sequence[SalesOrder]) -> Iterable[tuple[SalesOrder, ReleaseWay, int | None]]:
    facts = facts_of(orders)
    guidance = {warehouse: guidance_of(warehouse) for warehouse in {order.warehouse_id for order in orders}}
    for order in orders:
        guide = guidance[order.warehouse_id].says(RuleAbout.RELEASE, facts[order.pk])
        yield order, guide.release, guide.hours_before_due


def preview_wave(warehouse: Warehouse, criteria: Criteria, *, at: datetime) -> WavePreview:
    """What a release by these criteria would do now: nothing is locked and nothing is written.

    Orders that are meant and go by themselves are named among those that stay.
    """
    orders, alone = in_waves(wanted_orders(warehouse.pk, criteria, today=warehouse.local_date(at)))
    preview = preview_of(orders, warehouse, criteria, at=at)
    by_itself = tuple(Stays(order=order, why=WhyWaits.BY_ITSELF) for order in alone)
    return replace(preview, stays=(*preview.stays, *by_itself))


def preview_of(orders: Sequence[SalesOrder], warehouse: Warehouse, criteria: Criteria, *, at: datetime) -> WavePreview:
    """What a release of these orders would do now, by the size of the wave and what the floor takes."""
    today = warehouse.local_date(at)
    outcomes = rehearse(orders, today=today).outcomes if orders else ()
    loads = loads_of(orders, outcomes)
    chosen, away = of_zone(loads, criteria.zone_id)
    found = fits(chosen, warehouse_id=warehouse.pk, criteria=criteria)
    goes = set(found.goes)
    by_pk = {order.pk: order for order in orders}
    picks = sum(load.total for load in chosen if load.order in goes)
    mine = [outcome for outcome in outcomes if outcome.want.line.line.order_id in goes]
    return WavePreview(
        warehouse=warehouse,
        orders=tuple(by_pk[pk] for pk in found.goes),
        lines=_lines(goes, mine),
        picks=picks,
        minutes=minutes_of_work(picks, seconds_a_pick(warehouse.pk)),
        cut_off_at=cut_off_at(warehouse, criteria.cut_off, at=at),
        short=tuple(outcome for outcome in mine if outcome.short > 0),
        stays=stays_of(found.waits, away, by_pk),
    )


def _lines(goes: Collection[int], outcomes: Iterable[LineOutcome]) -> int:
    """How many lines have something to pick."""
    waiting = _to_pick(goes).values_list("line", flat=True).distinct()
    return len({*waiting, *(outcome.want.line.line.pk for outcome in outcomes if outcome.portions)})


def loads_of(orders: Sequence[SalesOrder], outcomes: Iterable[LineOutcome] = ()) -> list[Load]:
    """The picks that orders make: of what is allocated to them, and of what they would get."""
    picks: dict[int, Counter[int | None]] = {order.pk: Counter() for order in orders}
    rows = _to_pick(picks).order_by().values_list("line__order", "reservation__balance__location__zone")
    for order_id, zone_id, count in rows.annotate(count=Count("pk")):
        picks[order_id][zone_id] += count
    portions = [(outcome.want.line.line.order_id, part.candidate) for outcome in outcomes for part in outcome.portions]
    places = {candidate.location_id for _, candidate in portions}
    zones = dict(Location.objects.filter(pk__in=places).values_list("pk", "zone")) if places else {}
    for order_id, candidate in portions:
        picks[order_id][zones[candidate.location_id]] += 1
    return [Load(order=order.pk, picks=picks[order.pk]) for order in orders]


def _to_pick(order_ids: Collection[int]) -> Any:
    return Allocation.objects.filter(
        line__order__in=list(order_ids), reservation__state=ReservationState.PENDING, pick=None
    )


def of_zone(loads: Sequence[Load], zone_id: int | None) -> tuple[list[Load], list[Load]]:
    """Those of which all goods stand in a zone, and the others that have any."""
    if zone_id is None:
        return list(loads), []
    inside = [load for load in loads if not set(load.picks) - {zone_id}]
    return inside, [load for load in loads if set(load.picks) - {zone_id}]


def fits(loads: Sequence[Load], *, warehouse_id: int, criteria: Criteria) -> Fit:
    """Who goes and who stays, by the wave's size and what the floor takes."""
    limits: dict[int | None, int] = {
        limit.zone_id: limit.most_open_picks for limit in FloorLimit.objects.filter(warehouse=warehouse_id)
    }
    return fit(
        loads,
        open_picks=_open_picks(warehouse_id) if limits else {},
        zone_limits={zone: most for zone, most in limits.items() if zone is not None},
        site_limit=limits.get(None),
        most_orders=criteria.most_orders,
        most_picks=criteria.most_picks,
    )


def _open_picks(warehouse_id: int) -> dict[int | None, int]:
    rows = Pick.objects.filter(wave__warehouse=warehouse_id, state=PickState.TO_PICK).order_by()
    return dict(rows.values_list("task__source__zone").annotate(count=Count("pk")))


def stays_of(waits: Sequence[Waiting], away: Iterable[Load], orders: Mapping[int, SalesOrder]) -> tuple[Stays, ...]:
    """Who stays and why, in words that people know places by."""
    zones = Zone.objects.in_bulk({each.zone for each in waits if each.zone is not None})
    return (
        *(
            Stays(
                order=orders[each.order],
                why=each.why,
                zone=zones[each.zone].code if each.zone is not None else "",
                open_picks=each.open_picks,
                most=each.most,
            )
            for each in waits
        ),
        *(Stays(order=orders[load.order], why=WhyWaits.ZONE) for load in away),
    )


def cut_off_at(warehouse: Warehouse, cut_off: time | None, *, at: datetime) -> datetime | None:
    """The next time that the warehouse's clock shows it."""
    if cut_off is None:
        return None
    local = at.astimezone(ZoneInfo(warehouse.timezone))
    today = local.replace(hour=cut_off.hour, minute=cut_off.minute, second=cut_off.second, microsecond=0)
    return today if today >= local else today + timedelta(days=1)


def seconds_a_pick(warehouse_id: int) -> int:
    """The pace of a warehouse: the median time between picks that one worker did one after the other."""
    table, kinds = WarehouseTask._meta.db_table, (TaskKind.PICK, TaskState.DONE)
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), percentile_cont(0.5) within group (order by gap) from ("  # noqa: S608 - our own name
            " select extract(epoch from done_at - lag(done_at) over (partition by done_by_id order by done_at)) gap"
            f" from (select done_at, done_by_id from {table} where warehouse_id = %s and kind = %s and state = %s"
            "  and done_at is not null order by id desc limit %s) latest) gaps"
            " where gap between 1 and %s",
            [warehouse_id, *kinds, LOOKED_AT, LONGEST],
        )
        count, median = cursor.fetchone()
    return PACE if count < ENOUGH else max(int(Decimal(str(median)).to_integral_value()), 1)
