"""Bills of materials: what an item is made of, by version and date."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from apps.catalog.choices import BillKind, PartRole
from apps.catalog.models.item import Item
from apps.catalog.states import BILL_OF_MATERIALS_FLOW, BillState
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import LockingQuerySet, SharedQuerySet, values_check

BILL_NUMBERS = Series("BM")
HALF = 50
"""A scrap allowance above this many percent is a typing error."""


class BillQuerySet(SharedQuerySet["BillOfMaterials"]):
    """Bills by whether they count."""

    def in_force(self, on: date) -> BillQuerySet:
        """The version of each item that says what it is made of on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), state=BillState.ACTIVE, valid_from__lte=on)


class BillOfMaterials(Document):
    """A version of what an item is made of. Once active it is never rewritten: only its last day may be set."""

    flow = BILL_OF_MATERIALS_FLOW

    item = models.ForeignKey(Item, models.PROTECT, related_name="bills")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=BillKind.choices, default=BillKind.STOCKED)
    state = models.CharField(max_length=9, choices=BillState.choices, default=BillState.DRAFT)
    quantity = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, default=Decimal(1), help_text="How many its lines make; base units"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="Its last day; empty: until another follows")
    note = models.CharField(max_length=200, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    activated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    activated_at = models.DateTimeField(null=True)

    objects: ClassVar[BillQuerySet] = BillQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "bill of materials"
        verbose_name_plural = "bills of materials"
        constraints = (
            values_check("state", BillState, "bill_state_known"),
            values_check("kind", BillKind, "bill_kind_known"),
            models.UniqueConstraint(fields=["item", "version"], name="bill_version_once_an_item"),
            models.CheckConstraint(name="bill_makes_something", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="bill_dates_in_order",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="Its last day is not before its first.",
            ),
            models.CheckConstraint(
                name="bill_activated_by_another",
                condition=Q(state=BillState.ACTIVE, activated_by__isnull=False, activated_at__isnull=False)
                & ~Q(activated_by=F("drafted_by"))
                | ~Q(state=BillState.ACTIVE) & Q(activated_by=None, activated_at=None),
                violation_error_message="Whoever drafted it does not put it in force.",
            ),
        )
        indexes = (models.Index(fields=["item", "valid_from"], name="bill_active", condition=Q(state="active")),)

    @property
    def is_phantom(self) -> bool:
        """Whether its parts are sold together and nothing is made ahead."""
        return self.kind == BillKind.PHANTOM


class BillLine(models.Model):
    """So much of a part in what a bill makes; or what comes out besides."""

    bill = models.ForeignKey(BillOfMaterials, models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField()
    role = models.CharField(max_length=10, choices=PartRole.choices, default=PartRole.COMPONENT)
    item = models.ForeignKey(Item, models.PROTECT, related_name="used_in")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="In what the bill makes")
    scrap_percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(HALF)],
        help_text="So much more is taken, since some is spoilt",
    )

    objects: ClassVar[LockingQuerySet[BillLine]] = LockingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("bill", "line")
        constraints = (
            models.UniqueConstraint(fields=["bill", "line"], name="bill_line_once"),
            values_check("role", PartRole, "bill_line_role_known"),
            models.CheckConstraint(name="bill_line_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="bill_line_scrap_in_range", condition=Q(scrap_percent__gte=0, scrap_percent__lte=HALF)
            ),
        )

    def __str__(self) -> str:
        return f"{self.bill}/{self.line}"


class BillAlternative(models.Model):
    """What may be taken instead of a line's item, the lowest rank first."""

    line = models.ForeignKey(BillLine, models.CASCADE, related_name="alternatives")
    rank = models.PositiveSmallIntegerField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="stands_in_for")
    quantity = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, help_text="Instead of all that the line asks for"
    )

    class Meta:
        ordering = ("line", "rank")
        constraints = (
            models.UniqueConstraint(fields=["line", "rank"], name="bill_alternative_rank_once"),
            models.UniqueConstraint(fields=["line", "item"], name="bill_alternative_item_once"),
            models.CheckConstraint(name="bill_alternative_quantity_positive", condition=Q(quantity__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.line} or {self.item}"
