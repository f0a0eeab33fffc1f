"""Customer returns: what is announced, what came in where, and what inspection decided."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.assembly.models import AssemblyOrder
from apps.catalog.models import Item, Party, ReasonCode
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import LockingQuerySet, ScopedQuerySet, values_check
from apps.ledger.models import Lot, SerialNumber, StockTransaction
from apps.locations.models import Location, Warehouse
from apps.orders.models import SalesOrder, SalesOrderLine
from apps.returns.models.policy import ReturnPolicy
from apps.returns.states import (
    CUSTOMER_RETURN_FLOW,
    OPEN,
    CustomerReturnState,
    Disposition,
    Grade,
    ReturnCondition,
)
from apps.shipping.models import Carton

CUSTOMER_RETURN_NUMBERS = Series("RT")


class CustomerReturnQuerySet(ScopedQuerySet["CustomerReturn"]):
    """Customer returns of the warehouses a user works in."""

    def open(self) -> CustomerReturnQuerySet:
        """Goods may still come in by them or be inspected."""
        return self.filter(state__in=OPEN)


class CustomerReturn(Document):
    """A customer sends goods of one order back; without an order it is blind: not matched to what was sold."""

    flow = CUSTOMER_RETURN_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    order = models.ForeignKey(
        SalesOrder, models.PROTECT, null=True, related_name="customer_returns", help_text="Empty: a blind return"
    )
    customer = models.ForeignKey(Party, models.PROTECT, related_name="customer_returns")
    state = models.CharField(max_length=10, choices=CustomerReturnState.choices, default=CustomerReturnState.ANNOUNCED)
    reason = models.CharField(max_length=80, help_text="Why it comes back")
    reason_code = models.ForeignKey(
        ReasonCode, models.PROTECT, null=True, related_name="+", help_text="Empty: it was said in other words"
    )
    note = models.CharField(max_length=200, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True, help_text="When the first of it came")
    closed_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, blank=True, help_text="Why the rest, or all of it, never came")
    override_reason = models.CharField(max_length=200, blank=True, help_text="Why it is taken back against the policy")
    overridden_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[CustomerReturnQuerySet] = CustomerReturnQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "customer return"
        constraints = (
            values_check("state", CustomerReturnState, "customer_return_state_known"),
            models.CheckConstraint(
                name="customer_return_ended_at",
                condition=Q(state__in=OPEN, closed_at=None) | (~Q(state__in=OPEN) & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="customer_return_overridden_by_somebody",
                condition=Q(overridden_by=None, override_reason="")
                | Q(overridden_by__isnull=False) & ~Q(override_reason=""),
            ),
        )
        indexes = (models.Index(fields=["state"]),)

    @property
    def is_blind(self) -> bool:
        """Whether it is not matched to an order."""
        return self.order_id is None


class CustomerReturnLineQuerySet(ScopedQuerySet["CustomerReturnLine"]):
    """Lines of the returns a user may see."""

    warehouse_path: ClassVar[str] = "customer_return__warehouse"

    def counting(self) -> CustomerReturnLineQuerySet:
        """Annotates `counts`: what of a line is back or still to come; once closed only what came, cancelled none."""
        return self.exclude(customer_return__state=CustomerReturnState.CANCELLED).annotate(
            counts=models.Case(
                models.When(customer_return__state=CustomerReturnState.CLOSED, then=F("received")),
                default=F("announced") - F("refused"),
            )
        )


class CustomerReturnLine(models.Model):
    """Goods of one lot or serial number: announced, here, and inspected; base units."""

    customer_return = models.ForeignKey(CustomerReturn, models.PROTECT, related_name="lines")
    line = models.PositiveIntegerField()
    order_line = models.ForeignKey(SalesOrderLine, models.PROTECT, null=True, related_name="return_lines")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="return_lines")
    serial = models.ForeignKey(SerialNumber, models.PROTECT, null=True, related_name="return_lines")
    carton = models.ForeignKey(
        Carton, models.PROTECT, null=True, related_name="return_lines", help_text="The parcel that it went out in"
    )
    condition = models.CharField(
        max_length=8, choices=ReturnCondition.choices, blank=True, help_text="As the customer says"
    )
    policy = models.ForeignKey(ReturnPolicy, models.PROTECT, null=True, related_name="+")
    fee_percent = models.DecimalField(
        max_digits=5, decimal_places=2, default=Decimal(0), help_text="Restocking fee, as the policy was then"
    )
    announced = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    refused = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0), help_text="At the dock, and never taken in"
    )
    received = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0))
    inspected = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0))

    objects: ClassVar[CustomerReturnLineQuerySet] = CustomerReturnLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("customer_return", "line")
        constraints = (
            models.UniqueConstraint(fields=["customer_return", "line"], name="customer_return_line_once"),
            models.UniqueConstraint(
                fields=["customer_return", "order_line", "item", "lot", "serial", "carton"],
                nulls_distinct=False,
                name="customer_return_goods_once",
            ),
            models.CheckConstraint(
                name="customer_return_line_in_order",
                condition=Q(
                    announced__gt=0,
                    inspected__gte=0,
                    inspected__lte=F("received"),
                    refused__gte=0,
                    received__lte=F("announced") - F("refused"),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.customer_return}/{self.line}"

    @property
    def to_come(self) -> Decimal:
        """Announced, and neither here nor refused."""
        return self.announced - self.received - self.refused

    @property
    def to_inspect(self) -> Decimal:
        """Here, and nobody has decided about it."""
        return self.received - self.inspected


class ReturnArrival(models.Model):
    """Some of a line came in at a place, in one posting; inspected bit by bit."""

    line = models.ForeignKey(CustomerReturnLine, models.PROTECT, related_name="arrivals")
    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    inspected = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=Decimal(0))
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    transaction = models.ForeignKey(StockTransaction, models.PROTECT, related_name="+")

    objects: ClassVar[LockingQuerySet[ReturnArrival]] = LockingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="return_arrival_quantities",
                condition=Q(quantity__gt=0, inspected__gte=0, inspected__lte=F("quantity")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id} at {self.location_id}"


class ReturnInspectionQuerySet(ScopedQuerySet["ReturnInspection"]):
    """Decisions about the returns a user may see."""

    warehouse_path: ClassVar[str] = "line__customer_return__warehouse"


class ReturnInspection(models.Model):
    """Somebody looked at so much of a line and decided what becomes of it, in one posting."""

    line = models.ForeignKey(CustomerReturnLine, models.PROTECT, related_name="inspections")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    disposition = models.CharField(max_length=10, choices=Disposition.choices)
    grade = models.CharField(max_length=1, choices=Grade.choices, blank=True)
    note = models.CharField(max_length=200, blank=True)
    evidence = models.CharField(
        max_length=200, blank=True, help_text="What shows that the goods were kept as they must be while away"
    )
    inspected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    inspected_at = models.DateTimeField()
    transaction = models.ForeignKey(StockTransaction, models.PROTECT, related_name="+")
    refurbishment = models.OneToOneField(
        AssemblyOrder,
        models.PROTECT,
        null=True,
        related_name="return_inspection",
        help_text="The order that makes the goods good again",
    )

    objects: ClassVar[ReturnInspectionQuerySet] = ReturnInspectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="return_inspection_quantity_positive", condition=Q(quantity__gt=0)),
            values_check("disposition", Disposition, "return_inspection_disposition_known"),
            models.CheckConstraint(name="return_inspection_grade_known", condition=Q(grade__in=["", *Grade.values])),
        )

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id}: {self.disposition}"


class ReturnRefusal(models.Model):
    """Some of a line was refused at the dock: it never came in, and is the customer's still."""

    line = models.ForeignKey(CustomerReturnLine, models.PROTECT, related_name="refusals")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    reason = models.CharField(max_length=200)
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    refused_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(name="return_refusal_quantity_positive", condition=Q(quantity__gt=0)),)

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id}: {self.reason}"
