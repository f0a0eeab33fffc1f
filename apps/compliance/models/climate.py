"""Sensors, what they read, and the cases of excursions from a storage condition."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from apps.accounts.models import Device
from apps.catalog.models import Item
from apps.compliance.rules.climate import Band
from apps.compliance.states import EXCURSION_FLOW, ClimateVerdict, ExcursionState, Measure
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.querysets import LockingQuerySet, ScopedQuerySet, values_check
from apps.ledger.models import Hold, Lot
from apps.locations.models import Location, Warehouse, Zone
from apps.safety.models import StorageCondition

EXCURSION_NUMBERS = Series("EX")
LONGEST_INTERVAL = 86_400
"""A sensor that reads less often than once a day says nothing about a day."""


def band_of(condition: StorageCondition | None, measure: str) -> Band:
    """Within what a condition has its readings; without limits where there is none."""
    if condition is None:
        return Band(low=None, high=None)
    if measure == Measure.HUMIDITY:
        return Band(low=condition.min_humidity, high=condition.max_humidity)
    return Band(low=condition.min_celsius, high=condition.max_celsius)


class SensorQuerySet(ScopedQuerySet["Sensor"]):
    """Sensors of the warehouses a user works in."""


class Sensor(models.Model):
    """A thermometer or hygrometer; it speaks for one place, or for a zone's places that keep the zone's condition."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="sensors")
    number = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    zone = models.ForeignKey(
        Zone, models.PROTECT, null=True, blank=True, related_name="sensors", help_text="What it speaks for"
    )
    location = models.ForeignKey(
        Location, models.PROTECT, null=True, blank=True, related_name="sensors", help_text="Where it speaks for one"
    )
    device = models.ForeignKey(
        Device,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="What tells its readings; empty: any device or person of the warehouse",
    )
    interval_seconds = models.PositiveIntegerField(
        "reads every (s)",
        default=300,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_INTERVAL)],
        help_text="Where it has said nothing for more than two of these, nothing is known",
    )
    calibrated_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[SensorQuerySet] = SensorQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse", "number")
        constraints = (
            models.CheckConstraint(
                name="sensor_speaks_for_one",
                condition=Q(zone=None, location__isnull=False) | Q(zone__isnull=False, location=None),
                violation_error_message="Say which zone or which place it speaks for, one of them.",
            ),
            models.CheckConstraint(
                name="sensor_interval_known",
                condition=Q(interval_seconds__gte=1, interval_seconds__lte=LONGEST_INTERVAL),
            ),
        )

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        """Zone and place are of its warehouse."""
        for name, watched in (("zone", self.zone), ("location", self.location)):
            if watched is not None and watched.warehouse_id != self.warehouse_id:
                raise ValidationError({name: "This is in another warehouse."})

    @property
    def interval(self) -> timedelta:
        """How often it reads."""
        return timedelta(seconds=self.interval_seconds)

    @property
    def speaks_for(self) -> Zone | Location | None:
        """Its zone or its place."""
        return self.zone or self.location

    @property
    def condition(self) -> StorageCondition | None:
        """The condition that is kept where it is."""
        if self.location is not None:
            return self.location.condition
        return self.zone.storage_condition if self.zone is not None else None

    def band(self, measure: str) -> Band:
        """Within what its readings are to be; without limits where no condition is kept."""
        return band_of(self.condition, measure)


class WatchedZone(Zone):
    """A zone by the readings of its sensors."""

    class Meta:
        proxy = True
        verbose_name = "zone's climate"
        verbose_name_plural = "climate of zones"


class SensorReadingQuerySet(ScopedQuerySet["SensorReading"]):
    """Readings in the warehouses a user works in."""

    warehouse_path: ClassVar[str] = "sensor__warehouse"


class SensorReading(models.Model):
    """What a sensor read at an instant; the first that was told of an instant stands."""

    sensor = models.ForeignKey(Sensor, models.PROTECT, related_name="readings")
    read_at = models.DateTimeField(help_text="By the sensor's clock")
    celsius = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    humidity = models.DecimalField(max_digits=5, decimal_places=2, null=True, help_text="Relative, in per cent")
    told_at = models.DateTimeField(help_text="When we first heard of it")

    objects: ClassVar[SensorReadingQuerySet] = SensorReadingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-read_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["sensor", "read_at"], name="sensor_reading_once"),
            models.CheckConstraint(
                name="sensor_reading_says_something", condition=Q(celsius__isnull=False) | Q(humidity__isnull=False)
            ),
            models.CheckConstraint(
                name="sensor_reading_humidity_is_a_share",
                condition=Q(humidity=None) | Q(humidity__gte=0, humidity__lte=100),
            ),
        )
        indexes = (models.Index(fields=["-read_at", "-id"], name="sensor_reading_latest"),)

    def __str__(self) -> str:
        return f"{self.sensor_id} {self.read_at:%Y-%m-%d %H:%M}"


class ExcursionCaseQuerySet(ScopedQuerySet["ExcursionCase"]):
    """Cases of the warehouses a user works in."""

    def undecided(self) -> ExcursionCaseQuerySet:
        """Those that still change with what is read."""
        return self.filter(state__in=(ExcursionState.OPEN, ExcursionState.WAITING))


class ExcursionCase(Document):
    """A sensor read beyond the band that was to be kept: from when, until when, how far, and which goods stood there.

    The band is copied, so that later changes of the condition change nothing here.
    """

    flow = EXCURSION_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ExcursionState.choices, default=ExcursionState.OPEN)
    sensor = models.ForeignKey(Sensor, models.PROTECT, related_name="excursions")
    condition = models.ForeignKey(StorageCondition, models.PROTECT, related_name="+")
    measure = models.CharField(max_length=11, choices=Measure.choices)
    low = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    high = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    first_at = models.DateTimeField(help_text="First reading beyond the band")
    last_at = models.DateTimeField(help_text="Last reading beyond the band")
    ended_at = models.DateTimeField(null=True, help_text="First reading within it again")
    lowest = models.DecimalField(max_digits=5, decimal_places=2)
    highest = models.DecimalField(max_digits=5, decimal_places=2)
    mean_kinetic = models.DecimalField(
        "mean kinetic temperature", max_digits=5, decimal_places=2, null=True, help_text="Empty: not evaluable"
    )
    verdict = models.CharField(max_length=13, choices=ClimateVerdict.choices, default=ClimateVerdict.NO_RULE)
    because = models.CharField(max_length=300, blank=True, help_text="What the verdict rests on")
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="followed_by", help_text="Decided before this was read"
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, help_text="Why it is released or rejected")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approval_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[ExcursionCaseQuerySet] = ExcursionCaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            values_check("state", ExcursionState, "excursion_state_known"),
            values_check("measure", Measure, "excursion_measure_known"),
            values_check("verdict", ClimateVerdict, "excursion_verdict_known"),
            models.CheckConstraint(
                name="excursion_in_order",
                condition=Q(first_at__lte=F("last_at"), lowest__lte=F("highest"))
                & (Q(ended_at=None) | Q(ended_at__gt=F("last_at"))),
            ),
            models.CheckConstraint(
                name="excursion_decided_by_somebody",
                condition=~Q(state__in=(ExcursionState.RELEASED, ExcursionState.REJECTED))
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="excursion_released_by_another",
                condition=~Q(state=ExcursionState.RELEASED)
                | (Q(asked_by__isnull=False) & ~Q(asked_by=F("decided_by"))),
                violation_error_message="Whoever asks for a release cannot approve it.",
            ),
        )
        indexes = (
            models.Index(fields=["state"]),
            models.Index(fields=["sensor", "measure", "last_at"], name="excursion_of_sensor"),
        )

    @property
    def unit(self) -> str:
        """In what its figures are."""
        return "°C" if self.measure == Measure.TEMPERATURE else "% RH"


class ExcursionGoods(models.Model):
    """Goods that stood there in the time; a lot with the hold that was put on it, goods without a lot with none."""

    case = models.ForeignKey(ExcursionCase, models.PROTECT, related_name="goods")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="excursions")
    hold = models.OneToOneField(Hold, models.PROTECT, null=True, related_name="excursion")

    objects: ClassVar[LockingQuerySet[ExcursionGoods]] = LockingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("case", "item", "lot")
        verbose_name_plural = "excursion goods"
        constraints = (
            models.UniqueConstraint(fields=["case", "item", "lot"], nulls_distinct=False, name="excursion_goods_once"),
            models.CheckConstraint(
                name="excursion_lot_is_held",
                condition=Q(lot=None, hold=None) | Q(lot__isnull=False, hold__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.item_id}"
