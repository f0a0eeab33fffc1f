"""A day at the doors: which truck stands where when, what waits in the yard, what is late, what is being unloaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from apps.core.admin.cells import Tone, duration
from apps.core.clock import day_bounds
from apps.insights.dock_rows import Cell, Truck, lanes_of, rows_of
from apps.locations.admin.appointments import TONES, alarm_of
from apps.locations.choices import Direction, DoorUse, LocationKind
from apps.locations.models import DockAppointment, Location, Warehouse
from apps.locations.rules import minutes_between
from apps.locations.states import HERE, AppointmentState
from apps.purchasing.models import PurchaseOrderLine, Receipt, ReceiptLine
from apps.shipping.models import Shipment

HOURS = (6, 18)
"""Of the day that are always shown; a truck before or after shows more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is unloaded or loaded at a door now, and how far."""

    number: str
    pk: int
    done: int
    total: int
    what: str
    is_receipt: bool = False

    @property
    def words(self) -> str:
        """Of a receipt without an order nobody knows how much comes."""
        return f"{self.done} of {self.total} {self.what}" if self.total else f"{self.done} {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A door: what stands there now, and its day in quarters of an hour."""

    pk: int
    code: str
    use: str
    here: Truck | None = None
    works: list[Work] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    lanes: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """A mark at the side."""

    label: str
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A day at the doors of a warehouse."""

    warehouse: Warehouse
    day: date
    is_today: bool
    clock: str
    hours: list[Hour]
    doors: list[Door]
    yard: list[Truck]
    late: list[Truck]
    """Waited for beyond their time, or at a door beyond it."""
    trucks: int


def dock_board(warehouse: Warehouse, *, day: date, at: datetime, inbound: bool = True, outbound: bool = True) -> Board:
    """The board of a day, by the calendar of the warehouse; receipts and shipments for whoever may see them.

    In as many statements whatever there is. Today's has the trucks of other days that are still here or still owed.
    """
    zone = ZoneInfo(warehouse.timezone)
    begin, end = (bound.astimezone(UTC) for bound in day_bounds(day, warehouse.timezone))
    is_today = begin <= at < end
    of_day = Q(starts_at__lt=end, ends_at__gt=begin) | Q(at_dock_at__lt=end, departed_at__gt=begin)
    rows = DockAppointment.objects.filter(warehouse=warehouse).exclude(state=AppointmentState.CANCELLED)
    # Of other days what is still here, and what nobody has given up yet.
    loose = Q(state__in=HERE) | Q(state=AppointmentState.BOOKED, starts_at__lt=at)
    rows = rows.filter(of_day | loose) if is_today else rows.filter(of_day)
    appointments = list(rows.select_related("dock", "party").order_by("starts_at", "pk"))
    trucks = {each.pk: _truck(each, day, at, zone) for each in appointments}
    works = _works(warehouse, inbound=inbound, outbound=outbound) if is_today else {}
    by_door: dict[int, list[DockAppointment]] = defaultdict(list)
    for each in appointments:
        by_door[each.dock_id].append(each)
    first, last = _shown(day, zone, begin, end, trucks.values())
    return Board(
        warehouse=warehouse,
        day=day,
        is_today=is_today,
        clock=f"{at.astimezone(zone):%H:%M}",
        hours=_hours(first, last, zone, at),
        doors=[
            _door(door, [(each, trucks[each.pk]) for each in by_door[door.pk]], works.get(door.pk, []), first, last, at)
            for door in _doors(warehouse, {*by_door, *works})
        ],
        yard=[trucks[each.pk] for each in appointments if is_today and each.state == AppointmentState.ARRIVED],
        late=[truck for truck in trucks.values() if is_today and truck.alarm],
        trucks=len(trucks),
    )


def _doors(warehouse: Warehouse, busy: Iterable[int]) -> list[Location]:
    """The dock doors in use; of staging places, and of doors out of use, those at which something is."""
    places = Location.objects.filter(warehouse=warehouse)
    shown = places.filter(Q(kind=LocationKind.DOCK, is_active=True) | Q(pk__in=list(busy)))
    return list(shown.order_by("pick_sequence", "code"))


def _works(warehouse: Warehouse, *, inbound: bool, outbound: bool) -> dict[int, list[Work]]:
    """By the place: what is being unloaded there, and what is being loaded."""
    works: dict[int, list[Work]] = defaultdict(list)
    if inbound:
        for receipt in _receipts(warehouse):
            ordered = bool(receipt.total)
            works[receipt.dock_id].append(
                Work(
                    number=receipt.number,
                    pk=receipt.pk,
                    done=receipt.came if ordered else receipt.postings,
                    total=receipt.total,
                    what="lines came",
                    is_receipt=True,
                )
            )
    if outbound:
        loading: Any = Shipment.objects.open().filter(warehouse=warehouse, dock__isnull=False).order_by("pk")
        for shipment in loading.annotate(
            total=Count("cartons"), loaded=Count("cartons", filter=Q(cartons__loaded_at__isnull=False))
        ):
            works[shipment.dock_id].append(
                Work(
                    number=shipment.number,
                    pk=shipment.pk,
                    done=shipment.loaded,
                    total=shipment.total,
                    what="cartons loaded",
                )
            )
    return works


def _receipts(warehouse: Warehouse) -> Sequence[Any]:
    """Those being unloaded, with how many lines of their orders there are and of how many some came."""
    lines = ReceiptLine.objects.counted().filter(receipt=OuterRef("pk")).order_by().values("receipt")
    ordered = PurchaseOrderLine.objects.filter(order__receipts=OuterRef("pk")).order_by().values("order__receipts")
    return list(
        Receipt.objects.open()
        .filter(warehouse=warehouse)
        .annotate(
            came=Coalesce(Subquery(lines.annotate(n=Count("order_line", distinct=True)).values("n")), 0),
            postings=Coalesce(Subquery(lines.annotate(n=Count("pk")).values("n")), 0),
            total=Coalesce(Subquery(ordered.annotate(n=Count("pk")).values("n")), 0),
        )
        .order_by("pk")
    )


def _truck(each: DockAppointment, day: date, at: datetime, zone: ZoneInfo) -> Truck:
    state = AppointmentState(each.state)
    alarm = alarm_of(each, at)
    starts_at, ends_at = each.starts_at, each.ends_at
    if each.at_dock_at is not None:
        starts_at, ends_at = each.at_dock_at, each.departed_at or max(each.ends_at, at)
    begin, end = (bound.astimezone(zone) for bound in (each.starts_at, each.ends_at))
    other_day = "" if begin.date() == day else f"{begin.day} {begin:%b} "
    party = each.party.name if each.party is not None else ""
    waits = ""
    if state == AppointmentState.ARRIVED and each.arrived_at is not None:
        waits = duration(minutes_between(each.arrived_at, at))
    return Truck(
        pk=each.pk,
        number=each.number,
        door=each.dock.code,
        word=state.label,
        tone=Tone.LATE if alarm else TONES[state],
        when=f"{other_day}{begin:%H:%M}\N{EN DASH}{end:%H:%M}",
        who=" · ".join(filter(None, (each.carrier or party, each.vehicle))),
        documents=", ".join(each.documents),
        outbound=each.direction == Direction.OUTBOUND,
        alarm=alarm,
        waits=waits,
        starts_at=starts_at,
        ends_at=ends_at,
    )


def _shown(
    day: date, zone: ZoneInfo, begin: datetime, end: datetime, trucks: Iterable[Truck]
) -> tuple[datetime, datetime]:
    """From which hour to which the day is drawn; not before it begins, nor after it ends."""
    first, last = (datetime.combine(day, time(hour), zone).astimezone(UTC) for hour in HOURS)
    for truck in trucks:
        if truck.ends_at <= begin or truck.starts_at >= end:
            continue
        first, last = min(first, max(truck.starts_at, begin)), max(last, min(truck.ends_at, end))
    hour = timedelta(hours=1)
    return begin + (first - begin) // hour * hour, begin - (begin - last) // hour * hour


def _hours(first: datetime, last: datetime, zone: ZoneInfo, at: datetime) -> list[Hour]:
    hour = timedelta(hours=1)
    starts = [first + number * hour for number in range((last - first) // hour)]
    return [Hour(label=f"{start.astimezone(zone):%H:%M}", now=start <= at < start + hour) for start in starts]


def _door(
    door: Location,
    appointments: Sequence[tuple[DockAppointment, Truck]],
    works: list[Work],
    first: datetime,
    last: datetime,
    at: datetime,
) -> Door:
    lanes = lanes_of([truck for _, truck in appointments], first=first, last=last)
    return Door(
        pk=door.pk,
        code=door.code,
        use=door.get_door_use_display() if door.door_use != DoorUse.BOTH else "",
        here=next((truck for each, truck in appointments if each.state == AppointmentState.AT_DOCK), None),
        works=works,
        rows=rows_of(lanes, first=first, last=last, at=at),
        lanes=len(lanes),
    )
