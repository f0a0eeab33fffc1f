"""What sensors read around a time, which goods stood where they are, and by which rule that is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from apps.catalog.models import Item
from apps.compliance.models import ExcursionCase, Sensor, SensorReading
from apps.compliance.models.climate import band_of
from apps.compliance.rules.climate import Assessment, Band, Limits, Run, Sample, assess
from apps.compliance.states import ClimateVerdict, Measure
from apps.core.arrays import numbers
from apps.locations.models import Location
from apps.safety.models import KineticRule, StorageCondition

COLUMNS = {Measure.TEMPERATURE: "celsius", Measure.HUMIDITY: "humidity"}
# In one statement, so that what is posted meanwhile is either in both or in neither.
STOOD = """
select t.item_id, t.lot_id, lot.number
from (
    select item_id, lot_id, on_hand as before, false as came
    from ledger_stockbalance where location_id = any(%(places)s::bigint[]) and on_hand <> 0
    union all
    select item_id, lot_id,
           case when source_id = any(%(places)s::bigint[]) then quantity else 0 end
           - case when target_id = any(%(places)s::bigint[]) then quantity else 0 end,
           target_id = any(%(places)s::bigint[]) and recorded_at <= %(until)s
    from ledger_stockmove
    where (source_id = any(%(places)s::bigint[]) or target_id = any(%(places)s::bigint[])) and recorded_at > %(since)s
) t
left join ledger_lot lot on lot.id = t.lot_id
group by t.item_id, t.lot_id, lot.number
having sum(t.before) > 0 or bool_or(t.came)
order by t.item_id, t.lot_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """Goods that stood in a place at some instant of a time."""

    item_id: int
    lot_id: int | None
    lot: str


def samples_around(sensor: Sensor, measure: Measure, first: datetime, last: datetime) -> list[Sample]:
    """The readings from the last within the band before `first` to the first within it after `last`; in order."""
    column = COLUMNS[measure]
    rows = SensorReading.objects.filter(sensor=sensor, **{f"{column}__isnull": False})
    within = rows.filter(_within(column, sensor.band(measure))).order_by()
    before = within.filter(read_at__lt=first).order_by("-read_at").values_list("read_at", flat=True).first()
    after = within.filter(read_at__gt=last).order_by("read_at").values_list("read_at", flat=True).first()
    if before is not None:
        rows = rows.filter(read_at__gte=before)
    if after is not None:
        rows = rows.filter(read_at__lte=after)
    return [Sample(at, value) for at, value in rows.order_by("read_at").values_list("read_at", column)]


def samples_since(sensor: Sensor, measure: Measure, since: datetime, until: datetime) -> list[Sample]:
    """The readings of a time in order, the last before it first: it holds into it."""
    column = COLUMNS[measure]
    rows = SensorReading.objects.filter(sensor=sensor, **{f"{column}__isnull": False}, read_at__lte=until)
    before = rows.filter(read_at__lte=since).order_by("-read_at").values_list("read_at", column)[:1]
    inside = rows.filter(read_at__gt=since).order_by("read_at").values_list("read_at", column)
    return [Sample(at, value) for at, value in [*before, *inside]]


def places_of(sensor: Sensor) -> list[int]:
    """The places that it speaks for: its own, or those of its zone that keep no other condition than the zone."""
    if sensor.location_id is not None:
        return [sensor.location_id]
    own = Q(storage_condition=None) | Q(storage_condition=sensor.condition)
    return list(Location.objects.filter(own, zone=sensor.zone_id).order_by("pk").values_list("pk", flat=True))


def concerned(sensor: Sensor, measure: Measure, run: Run, *, until: datetime) -> list[Stood]:
    """Goods that stood there between the first reading beyond the band and `until`, by the ledger's own clock.

    Of items that need a condition, and one that was left: what needs none takes no harm.
    """
    stood = _stood(places_of(sensor), run.first_at, until)
    items = Item.objects.filter(pk__in={each.item_id for each in stood}, storage_condition__isnull=False)
    harmed = {
        item.pk
        for item in items.select_related("storage_condition")
        if item.storage_condition is not None and _is_left(band_of(item.storage_condition, measure), run)
    }
    return [each for each in stood if each.item_id in harmed]


def limits_of(condition: StorageCondition, sensor: Sensor, at: datetime) -> Limits | None:
    """The rule on excursions from a condition as it stands on that day; None where there is none."""
    day = sensor.warehouse.local_date(at)
    rule = KineticRule.objects.filter(condition=condition, effective_on__lte=day).order_by("-effective_on").first()
    if rule is None:
        return None
    return Limits(
        window=timedelta(hours=rule.window_hours),
        most=rule.most_celsius,
        lowest=rule.lowest_celsius,
        highest=rule.highest_celsius,
        spike=rule.spike_celsius,
        spike_lasts=timedelta(hours=rule.spike_hours),
        source=rule.source,
        is_verified=rule.is_verified,
    )


def assessed(case: ExcursionCase, sensor: Sensor, *, at: datetime) -> Assessment:
    """What the rule of the condition says of the window that ends with the excursion."""
    limits = limits_of(case.condition, sensor, at)
    if limits is None:
        return Assessment(verdict=ClimateVerdict.NO_RULE, because=f"No rule on excursions from {case.condition}.")
    # What was read last holds for an interval more.
    until = case.ended_at or case.last_at + sensor.interval
    samples = samples_since(sensor, Measure.TEMPERATURE, until - limits.window, until)
    return assess(samples, limits, interval=sensor.interval, until=until)


def _within(column: str, band: Band) -> Q:
    within = Q()
    if band.low is not None:
        within &= Q(**{f"{column}__gte": band.low})
    if band.high is not None:
        within &= Q(**{f"{column}__lte": band.high})
    return within


def _is_left(band: Band, run: Run) -> bool:
    return not (band.holds(run.lowest) and band.holds(run.highest))


def _stood(places: Sequence[int], since: datetime, until: datetime) -> list[Stood]:
    with connection.cursor() as cursor:
        cursor.execute(STOOD, {"places": numbers(places), "since": since, "until": until})
        return [Stood(item_id=item, lot_id=lot, lot=number or "") for item, lot, number in cursor.fetchall()]
