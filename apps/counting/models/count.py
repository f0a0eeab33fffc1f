"""Cycle counts and what was found."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.catalog.models import Item, Party
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.counting.models.inventory import Inventory
from apps.counting.models.program import CountDay, CountProgram
from apps.counting.states import CYCLE_COUNT_FLOW, UNDER_WAY, CountScope, CountState, FindingKind
from apps.ledger.models import HandlingUnit, Lot, SerialNumber, StockMove, StockTransaction
from apps.ledger.states import StockStatus
from apps.locations.models import Location, Warehouse
from apps.tasks.models import WarehouseTask

COUNT_NUMBERS = Series("CC")
SUM_DIGITS = 36
"""Of many lines together, each at its cost."""


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
    scope = models.CharField(max_length=5, choices=CountScope.choices, default=CountScope.PLACE)
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+", help_text="Only this is counted here")
    unit = models.ForeignKey(
        HandlingUnit, models.PROTECT, null=True, related_name="+", help_text="Only what stands on it is counted"
    )
    state = models.CharField(max_length=10, choices=CountState.choices, default=CountState.OPEN)
    task = models.OneToOneField(WarehouseTask, models.PROTECT, related_name="cycle_count", help_text="The latest")
    day = models.ForeignKey(
        CountDay, models.PROTECT, null=True, related_name="counts", help_text="Of whose plan it is; else somebody asked"
    )
    program = models.ForeignKey(
        CountProgram, models.SET_NULL, null=True, related_name="+", help_text="Which of the plan's asked for it"
    )
    inventory = models.ForeignKey(Inventory, models.PROTECT, null=True, related_name="counts")
    worth = models.FloatField(null=True, help_text="Error it was expected to remove, by minute of work")
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was decided so")
    reason_code = models.CharField(max_length=20, blank=True, help_text="Of a count's reasons")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    first_counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Whose count was rejected"
    )
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    counted_at = models.DateTimeField(null=True)
    last_picked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Before it was counted"
    )
    quantity = models.DecimalField(
        max_digits=SUM_DIGITS, decimal_places=PLACES, default=0, help_text="Too much and missing together, of all goods"
    )
    value = models.DecimalField(
        max_digits=SUM_DIGITS, decimal_places=PLACES, default=0, help_text="The same at cost, in the company's currency"
    )
    by_rule = models.BooleanField(default=False, help_text="Within the tolerance, so nobody had to look")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    transaction = models.OneToOneField(StockTransaction, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[CycleCountQuerySet] = CycleCountQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "cycle count"
        constraints = (
            values_check("state", CountState, "cycle_count_state_known"),
            values_check("scope", CountScope, "cycle_count_scope_known"),
            models.CheckConstraint(
                name="cycle_count_names_what_it_is_of",
                condition=Q(scope__in=(CountScope.PLACE, CountScope.EMPTY), item=None, unit=None)
                | Q(scope=CountScope.ITEM, item__isnull=False, unit=None)
                | Q(scope=CountScope.UNIT, item=None, unit__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["location"], condition=Q(state__in=UNDER_WAY), name="cycle_count_one_a_location"
            ),
            models.CheckConstraint(
                name="cycle_count_approved_by_another",
                condition=Q(approved_by=None) | (Q(counted_by__isnull=False) & ~Q(approved_by=F("counted_by"))),
                violation_error_message="Whoever counted cannot approve.",
            ),
            models.CheckConstraint(
                name="cycle_count_approved_by_no_other_part",
                condition=Q(approved_by=None)
                | (
                    (Q(first_counted_by=None) | ~Q(approved_by=F("first_counted_by")))
                    & (Q(last_picked_by=None) | ~Q(approved_by=F("last_picked_by")))
                    & (Q(day__isnull=False) | Q(by_rule=True) | ~Q(approved_by=F("asked_by")))
                ),
                violation_error_message="Whoever asked, counted first or picked there last cannot approve.",
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
        indexes = (
            models.Index(fields=["location", "-counted_at"], name="cycle_count_of_place"),
            models.Index(
                fields=["approved_by", "decided_at"],
                name="cycle_count_by_approver",
                condition=Q(approved_by__isnull=False),
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
    seen_at = models.DateTimeField(null=True, help_text="The moment that the book was taken for")
    unit_cost = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, default=0, help_text="The latest known, in the company's currency"
    )

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

    @property
    def variance_value(self) -> Decimal:
        """The variance at cost."""
        return self.variance * self.unit_cost


class CountFinding(models.Model):
    """What a counter saw and the book cannot name: an unknown barcode, a lot that nobody knows. A person looks."""

    count = models.ForeignKey(CycleCount, models.CASCADE, related_name="findings")
    round = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=8, choices=FindingKind.choices)
    text = models.CharField(max_length=200, help_text="As it was scanned or read")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (values_check("kind", FindingKind, "count_finding_kind_known"),)

    def __str__(self) -> str:
        return self.text
