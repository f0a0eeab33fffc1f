"""The list of foods, which items are on it, the codes of their lots, and the plan by which records are kept."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Item, Party
from apps.core.numbering import Series
from apps.core.querysets import SharedQuerySet
from apps.ledger.models import Lot
from apps.locations.models import Warehouse

PLAN_NUMBERS = Series("TP", 4)


class ListedFoodQuerySet(SharedQuerySet["ListedFood"]):
    """Foods of all editions of the list."""

    def in_force(self, on: date) -> ListedFoodQuerySet:
        """Those that are on the list that day."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), effective_on__lte=on)


class ListedFood(models.Model):
    """A food of the regulator's list, from one day to another; what leaves the list keeps its row."""

    code = models.SlugField(max_length=40, help_text="Ours, short: the list has none")
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True, help_text="What counts as it, and what does not")
    source = models.CharField(max_length=200)
    effective_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="Its last day on the list; empty: it is on it")
    is_verified = models.BooleanField("verified", default=False, help_text="Compared with the list by who may do so")

    objects: ClassVar[ListedFoodQuerySet] = ListedFoodQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("code", "-effective_on")
        verbose_name = "food of the traceability list"
        verbose_name_plural = "foods of the traceability list"
        constraints = (
            models.UniqueConstraint(fields=["code", "effective_on"], name="listed_food_once_a_day"),
            models.CheckConstraint(
                name="listed_food_ends_after_it_begins",
                condition=Q(until_on=None) | Q(until_on__gte=models.F("effective_on")),
            ),
        )

    def __str__(self) -> str:
        return self.name


class FoodDetermination(models.Model):
    """Somebody decided which food of the list an item is, from a day on, or that it is none; the last one counts."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="food_determinations")
    food = models.ForeignKey(
        ListedFood,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="determinations",
        help_text="Empty: none of them",
    )
    effective_on = models.DateField()
    basis = models.CharField(max_length=200, help_text="Why, as what the label or the supplier says")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.item}: {self.food or 'not on the list'}"


class TraceabilityLotCode(models.Model):
    """The code that a lot is traced by, and who assigned it; the last one of a lot counts, and says why it came."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="traceability_codes")
    code = models.CharField(max_length=80)
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", help_text="Who assigned it, where we know them"
    )
    site = models.ForeignKey(
        Warehouse, models.PROTECT, null=True, blank=True, related_name="+", help_text="Our site that assigned it"
    )
    reference = models.CharField(
        max_length=200, blank=True, help_text="What leads to who assigned it: a GLN, a registration, an address"
    )
    is_exempt_source = models.BooleanField(
        "from an exempt supplier", default=False, help_text="Who need not assign a code; then the first receiver does"
    )
    reason = models.CharField(max_length=200, blank=True, help_text="Why it replaces what was written before")
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["code"], name="traceability_lot_code"),)
        constraints = (
            models.CheckConstraint(
                name="traceability_code_has_one_source",
                condition=Q(party__isnull=False, site=None, reference="")
                | Q(party=None, site__isnull=False, reference="")
                | (Q(party=None, site=None) & ~Q(reference="")),
                violation_error_message="Name one source: a party, a site of ours, or a reference.",
            ),
        )

    def __str__(self) -> str:
        return self.code


class TraceabilityPlanQuerySet(SharedQuerySet["TraceabilityPlan"]):
    """Plans of all days."""

    def in_force(self, on: date) -> TraceabilityPlan | None:
        """The last that counts that day."""
        return self.filter(effective_on__lte=on).first()


class TraceabilityPlan(models.Model):
    """How records of listed foods are kept, in the words of who answers for it; the last one in force counts."""

    number = models.CharField(max_length=40, unique=True, editable=False)
    effective_on = models.DateField()
    records = models.TextField("how records are kept", max_length=4000, help_text="Their form, and where they are")
    identification = models.TextField("how listed foods are identified", max_length=4000)
    assignment = models.TextField("how lot codes are assigned", max_length=4000)
    contact = models.CharField(max_length=80, help_text="Who is asked about the plan and the records")
    phone = models.CharField(max_length=40)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects: ClassVar[TraceabilityPlanQuerySet] = TraceabilityPlanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-effective_on", "-id")

    def __str__(self) -> str:
        return self.number
