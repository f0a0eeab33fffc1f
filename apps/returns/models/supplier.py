"""Goods that go back to whoever supplied them: asked for, approved, shipped, credited."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from apps.catalog.models import Item, Party
from apps.compliance.models import Inspection
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.ledger.models import HandlingUnit, Lot, Reservation, SerialNumber, StockTransaction
from apps.ledger.states import StockStatus
from apps.locations.models import Location, Warehouse
from apps.purchasing.models import ReceiptLine
from apps.returns.rules import CENT
from apps.returns.states import (
    LEFT_FOR_SUPPLIER,
    RETURN_TO_SUPPLIER_FLOW,
    ReturnToSupplierCause,
    ReturnToSupplierState,
)
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskState

RETURN_TO_SUPPLIER_NUMBERS = Series("VR")


class ReturnToSupplierQuerySet(ScopedQuerySet["ReturnToSupplier"]):
    """Returns to suppliers from the warehouses a user works in."""


class ReturnToSupplier(Document):
    """Goods of receipts go back to their supplier, who owes their price; approved by another than who asked.

    Goods that an inspection rejected leave by that inspection's own posting, which is then this one's too.
    """

    flow = RETURN_TO_SUPPLIER_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Party, models.PROTECT, related_name="returns_to_supplier")
    state = models.CharField(
        max_length=10, choices=ReturnToSupplierState.choices, default=ReturnToSupplierState.REQUESTED
    )
    cause = models.CharField(max_length=10, choices=ReturnToSupplierCause.choices)
    reason = models.CharField(max_length=200)
    source = models.CharField(max_length=40, blank=True, help_text="Number of the recall or return behind it")
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, null=True, related_name="returns_to_supplier", help_text="Which rejected the goods"
    )
    supplier_number = models.CharField(max_length=80, blank=True, help_text="The supplier's number for the return")
    currency = models.CharField(max_length=3)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    staging = models.ForeignKey(
        Location, models.PROTECT, null=True, related_name="+", help_text="Where picked goods wait for the truck"
    )
    picked_at = models.DateTimeField(null=True)
    carrier = models.CharField(max_length=80, blank=True)
    shipped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    shipped_at = models.DateTimeField(null=True)
    transaction = models.OneToOneField(StockTransaction, models.PROTECT, null=True, related_name="return_to_supplier")
    credited = models.DecimalField(max_digits=18, decimal_places=2, null=True, help_text="What the supplier credited")
    credit_note = models.CharField(max_length=80, blank=True, help_text="The supplier's number for the credit")
    credited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="When it was credited or cancelled")
    end_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[ReturnToSupplierQuerySet] = ReturnToSupplierQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "return to supplier"
        verbose_name_plural = "returns to suppliers"
        constraints = (
            values_check("state", ReturnToSupplierState, "return_to_supplier_state_known"),
            values_check("cause", ReturnToSupplierCause, "return_to_supplier_cause_known"),
            models.CheckConstraint(
                name="return_to_supplier_approved_by_another",
                condition=Q(approved_by=None) | ~Q(approved_by=F("requested_by")),
                violation_error_message="Whoever asked for the return cannot approve it.",
            ),
            models.CheckConstraint(
                name="return_to_supplier_shipped_has_posting",
                condition=Q(state__in=LEFT_FOR_SUPPLIER, transaction__isnull=False)
                | ~Q(state__in=LEFT_FOR_SUPPLIER) & Q(transaction=None),
            ),
            models.CheckConstraint(
                name="return_to_supplier_credited_somehow",
                condition=Q(state=ReturnToSupplierState.CREDITED, credited__gte=0)
                | ~Q(state=ReturnToSupplierState.CREDITED) & Q(credited=None),
            ),
            models.CheckConstraint(
                name="return_to_supplier_rejected_has_inspection",
                condition=Q(cause=ReturnToSupplierCause.REJECTION, inspection__isnull=False)
                | ~Q(cause=ReturnToSupplierCause.REJECTION) & Q(inspection=None),
            ),
        )
        indexes = (models.Index(fields=["state"]),)

    @property
    def expected(self) -> Decimal:
        """What the supplier owes: what goes of each line at the price that was paid, to the cent."""
        return sum((line.value for line in self.lines.all()), Decimal(0))


class ReturnToSupplierLineQuerySet(ScopedQuerySet["ReturnToSupplierLine"]):
    """Lines of the returns to suppliers that a user may see."""

    warehouse_path: ClassVar[str] = "return_to_supplier__warehouse"

    def counting(self) -> ReturnToSupplierLineQuerySet:
        """Not called off."""
        return self.exclude(return_to_supplier__state=ReturnToSupplierState.CANCELLED)

    def awaiting_truck(self) -> ReturnToSupplierLineQuerySet:
        """Neither gone nor called off."""
        return self.counting().exclude(return_to_supplier__state__in=LEFT_FOR_SUPPLIER)

    def total(self) -> Decimal:
        """How much; base units."""
        found: Decimal | None = self.aggregate(total=Sum(Coalesce("picked", "quantity")))["total"]
        return found or Decimal(0)


class ReturnToSupplierLine(models.Model):
    """So much of a receipt's line goes back, with the lot and serial number that it came with; base units."""

    return_to_supplier = models.ForeignKey(ReturnToSupplier, models.PROTECT, related_name="lines")
    line = models.PositiveIntegerField()
    receipt_line = models.ForeignKey(ReceiptLine, models.PROTECT, related_name="return_to_supplier_lines")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="return_to_supplier_lines")
    serial = models.ForeignKey(SerialNumber, models.PROTECT, null=True, related_name="return_to_supplier_lines")
    status = models.CharField(max_length=10, choices=StockStatus.choices, help_text="In which it stands here")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    picked = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, null=True, help_text="What was found of it; none while it is picked"
    )
    price = models.DecimalField(max_digits=18, decimal_places=6, help_text="Of a base unit, as it was ordered")

    objects: ClassVar[ReturnToSupplierLineQuerySet] = ReturnToSupplierLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("return_to_supplier", "line")
        constraints = (
            models.UniqueConstraint(fields=["return_to_supplier", "line"], name="return_to_supplier_line_once"),
            values_check("status", StockStatus, "return_to_supplier_line_status_known"),
            models.CheckConstraint(name="return_to_supplier_line_amounts", condition=Q(quantity__gt=0, price__gte=0)),
            models.CheckConstraint(
                name="return_to_supplier_line_picked",
                condition=Q(picked=None) | Q(picked__gte=0, picked__lte=F("quantity")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.return_to_supplier}/{self.line}"

    @property
    def goes(self) -> Decimal:
        """How much of it goes: what was asked for until it is picked, then what was found."""
        return self.quantity if self.picked is None else self.picked

    @property
    def value(self) -> Decimal:
        """What the supplier owes for it, to the cent."""
        return (self.goes * self.price).quantize(CENT, ROUND_HALF_UP)


class ReturnToSupplierPickQuerySet(ScopedQuerySet["ReturnToSupplierPick"]):
    """Picks of the returns to suppliers that a user may see."""

    warehouse_path: ClassVar[str] = "line__return_to_supplier__warehouse"

    def open(self) -> ReturnToSupplierPickQuerySet:
        """Their task is still to be done."""
        return self.filter(task__state__in=(TaskState.READY, TaskState.ASSIGNED))


class ReturnToSupplierPick(models.Model):
    """So much of a line is brought from where it stood to where it waits for the truck; base units.

    What could be sold is reserved; what nobody could sell (not available, held or expired) needs no reservation, and
    is kept from other returns by this row alone.
    """

    line = models.ForeignKey(ReturnToSupplierLine, models.PROTECT, related_name="picks")
    reservation = models.OneToOneField(Reservation, models.PROTECT, null=True, related_name="return_to_supplier_pick")
    task = models.OneToOneField(WarehouseTask, models.PROTECT, related_name="return_to_supplier_pick")
    location = models.ForeignKey(Location, models.PROTECT, related_name="+", help_text="Where it stood")
    unit = models.ForeignKey(HandlingUnit, models.PROTECT, null=True, related_name="+")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    picked = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0))
    short_reason = models.CharField(max_length=200, blank=True)
    transaction = models.OneToOneField(
        StockTransaction, models.PROTECT, null=True, related_name="return_to_supplier_pick"
    )

    objects: ClassVar[ReturnToSupplierPickQuerySet] = ReturnToSupplierPickQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="return_to_supplier_pick_amounts",
                condition=Q(quantity__gt=0, picked__gte=0, picked__lte=F("quantity")),
            ),
            models.CheckConstraint(
                name="return_to_supplier_pick_posted",
                condition=Q(picked=0, transaction=None) | Q(picked__gt=0, transaction__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.quantity} for {self.line}"
