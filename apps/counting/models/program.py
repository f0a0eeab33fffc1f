"""How much a site counts on a day, by which programs, and what was seen that asks for a count."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Item
from apps.core.querysets import ScopedQuerySet, values_check
from apps.counting.states import DoubtKind, ProgramKind
from apps.locations.choices import Velocity
from apps.locations.models import Location, Warehouse, Zone

FROM_NOUGHT = [MinValueValidator(0), MaxValueValidator(100)]


class CountPlanQuerySet(ScopedQuerySet["CountPlan"]):
    """Count plans of the warehouses a user works in."""


class CountPlan(models.Model):
    """How many minutes of counting a warehouse does on a day; its programs say what is counted in them."""

    warehouse = models.ForeignKey(Warehouse, models.CASCADE, related_name="+")
    minutes_a_day = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(1)], help_text="Of work, for all of a day's counts together"
    )
    usual_minutes = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=2,
        validators=[MinValueValidator(Decimal("0.1"))],
        help_text="That a bin takes, until enough counts have been timed here",
    )
    is_active = models.BooleanField(default=True)

    objects: ClassVar[CountPlanQuerySet] = CountPlanQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse",)
        constraints = (
            models.UniqueConstraint(fields=["warehouse"], name="count_plan_once_a_warehouse"),
            models.CheckConstraint(
                name="count_plan_takes_time",
                condition=Q(minutes_a_day__gt=0, usual_minutes__gt=0),
                violation_error_message="At least one minute a day, and a bin takes more than none.",
            ),
        )

    def __str__(self) -> str:
        return f"count plan {self.warehouse}"


class CountProgramQuerySet(ScopedQuerySet["CountProgram"]):
    """Count programs of the warehouses a user works in."""


class CountProgram(models.Model):
    """One reason to count bins of a warehouse; all of a site's programs share the minutes of its plan."""

    warehouse = models.ForeignKey(Warehouse, models.CASCADE, related_name="count_programs")
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=6, choices=ProgramKind.choices)
    abc_class = models.CharField(
        "class",
        max_length=1,
        choices=Velocity.choices,
        blank=True,
        help_text="By class: bins whose fastest item is of it; empty: all bins",
    )
    zone = models.ForeignKey(
        Zone, models.CASCADE, null=True, blank=True, related_name="+", help_text="By zone: of which"
    )
    interval_days = models.PositiveSmallIntegerField(
        default=90,
        validators=[MinValueValidator(1)],
        help_text="By class, zone or risk: a bin is due so many days after its last count",
    )
    sample_size = models.PositiveIntegerField(default=0, help_text="Random: so many bins a day")
    seed = models.CharField(
        max_length=40, blank=True, help_text="Random: with the day it says which; the same seed, the same bins"
    )
    events = ArrayField(
        models.CharField(max_length=11, choices=DoubtKind.choices),
        default=list,
        blank=True,
        help_text="On event: which of them",
    )
    weight_value = models.PositiveSmallIntegerField(default=20, validators=FROM_NOUGHT)
    weight_velocity = models.PositiveSmallIntegerField(default=20, validators=FROM_NOUGHT)
    weight_variance = models.PositiveSmallIntegerField(
        default=20, validators=FROM_NOUGHT, help_text="The last count found one"
    )
    weight_short = models.PositiveSmallIntegerField(
        default=20, validators=FROM_NOUGHT, help_text="Short picks since the last count"
    )
    weight_empty = models.PositiveSmallIntegerField(
        default=10, validators=FROM_NOUGHT, help_text="Seen empty by a picker since the last count"
    )
    weight_age = models.PositiveSmallIntegerField(default=10, validators=FROM_NOUGHT, help_text="Days since then")
    threshold = models.PositiveSmallIntegerField(
        default=50, validators=FROM_NOUGHT, help_text="By risk: of 100, from where on a bin is due"
    )
    is_active = models.BooleanField(default=True)

    objects: ClassVar[CountProgramQuerySet] = CountProgramQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse", "code")
        constraints = (
            models.UniqueConstraint(fields=["warehouse", "code"], name="count_program_once_a_warehouse"),
            values_check("kind", ProgramKind, "count_program_kind_known"),
            models.CheckConstraint(name="count_program_class_known", condition=Q(abc_class__in=["", *Velocity.values])),
            models.CheckConstraint(
                name="count_program_says_what",
                condition=(~Q(kind=ProgramKind.ZONE) | Q(zone__isnull=False))
                & (~Q(kind=ProgramKind.RANDOM) | Q(sample_size__gt=0) & ~Q(seed=""))
                & (~Q(kind=ProgramKind.EVENT) | Q(events__len__gt=0)),
                violation_error_message="By zone names its zone, a sample its size and seed, on event its events.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.warehouse} {self.code}"

    def clean(self) -> None:
        """The zone is one of its warehouse."""
        if self.zone is not None and self.zone.warehouse_id != self.warehouse_id:
            raise ValidationError({"zone": "This zone is in another warehouse."})


class CountDayQuerySet(ScopedQuerySet["CountDay"]):
    """Planned days of the warehouses a user works in."""


class CountDay(models.Model):
    """A day's counts were planned at a warehouse: once, whoever asks again."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    day = models.DateField(help_text="By the calendar of the warehouse")
    due = models.PositiveIntegerField(help_text="Bins that were due, those planned among them")
    budget = models.DecimalField(max_digits=8, decimal_places=2, default=0, help_text="Minutes that were left to plan")
    minutes = models.DecimalField(max_digits=8, decimal_places=2, default=0, help_text="What its counts should take")
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[CountDayQuerySet] = CountDayQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-day", "warehouse")
        constraints = (models.UniqueConstraint(fields=["warehouse", "day"], name="count_day_once"),)

    def __str__(self) -> str:
        return f"{self.warehouse} {self.day}"


class CountDoubtQuerySet(ScopedQuerySet["CountDoubt"]):
    """Doubts of the warehouses a user works in."""


class CountDoubt(models.Model):
    """Somebody saw something at a place that the book does not say; it waits for a count of the place."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=DoubtKind.choices)
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    document = models.CharField(max_length=40, blank=True, help_text="Where it was seen: a pick, a count")
    note = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField()
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[CountDoubtQuerySet] = CountDoubtQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "doubt"
        constraints = (
            values_check("kind", DoubtKind, "count_doubt_kind_known"),
            models.UniqueConstraint(
                fields=["location", "kind", "document"], condition=~Q(document=""), name="count_doubt_once_a_document"
            ),
        )
        indexes = (models.Index(fields=["location", "seen_at"], name="count_doubt_of_place"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.location}"
