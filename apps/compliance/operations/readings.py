"""Taking down what sensors read; an excursion holds the lots that stood there and opens a case, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import cast

from apps.compliance.errors import NotYourSensor, ReadingAhead, SensorOff
from apps.compliance.models import EXCURSION_NUMBERS, ExcursionCase, ExcursionGoods, Sensor, SensorReading
from apps.compliance.operations.trail import note_excursion
from apps.compliance.queries.climate import assessed, concerned, samples_around
from apps.compliance.rules.climate import Run, runs_of
from apps.compliance.states import ExcursionState, Measure
from apps.core.decimals import plain
from apps.journal.actor import Actor
from apps.journal.rules import CLOCK_MAY_BE_AHEAD
from apps.ledger.operations import hold_lots
from apps.ledger.states import HoldReason
from apps.safety.models import StorageCondition


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A sensor read this at this instant, by its own clock; °C and per cent."""

    read_at: datetime
    celsius: Decimal | None = None
    humidity: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What became of a batch of readings."""

    sensor: Sensor
    new: int
    repeated: int
    differing: list[datetime]
    """Instants of which something else had been told: the first stands."""
    opened: list[ExcursionCase] = field(default_factory=list)
    changed: list[ExcursionCase] = field(default_factory=list)


def record_readings(*, sensor_id: int, readings: Sequence[Read], by: Actor, at: datetime) -> Noted:
    """Take down what a sensor read, in any order; what comes twice does no harm, what comes late is judged anew.

    Readings beyond the band of the condition that is kept there are an excursion: the lots that stood there in the
    time, of items that need a condition which was left, are on hold at once, and a case is open. A late reading makes
    an undecided case longer or shorter; a decided one is never changed, another follows it. No hold ends by a reading.
    Raises `SensorOff`, `NotYourSensor`, `ReadingAhead`.
    """
    sensor = Sensor.objects.select_related(
        "warehouse",
        "device",
        "zone__storage_condition",
        "location__storage_condition",
        "location__zone__storage_condition",
    ).lock_one(sensor_id)
    _check(sensor, readings, by, at)
    new, repeated, differing = _written(sensor, readings, at)
    noted = Noted(sensor=sensor, new=len(new), repeated=repeated, differing=differing)
    if not new or sensor.condition is None:
        return noted
    first, last = min(each.read_at for each in new), max(each.read_at for each in new)
    for measure in Measure:
        if not sensor.band(measure).is_open:
            _watch(sensor, measure, first, last, noted, by, at)
    _judge(sensor, since=first, at=at)
    return noted


def _check(sensor: Sensor, readings: Sequence[Read], by: Actor, at: datetime) -> None:
    if not sensor.is_active:
        raise SensorOff(sensor=sensor.number)
    if sensor.device is not None and (by.device is None or by.device.pk != sensor.device_id):
        raise NotYourSensor(sensor=sensor.number, device=sensor.device.number)
    latest = max(each.read_at for each in readings)
    if latest - at > CLOCK_MAY_BE_AHEAD:
        raise ReadingAhead(sensor=sensor.number, read_at=latest, at=at)


def _written(sensor: Sensor, readings: Sequence[Read], at: datetime) -> tuple[list[SensorReading], int, list[datetime]]:
    """The new ones, how many were told before, and what was told otherwise; the sensor's lock keeps others out."""
    instants = sorted({each.read_at for each in readings})
    rows = SensorReading.objects.filter(sensor=sensor, read_at__in=instants)
    told = {row.read_at: (row.celsius, row.humidity) for row in rows}
    new: list[SensorReading] = []
    repeated = 0
    differing: list[datetime] = []
    for each in readings:
        said = (each.celsius, each.humidity)
        if each.read_at not in told:
            told[each.read_at] = said
            new.append(
                SensorReading(
                    sensor=sensor, read_at=each.read_at, celsius=each.celsius, humidity=each.humidity, told_at=at
                )
            )
        elif told[each.read_at] == said:
            repeated += 1
        else:
            differing.append(each.read_at)
    SensorReading.objects.bulk_create(new)
    return new, repeated, sorted(set(differing))


def _watch(
    sensor: Sensor, measure: Measure, first: datetime, last: datetime, noted: Noted, by: Actor, at: datetime
) -> None:
    """Bring the cases of the sensor to what its readings around these say now."""
    samples = samples_around(sensor, measure, first, last)
    if not samples:
        return
    cases = ExcursionCase.objects.filter(
        sensor=sensor, measure=measure, last_at__gte=samples[0].at, first_at__lte=samples[-1].at
    )
    open_cases = cases.undecided().lock()
    for run in runs_of(samples, sensor.band(measure)):
        mates = [case for case in open_cases if run.overlaps(case.first_at, case.last_at)]
        if mates:
            case = mates[0]
            open_cases.remove(case)
            if _taken_in(case, run, by, at):
                noted.changed.append(case)
            continue
        before = [case for case in cases.order_by("pk") if run.overlaps(case.first_at, case.last_at)]
        if not any(_covers(case, run) for case in before):
            noted.opened.append(_opened(sensor, measure, run, before[-1] if before else None, by, at))


def _covers(case: ExcursionCase, run: Run) -> bool:
    """Whether all that was read beyond the band was known when the case was decided."""
    return (
        case.first_at <= run.first_at
        and run.last_at <= case.last_at
        and case.lowest <= run.lowest
        and run.highest <= case.highest
    )


def _opened(
    sensor: Sensor, measure: Measure, run: Run, follows: ExcursionCase | None, by: Actor, at: datetime
) -> ExcursionCase:
    band = sensor.band(measure)
    case = ExcursionCase.objects.create(
        number=EXCURSION_NUMBERS.next(),
        created_at=at,
        warehouse=sensor.warehouse,
        sensor=sensor,
        condition=cast("StorageCondition", sensor.condition),  # what is watched keeps one
        measure=measure,
        low=band.low,
        high=band.high,
        first_at=run.first_at,
        last_at=run.last_at,
        ended_at=run.ended_at,
        lowest=run.lowest,
        highest=run.highest,
        follows=follows,
    )
    held = _held(case, run, by, at)
    _note(case, "open", held, by, at)
    return case


def _taken_in(case: ExcursionCase, run: Run, by: Actor, at: datetime) -> bool:
    """Whether the case says anything else now; then a release that was asked for is to be asked for again."""
    fields = ("first_at", "last_at", "ended_at", "lowest", "highest")
    before = [getattr(case, name) for name in fields]
    for name in fields:
        setattr(case, name, getattr(run, name))
    case.save(update_fields=fields)
    held = _held(case, run, by, at)
    if before == [getattr(case, name) for name in fields] and not held:
        return False
    if case.state == ExcursionState.WAITING:
        case.asked_by = None
        case.advance(ExcursionState.OPEN, "asked_by")
    _note(case, "extend", held, by, at)
    return True


def _held(case: ExcursionCase, run: Run, by: Actor, at: datetime) -> list[str]:
    """Hold the lots that stood there and are not in the case yet; their numbers."""
    known = set(case.goods.values_list("item", "lot"))
    goods = [
        each
        for each in concerned(case.sensor, Measure(case.measure), run, until=run.ended_at or at)
        if (each.item_id, each.lot_id) not in known
    ]
    lots = sorted({each.lot_id for each in goods if each.lot_id is not None})
    worst = run.highest if case.high is not None and run.highest > case.high else run.lowest
    note = f"{plain(worst)} {case.unit} at {case.sensor.number}"
    holds = hold_lots(lots, reason=HoldReason.TEMPERATURE, by=by, note=note, source=case.number) if lots else []
    of_lot = dict(zip(lots, holds, strict=True))
    ExcursionGoods.objects.bulk_create(
        ExcursionGoods(
            case=case,
            item_id=each.item_id,
            lot_id=each.lot_id,
            hold_id=of_lot[each.lot_id] if each.lot_id is not None else None,
        )
        for each in goods
    )
    return sorted(each.lot for each in goods if each.lot)


def _note(case: ExcursionCase, verb: str, lots: list[str], by: Actor, at: datetime) -> None:
    figures = {"lowest": plain(case.lowest), "highest": plain(case.highest)}
    note_excursion(verb, case, by=by, at=at, sensor=case.sensor.number, **figures, lots=lots)


def _judge(sensor: Sensor, *, since: datetime, at: datetime) -> None:
    """Judge anew the undecided cases whose window these readings may be in: those that were not over before them."""
    cases = ExcursionCase.objects.undecided().filter(sensor=sensor, measure=Measure.TEMPERATURE)
    for case in cases.select_related("condition", "warehouse").lock():
        if case.ended_at is not None and case.ended_at < since:
            continue
        found = assessed(case, sensor, at=at)
        case.verdict, case.because, case.mean_kinetic = found.verdict, found.because, found.mean_kinetic
        case.save(update_fields=["verdict", "because", "mean_kinetic"])
