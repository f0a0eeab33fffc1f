"""Sensors in zones that keep a condition, and what they read."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from apps.compliance.models import Sensor
from apps.compliance.operations import Read, record_readings
from apps.core import clock
from apps.locations.models import Zone
from apps.safety.models import KineticRule, StorageCondition
from tests.factories.ledger import an_actor


def a_condition(code="CHILLED", low="2", high="8", **more):
    """A band; by that name the one of the reference data, where that is there."""
    return StorageCondition.objects.get_or_create(
        code=code,
        defaults={
            "name": code.title(),
            "min_celsius": low and Decimal(low),
            "max_celsius": high and Decimal(high),
            "effective_on": date(2025, 8, 1),
            **more,
        },
    )[0]


def a_cold_rule(condition, **more):
    """24 hours at 8 °C in the mean, up to 15 °C for a day."""
    limits = {"window_hours": 24, "most_celsius": 8, "lowest_celsius": 2, "highest_celsius": 8, "spike_celsius": 15}
    return KineticRule.objects.create(
        **{"condition": condition, "spike_hours": 24, "source": "our own", "effective_on": date(2025, 8, 1)}
        | limits
        | more
    )


def a_sensor(warehouse, *, zone=None, location=None, number="COLD-T1", **more):
    """A sensor that reads every minute."""
    return Sensor.objects.create(
        warehouse=warehouse,
        number=number,
        name=number,
        zone=zone,
        location=location,
        **{"interval_seconds": 60, **more},
    )


def a_cold_zone(warehouse, condition, code="COLD"):
    """A zone that keeps the condition."""
    return Zone.objects.create(warehouse=warehouse, code=code, name=code.title(), storage_condition=condition)


@transaction.atomic
def noted(sensor, *readings, by=None, at=None):
    """Told at once: each an instant and a temperature, perhaps with a humidity."""
    rows = [
        Read(read_at=when, celsius=celsius and Decimal(str(celsius)), humidity=Decimal(str(wet[0])) if wet else None)
        for when, celsius, *wet in readings
    ]
    return record_readings(sensor_id=sensor.pk, readings=rows, by=by or an_actor(), at=at or clock.now())


def every(interval, since, *values):
    """Values at even distances."""
    return [(since + n * interval, value) for n, value in enumerate(values)]


MINUTE = timedelta(minutes=1)
