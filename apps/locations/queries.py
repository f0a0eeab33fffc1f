"""What documents and jobs need of the company and its sites, what the label of a place says, which doors are free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.aggregates import RegrSlope
from django.db.models import Max, Min, Q, QuerySet

from apps.accounts.models import User
from apps.core.clock import day_bounds
from apps.core.errors import NotFound
from apps.core.paper.formats import Address, Printed
from apps.core.querysets import storable
from apps.locations.choices import PICKABLE, VIRTUAL, LocationKind
from apps.locations.errors import TooManyLabels
from apps.locations.models import Company, DockAppointment, Location, TransitTime, Warehouse, Zone
from apps.locations.pdf import BinLabel
from apps.locations.routing import AisleSpan, CrossAisles, Spot, Way, ZonePlan, plan_zone
from apps.locations.rules import Span, free_spans, next_quarter
from apps.locations.states import AppointmentState

NEXT_DAY = 1
MOST_LABELS = 2000
"""On one roll."""


def letterhead() -> Address:
    """The company as the head of every document; nameless until it is set up."""
    company = Company.objects.first()
    if company is None:
        return Address(name="")
    return company.on_paper(company.name, " ".join(filter(None, (company.phone, company.email))))


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCall:
    """Who is called in an emergency with dangerous goods."""

    phone: str
    who: str


def on_call_for(warehouse: Warehouse) -> OnCall | None:
    """The site's own number, else the company's; None where neither has one."""
    for each in (warehouse, Company.objects.first()):
        if each is not None and each.emergency_phone:
            return OnCall(phone=each.emergency_phone, who=each.emergency_contact)
    return None


def company_currency() -> str:
    """The currency that the company counts in; the default until it is set up."""
    return (Company.objects.first() or Company()).currency


def worker_at_own_site(username: str, user: User) -> User:
    """The person of that name who works where this one does. Raises `NotFound` for anybody else."""
    here = Warehouse.objects.for_user(user).order_by().values("pk")
    known = User.objects.filter(username=storable(username), warehouse_access__warehouse__in=here)
    for person in known.order_by("pk")[:1]:
        return person
    raise NotFound(kind="person", number=username)


def printed(at: datetime, by: User, warehouse: Warehouse | None = None) -> Printed:
    """When and by whom a document was printed, by the clock of the warehouse it belongs to."""
    zone = ZoneInfo(warehouse.timezone if warehouse is not None else "UTC")
    return Printed(at=at.astimezone(zone), by=by.get_full_name() or by.get_username())


def sites_from(hour: int, *, at: datetime) -> list[tuple[Warehouse, date]]:
    """The sites in use whose own clock has come to that hour of their day, each with the day it is there.

    Beat calls by the hour: a job of one day makes up for a call that was missed.
    """
    return [
        (warehouse, warehouse.local_date(at))
        for warehouse in Warehouse.objects.filter(is_active=True)
        if at.astimezone(ZoneInfo(warehouse.timezone)).hour >= hour
    ]


def aisle_around(place: Location) -> list[Location]:
    """The measured bins of the aisle that a place stands in, by bay; none where it is not measured."""
    if place.aisle_id is None or place.x_mm is None or place.y_mm is None:
        return []
    bins = Location.objects.filter(aisle=place.aisle_id, x_mm__isnull=False, y_mm__isnull=False, is_active=True)
    return list(bins.only("code", "bay", "x_mm", "y_mm").order_by("bay", "code"))


def arrival_day(origin: Warehouse, target: Warehouse, *, left_at: datetime) -> date:
    """The day on which goods that left then are at another site, by its calendar; the next one if nothing is known."""
    return target.local_date(left_at) + days_between(origin, target)


def days_between(origin: Warehouse, target: Warehouse) -> timedelta:
    """How long goods travel from a site to another; a day if nothing is known."""
    days = TransitTime.objects.filter(origin=origin, target=target).values_list("days", flat=True).first()
    return timedelta(days=NEXT_DAY if days is None else days)


def bin_labels_of(places: QuerySet[Location]) -> list[BinLabel]:
    """The labels of places that something can be stuck to, in walking order. Raises `TooManyLabels`."""
    real = places.exclude(kind__in=VIRTUAL).select_related("warehouse", "zone__storage_condition", "storage_condition")
    rows = list(real.order_by("warehouse", "zone__pick_sequence", "pick_sequence", "code")[: MOST_LABELS + 1])
    if len(rows) > MOST_LABELS:
        raise TooManyLabels(most=MOST_LABELS)
    return [
        BinLabel(
            code=place.code,
            warehouse=place.warehouse.code,
            zone=place.zone.name if place.zone is not None else "",
            kind=place.get_kind_display(),
            condition=place.condition.name if place.condition is not None else "",
            level=place.level,
        )
        for place in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeSlot:
    """A time that is free at a door; a truck may start anywhere in it where its length fits."""

    dock: str
    starts_at: datetime
    ends_at: datetime


def free_slots(warehouse: Warehouse, *, day: date, minutes: int, direction: str, at: datetime) -> list[FreeSlot]:
    """Where and when a truck of that length finds a free door on that day, by the calendar of the warehouse.

    Of a day that has begun only what is still to come. A truck that overstays takes its door until now.
    """
    # In UTC: between two instants of one zone Python counts the hours on the wall, not those that pass.
    begin, end = (bound.astimezone(UTC) for bound in day_bounds(day, warehouse.timezone))
    begin = max(begin, next_quarter(at))
    length = timedelta(minutes=minutes)
    doors = [door for door in Location.objects.filter(warehouse=warehouse).doors() if door.takes(direction)]
    taken: dict[int, list[Span]] = defaultdict(list)
    standing = Q(state=AppointmentState.AT_DOCK, starts_at__lt=end)
    booked = DockAppointment.objects.filter(dock__in=doors).taking_doors()
    for each in booked.filter(standing | Q(starts_at__lt=end, ends_at__gt=begin)):
        stays = max(each.ends_at, begin) if each.state == AppointmentState.AT_DOCK else each.ends_at
        taken[each.dock_id].append(Span(each.starts_at, stays))
    return [
        FreeSlot(dock=door.code, starts_at=span.starts_at, ends_at=span.ends_at)
        for door in doors
        if begin < end
        for span in free_spans(taken[door.pk], within=Span(begin, end), length=length)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFloor:
    """How a zone can be walked: in which order, from where, and by which aisles if they are parallel."""

    zone: Zone
    depot: Spot | None
    plan: ZonePlan | None


def zone_floors(zone_ids: Collection[int]) -> dict[int, ZoneFloor]:
    """By zone, from where its bins stand; in three queries, however many zones and bins."""
    zones = list(Zone.objects.filter(pk__in=zone_ids).select_related("depot"))
    benches = _measured(kind=LocationKind.PACK, warehouse__in={zone.warehouse_id for zone in zones})
    first_bench = {bench.warehouse_id: spot_of(bench) for bench in benches.order_by("-code")}
    spans: dict[int, list[AisleSpan]] = defaultdict(list)
    for aisle in (
        _measured(zone__in=zones, aisle__isnull=False, kind__in=PICKABLE)
        .order_by()
        .values("zone", "aisle", "aisle__direction")
        .annotate(
            low_x=Min("x_mm"),
            low_y=Min("y_mm"),
            high_x=Max("x_mm"),
            high_y=Max("y_mm"),
            slope_x=RegrSlope("x_mm", "bay"),
            slope_y=RegrSlope("y_mm", "bay"),
        )
    ):
        spans[aisle["zone"]].append(
            AisleSpan(
                aisle_id=aisle["aisle"],
                low=Spot(aisle["low_x"], aisle["low_y"]),
                high=Spot(aisle["high_x"], aisle["high_y"]),
                way=Way(aisle["aisle__direction"]),
                slope=Spot(*(-1 if (aisle[name] or 0) < 0 else 1 for name in ("slope_x", "slope_y"))),
            )
        )
    floors = {}
    for zone in zones:
        depot = (spot_of(zone.depot) if zone.depot is not None else None) or first_bench.get(zone.warehouse_id)
        crosses = CrossAisles(front=zone.front_mm, middle=zone.middle_mm, back=zone.back_mm)
        floors[zone.pk] = ZoneFloor(zone=zone, depot=depot, plan=plan_zone(spans[zone.pk], crosses, depot))
    return floors


def spot_of(place: Location) -> Spot | None:
    """Where a place stands on the floor, if anybody has measured it."""
    return Spot(place.x_mm, place.y_mm) if place.x_mm is not None and place.y_mm is not None else None


def _measured(**asked: object) -> QuerySet[Location]:
    return Location.objects.filter(is_active=True, x_mm__isnull=False, y_mm__isnull=False, **asked)
