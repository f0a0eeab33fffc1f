"""What is bought from whom."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Item, Party
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.models import Warehouse
from apps.purchasing.rules import most_of
from apps.purchasing.states import PURCHASE_ORDER_FLOW, RECEIVABLE_ORDER, PurchaseOrderState, SendMethod

PURCHASE_ORDER_NUMBERS = Series("PO")
CENT = Decimal("0.01")


class SupplierItem(models.Model):
    """A supplier's price, code and lead time for an item, from a quantity on."""

    supplier = models.ForeignKey(Party, models.CASCADE, related_name="supplied_items")
    item = models.ForeignKey(Item, models.CASCADE, related_name="suppliers")
    supplier_code = models.CharField(max_length=40, blank=True)
    minimum_quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=0)
    price = models.DecimalField(
        max_digits=18, decimal_places=6, validators=[MinValueValidator(0)], help_text="Supplier's currency, a base unit"
    )
    multiple_quantity = models.DecimalField(
        max_digits=DIGITS,
        decimal_places=PLACES,
        default=0,
        validators=[MinValueValidator(0)],
        help_text="Base units; sold in multiples of so many. Zero: any quantity",
    )
    lead_time_days = models.PositiveSmallIntegerField(default=0, help_text="On average")
    lead_time_spread_days = models.DecimalField(
        max_digits=5,
        decimal_places=1,
        default=0,
        validators=[MinValueValidator(0)],
        help_text="Standard deviation of the lead time",
    )
    over_tolerance_percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="More than ordered that may come; empty: the item's",
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ("supplier", "item", "minimum_quantity")
        constraints = (
            models.UniqueConstraint(fields=["supplier", "item", "minimum_quantity"], name="supplier_item_once"),
            models.CheckConstraint(
                name="supplier_item_not_negative",
                condition=Q(multiple_quantity__gte=0, lead_time_spread_days__gte=0),
            ),
        )

    def __str__(self) -> str:
        return f"{self.supplier} {self.item}"


class PurchaseOrderQuerySet(ScopedQuerySet["PurchaseOrder"]):
    """Purchase orders by what can be done with them."""

    def receivable(self) -> PurchaseOrderQuerySet:
        """Goods may come in against these."""
        return self.filter(state__in=RECEIVABLE_ORDER)


class PurchaseOrder(Document):
    """An order to a supplier for one warehouse; approved by someone who did not raise it."""

    flow = PURCHASE_ORDER_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Party, models.PROTECT, related_name="purchase_orders")
    state = models.CharField(max_length=10, choices=PurchaseOrderState.choices, default=PurchaseOrderState.DRAFT)
    currency = models.CharField(max_length=3)
    exchange_rate = models.DecimalField(
        max_digits=18, decimal_places=8, default=Decimal(1), help_text="Company currency for one of this currency"
    )
    ordered_on = models.DateField()
    due_on = models.DateField()
    reference = models.CharField(max_length=80, blank=True, help_text="The supplier's or an imported number")
    terms = models.CharField(max_length=200, blank=True)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    revision = models.PositiveSmallIntegerField(default=0, help_text="How often it was changed after an approval")
    amended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    amended_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, help_text="As it is approved now; a change is sent anew")
    sent_how = models.CharField(max_length=10, choices=SendMethod.choices, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Who noted it"
    )
    acknowledged_at = models.DateTimeField(null=True)
    confirmation = models.CharField(max_length=80, blank=True, help_text="The supplier's number for it")

    objects: ClassVar[PurchaseOrderQuerySet] = PurchaseOrderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            values_check("state", PurchaseOrderState, "purchase_order_state_known"),
            models.CheckConstraint(
                name="purchase_order_approved_by_another",
                condition=Q(approved_by=None) | ~Q(approved_by=F("raised_by")),
                violation_error_message="Whoever raised the order cannot approve it.",
            ),
            models.CheckConstraint(
                name="purchase_order_change_approved_by_another",
                condition=Q(approved_by=None) | Q(amended_by=None) | ~Q(approved_by=F("amended_by")),
                violation_error_message="Whoever changed the order cannot approve it.",
            ),
            models.CheckConstraint(
                name="purchase_order_sent_somehow",
                condition=Q(sent_at=None, sent_by=None, sent_how="")
                | Q(sent_at__isnull=False, sent_by__isnull=False, sent_how__in=SendMethod.values),
            ),
            models.UniqueConstraint(
                fields=["supplier", "reference"], condition=~Q(reference=""), name="purchase_order_reference_once"
            ),
        )

    def total_of(self, lines: Iterable[PurchaseOrderLine]) -> Decimal:
        """What the lines come to in the order's currency, each to the cent, as the paper adds them up."""
        return sum((line.amount.quantize(CENT, rounding=ROUND_HALF_UP) for line in lines), Decimal(0))

    def value_of(self, lines: Iterable[PurchaseOrderLine]) -> Decimal:
        """What the lines come to in the company's currency, at the order's rate."""
        return (self.total_of(lines) * self.exchange_rate).quantize(CENT, rounding=ROUND_HALF_UP)

    @property
    def total(self) -> Decimal:
        """Of all lines, in the order's currency; of lines that were prefetched, without asking again."""
        return self.total_of(self.lines.all())

    @property
    def value(self) -> Decimal:
        """Of all lines, in the company's currency: what approval goes by."""
        return self.value_of(self.lines.all())


class PurchaseOrderLineQuerySet(ScopedQuerySet["PurchaseOrderLine"]):
    """Lines of the orders a user may see."""

    warehouse_path: ClassVar[str] = "order__warehouse"


class PurchaseOrderLine(models.Model):
    """A quantity of an item at a price; `received` counts what came in good or damaged, in base units.

    A line that a change has cancelled asks for nothing: its quantity is zero.
    """

    # Found by its order through `purchase_order_line_once`.
    order = models.ForeignKey(PurchaseOrder, models.CASCADE, related_name="lines", db_index=False)
    line = models.PositiveIntegerField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="Base units")
    received = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0))
    price = models.DecimalField(max_digits=18, decimal_places=6, validators=[MinValueValidator(0)])
    supplier_code = models.CharField(max_length=40, blank=True)
    over_tolerance_percent = models.DecimalField(
        max_digits=5, decimal_places=2, default=Decimal(0), validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    over_allowed = models.DecimalField(
        max_digits=DIGITS,
        decimal_places=PLACES,
        default=Decimal(0),
        help_text="Base units above the tolerance that somebody has allowed to come",
    )
    promised_on = models.DateField(null=True, help_text="As the supplier has confirmed it; empty: the order's date")

    objects: ClassVar[PurchaseOrderLineQuerySet] = PurchaseOrderLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("order", "line")
        constraints = (
            models.UniqueConstraint(fields=["order", "line"], name="purchase_order_line_once"),
            models.CheckConstraint(
                name="purchase_order_line_quantities",
                condition=Q(quantity__gte=0, received__gte=0, price__gte=0, over_allowed__gte=0),
            ),
        )

    def __str__(self) -> str:
        return f"{self.order}/{self.line}"

    @property
    def open_quantity(self) -> Decimal:
        """Still to come; never below zero."""
        return max(self.quantity - self.received, Decimal(0))

    @property
    def most(self) -> Decimal:
        """The most that may be received: ordered, the tolerance above it, and what was allowed beyond that."""
        return most_of(self.quantity, self.over_tolerance_percent, self.over_allowed)

    @property
    def amount(self) -> Decimal:
        """Quantity times price, in the order's currency."""
        return self.quantity * self.price
