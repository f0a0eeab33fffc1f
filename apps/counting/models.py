"""Cycle counts and what was found; how many of them a day brings."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Item, Party
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.counting.states import CYCLE_COUNT_FLOW, UNDER_WAY, CountState
from apps.ledger.models import HandlingUnit, Lot, SerialNumber, StockMove, StockTransaction
from apps.ledger.states import StockStatus
from apps.locations.models import Location, Warehouse
from apps.tasks.models import WarehouseTask

COUNT_NUMBERS = Series("CC")


class CountPlanQuerySet(ScopedQuerySet["CountPlan"]):
    """Count plans of the warehouses a user works in."""


class CountPlan(models.Model):
    """How many bins a warehouse counts on a day, so that each is counted at least once in so many days."""

    warehouse = models.ForeignKey(Warehouse, models.CASCADE, related_name="+")
    bins_a_day = models.PositiveSmallIntegerField(
        default=10, validators=[MinValueValidator(1)], help_text="At most so many are opened for a day"
    )
    interval_days = models.PositiveSmallIntegerField(
        default=90, validators=[MinValueValidator(1)], help_text="A bin is due so many days after its last count"
    )
    is_active = models.BooleanField(default=True)

    objects: ClassVar[CountPlanQuerySet] = CountPlanQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse",)
        constraints = (
            models.UniqueConstraint(fields=["warehouse"], name="count_plan_once_a_warehouse"),
            models.CheckConstraint(
                name="count_plan_counts_something",
                condition=Q(bins_a_day__gt=0, interval_days__gt=0),
                violation_error_message="At least one bin a day, and at least one day between counts.",
            ),
        )

    def __str__(self) -> str:
        return f"count plan {self.warehouse}"


class CountDayQuerySet(ScopedQuerySet["CountDay"]):
    """Planned days of the warehouses a user works in."""


class CountDay(models.Model):
    """A day's counts were planned at a warehouse: once, whoever asks again."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    day = models.DateField(help_text="By the calendar of the warehouse")
    due = models.PositiveIntegerField(help_text="Bins that were due, those planned among them")
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[CountDayQuerySet] = CountDayQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-day", "warehouse")
        constraints = (models.UniqueConstraint(fields=["warehouse", "day"], name="count_day_once"),)

    def __str__(self) -> str:
        return f"{self.warehouse} {self.day}"


class CycleCountQuerySet(ScopedQuerySet["CycleCount"]):
    """Cycle counts of the warehouses a user works in."""

    def under_way(self) -> CycleCountQuerySet:
        """Not decided yet."""
        return self.filter(state__in=UNDER_WAY)


class CycleCount(Document):
    """One location is counted by one person, blind; what differs from the book waits for the approval of another."""

    flow = CYCLE_COUNT_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, models.PROTECT, related_name="counts")
    state = models.CharField(max_length=10, choices=CountState.choices, default=CountState.OPEN)
    task = models.OneToOneField(WarehouseTask, models.PROTECT, related_name="cycle_count", help_text="The latest")
    day = models.ForeignKey(
        CountDay, models.PROTECT, null=True, related_name="counts", help_text="Of whose plan it is; else somebody asked"
    )
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was decided so")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    first_counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Whose count was rejected"
    )
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    counted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    transaction = models.OneToOneField(StockTransaction, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[CycleCountQuerySet] = CycleCountQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "cycle count"
        constraints = (
            values_check("state", CountState, "cycle_count_state_known"),
            models.UniqueConstraint(
                fields=["location"], condition=Q(state__in=UNDER_WAY), name="cycle_count_one_a_location"
            ),
            models.CheckConstraint(
                name="cycle_count_approved_by_another",
                condition=Q(approved_by=None) | (Q(counted_by__isnull=False) & ~Q(approved_by=F("counted_by"))),
                violation_error_message="Whoever counted cannot approve.",
            ),
            models.CheckConstraint(
                name="cycle_count_counted_again_by_another",
                condition=Q(first_counted_by=None) | Q(counted_by=None) | ~Q(first_counted_by=F("counted_by")),
            ),
            models.CheckConstraint(
                name="cycle_count_posted_when_approved",
                condition=Q(transaction=None) | Q(state=CountState.APPROVED, approved_by__isnull=False),
            ),
        )

    @property
    def round(self) -> int:
        """Counted for the first or the second time."""
        return 1 if self.first_counted_by_id is None else 2

    def latest_lines(self) -> list[CountLine]:
        """What was found the last time; of lines that were prefetched, without asking again."""
        return [line for line in self.lines.all() if line.round == self.round]


class CountLine(models.Model):
    """What was counted of one balance, and what the book had at that moment."""

    count = models.ForeignKey(CycleCount, models.CASCADE, related_name="lines")
    round = models.PositiveSmallIntegerField(default=1)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="+")
    serial = models.ForeignKey(SerialNumber, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=StockStatus.choices)
    owner = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(HandlingUnit, models.PROTECT, null=True, related_name="+")
    expected = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="On hand at the position")
    position = models.ForeignKey(
        StockMove, models.PROTECT, null=True, related_name="+", help_text="The balance's last move then"
    )
    counted = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)

    class Meta:
        ordering = ("id",)
        constraints = (
            values_check("status", StockStatus, "count_line_status_known"),
            models.CheckConstraint(name="count_line_not_negative", condition=Q(expected__gte=0, counted__gte=0)),
            models.UniqueConstraint(
                fields=["count", "round", "item", "lot", "serial", "status", "owner", "unit"],
                nulls_distinct=False,
                name="count_line_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.count_id} {self.item_id}"

    @property
    def variance(self) -> Decimal:
        """Counted less book."""
        return self.counted - self.expected
