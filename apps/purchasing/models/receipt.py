"""What came in at a dock."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, Max, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from apps.catalog.models import Item, Party
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.ledger.models import HandlingUnit, Lot, SerialNumber, StockTransaction
from apps.ledger.states import StockStatus
from apps.locations.models import DockAppointment, Location, Warehouse
from apps.purchasing.models.notice import ShippingNotice, ShippingNoticeLine
from apps.purchasing.models.order import PurchaseOrder, PurchaseOrderLine
from apps.purchasing.states import RECEIPT_FLOW, ReceiptState
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind, TaskState

RECEIPT_NUMBERS = Series("GR")
LOT_NUMBERS = Series("L", 8)
"""Of lots that came without a label of their own."""


class ReceiptQuerySet(ScopedQuerySet["Receipt"]):
    """Receipts of the warehouses a user works in."""

    def open(self) -> ReceiptQuerySet:
        """Trucks still being unloaded."""
        return self.filter(state=ReceiptState.OPEN)

    def with_stocked_at(self) -> ReceiptQuerySet:
        """Annotates `stocked_at`: when the last of it stood where it belongs; None while something is on its way.

        From `arrived_at` to then is its dock-to-stock time.
        """
        tasks = WarehouseTask.objects.filter(document=OuterRef("number"), kind=TaskKind.PUTAWAY)
        done = tasks.filter(state=TaskState.DONE).order_by().values("document").annotate(last=Max("done_at"))
        return self.annotate(
            stocked_at=Case(
                When(Q(closed_at=None) | Exists(tasks.open()), then=None),
                default=Coalesce(Subquery(done.values("last")), F("closed_at")),
                output_field=models.DateTimeField(),
            )
        )


class Receipt(Document):
    """A truck at a dock with goods of a supplier: of orders, as a notice announced them, or blind."""

    flow = RECEIPT_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Party, models.PROTECT, related_name="receipts")
    orders = models.ManyToManyField(PurchaseOrder, related_name="receipts", help_text="None: received blind")
    notice = models.ForeignKey(
        ShippingNotice, models.PROTECT, null=True, related_name="receipts", help_text="What announced the goods"
    )
    dock = models.ForeignKey(Location, models.PROTECT, related_name="+")
    appointment = models.ForeignKey(
        DockAppointment, models.PROTECT, null=True, related_name="receipts", help_text="The truck, where it was booked"
    )
    state = models.CharField(max_length=10, choices=ReceiptState.choices, default=ReceiptState.OPEN)
    delivery_note = models.CharField(max_length=80, blank=True)
    arrived_at = models.DateTimeField(help_text="Of the truck: when it was checked in, else when this was opened")
    closed_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[ReceiptQuerySet] = ReceiptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (values_check("state", ReceiptState, "receipt_state_known"),)


class ReceiptLineQuerySet(ScopedQuerySet["ReceiptLine"]):
    """Lines of the receipts a user may see."""

    warehouse_path: ClassVar[str] = "receipt__warehouse"

    def counted(self) -> ReceiptLineQuerySet:
        """Not undone."""
        return self.filter(transaction__reversed_by=None)


class ReceiptLine(models.Model):
    """A quantity of one lot came in, in a condition, by one posting; what was rejected of it went back at once."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="lines")
    order_line = models.ForeignKey(
        PurchaseOrderLine, models.PROTECT, null=True, related_name="receipt_lines", help_text="None: nobody ordered it"
    )
    # What most lines do not have is indexed where they have it (below), and nothing is by which no line is looked for
    # (item, place): a line costs less to write.
    notice_line = models.ForeignKey(
        ShippingNoticeLine,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="receipt_lines",
        help_text="What announced it",
    )
    item = models.ForeignKey(Item, models.PROTECT, db_index=False, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, db_index=False, related_name="+")
    serial = models.ForeignKey(SerialNumber, models.PROTECT, null=True, db_index=False, related_name="+")
    status = models.CharField(max_length=10, choices=StockStatus.choices)
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    rejected = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0), help_text="Of it, what went back with the truck"
    )
    rejected_because = models.CharField(max_length=200, blank=True)
    rejected_code = models.CharField(max_length=20, blank=True, help_text="Of the reason, where the catalog has it")
    location = models.ForeignKey(
        Location,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        help_text="Brought straight to; empty: left at the dock",
    )
    unit = models.ForeignKey(
        HandlingUnit,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        help_text="The pallet or carton that it came in",
    )
    transaction = models.ForeignKey(StockTransaction, models.PROTECT, related_name="receipt_lines")

    objects: ClassVar[ReceiptLineQuerySet] = ReceiptLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("receipt", "id")
        indexes = (
            models.Index(
                fields=["notice_line"], name="receipt_line_notice_line", condition=Q(notice_line__isnull=False)
            ),
            models.Index(fields=["lot"], name="receipt_line_lot", condition=Q(lot__isnull=False)),
            models.Index(fields=["serial"], name="receipt_line_serial", condition=Q(serial__isnull=False)),
            models.Index(fields=["unit"], name="receipt_line_unit", condition=Q(unit__isnull=False)),
        )
        constraints = (
            models.CheckConstraint(name="receipt_line_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="receipt_line_rejected_of_it", condition=Q(rejected__gte=0, rejected__lte=F("quantity"))
            ),
            models.CheckConstraint(
                name="receipt_line_rejected_with_reason", condition=Q(rejected=0) | ~Q(rejected_because="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.receipt} {self.item}"

    @property
    def kept(self) -> Decimal:
        """What stayed."""
        return self.quantity - self.rejected

    @property
    def undone(self) -> bool:
        """Whether it was taken back: then it counts for nothing."""
        return hasattr(self.transaction, "reversed_by")
