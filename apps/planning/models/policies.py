"""How much of an item a site keeps, and what ordering and keeping costs."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, cast

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from simple_history.models import HistoricalRecords

from apps.catalog.models import Category, Item, Party
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.ledger.models import StockBalance
from apps.locations.models import Warehouse
from apps.planning.states import (
    DemandModel,
    PolicyMethod,
    ServiceKind,
)
from apps.purchasing.models import PurchaseOrderLine
from apps.purchasing.states import PurchaseOrderState
from apps.supply.models import ExpectedReceipt, Promise

QUANTITY: DecimalField[Any, Any] = DecimalField(max_digits=DIGITS, decimal_places=PLACES)
WAITING = (PurchaseOrderState.DRAFT, PurchaseOrderState.SUBMITTED)
"""Purchase orders that were raised and are not expected yet."""


class StockingPolicyQuerySet(ScopedQuerySet["StockingPolicy"]):
    """Stocking policies beside what there is; each method is one statement, however many there are."""

    def with_available(self, at: datetime) -> StockingPolicyQuerySet:
        """Annotates `available`: free at pickable bins, not held nor expired, less what is promised and not allocated.

        These are the available and the open promises of the stock position, but for goods of others: no order of ours
        is filled from them.
        """
        free = _summed(StockBalance.objects.available(at).filter(owner=None), F("on_hand") - F("reserved"))
        promised = _summed(Promise.objects.open(), F("quantity") - F("allocated"))
        return self.annotate(available=free - promised)

    def with_position(self, at: datetime) -> StockingPolicyQuerySet:
        """Annotates `available`, `inbound` (expected), `raised` (on orders not approved) and `position`, their sum."""
        expected = _summed(ExpectedReceipt.objects.open(), F("quantity") - F("received"))
        lines = PurchaseOrderLine.objects.filter(order__state__in=WAITING)
        raised = _summed(lines, F("quantity"), site="order__warehouse")
        return (
            self.with_available(at)
            .annotate(inbound=expected, raised=raised)
            .annotate(position=F("available") + F("inbound") + F("raised"))
        )

    def low(self, at: datetime) -> StockingPolicyQuerySet:
        """In force, and less is available than the minimum."""
        rows: Any = self.with_available(at)
        return cast("StockingPolicyQuerySet", rows.filter(is_active=True, available__lt=F("minimum")))

    def to_reorder(self, at: datetime) -> StockingPolicyQuerySet:
        """In force, and even with all that is on order no more than the minimum."""
        rows: Any = self.with_position(at)
        return cast("StockingPolicyQuerySet", rows.filter(is_active=True, position__lte=F("minimum")))


def _summed(rows: QuerySet[Any], amount: Any, *, site: str = "warehouse") -> Coalesce:
    """The sum over the rows of the policy's item at the policy's site; nought when there are none."""
    mine = rows.filter(**{site: OuterRef("warehouse"), "item": OuterRef("item")})
    total = mine.order_by().values("item").annotate(total=Sum(amount)).values("total")
    return Coalesce(Subquery(total), Value(0), output_field=QUANTITY)


class StockingPolicy(models.Model):
    """How much of an item a warehouse keeps: at the minimum it is reordered, up to the target."""

    warehouse = models.ForeignKey(Warehouse, models.CASCADE, related_name="stocking_policies")
    item = models.ForeignKey(Item, models.CASCADE, related_name="stocking_policies")
    minimum = models.DecimalField(
        max_digits=DIGITS,
        decimal_places=PLACES,
        validators=[MinValueValidator(0)],
        help_text="Reorder point, base units: at or below it more is ordered",
    )
    target = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, help_text="Base units: so much is ordered up to"
    )
    supplier = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"is_supplier": True},
        help_text="Empty: whoever is cheapest",
    )
    is_active = models.BooleanField(default=True)
    method = models.CharField(
        max_length=7,
        choices=PolicyMethod.choices,
        default=PolicyMethod.HAND,
        help_text="From a service level: minimum and target are reckoned each morning from forecast and lead time",
    )
    service_percent = models.DecimalField(
        "service level, %",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(50), MaxValueValidator(Decimal("99.99"))],
        help_text="50 to 99.99; needed where figures come from a service level",
    )
    service_kind = models.CharField(
        "service is of", max_length=5, choices=ServiceKind.choices, default=ServiceKind.CYCLE
    )
    demand_model = models.CharField("distribution", max_length=9, choices=DemandModel.choices, default=DemandModel.AUTO)
    review_days = models.PositiveSmallIntegerField(
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text="Days from one look at the stock to the next: stock lasts for them and the lead time",
    )
    reckoned_on = models.DateField(null=True, editable=False, help_text="By the calendar of the warehouse")
    reasons = models.JSONField(default=list, editable=False, help_text="Why these figures: each a rule and a sentence")

    objects: ClassVar[StockingPolicyQuerySet] = StockingPolicyQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "stocking policies"
        ordering = ("warehouse", "item")
        constraints = (
            models.UniqueConstraint(fields=["warehouse", "item"], name="stocking_policy_once"),
            models.CheckConstraint(
                name="stocking_policy_band",
                condition=Q(minimum__gte=0, target__gt=F("minimum")),
                violation_error_message="The target is above the minimum, and the minimum not below nothing.",
            ),
            values_check("method", PolicyMethod, "stocking_policy_method_known"),
            values_check("service_kind", ServiceKind, "stocking_policy_service_kind_known"),
            values_check("demand_model", DemandModel, "stocking_policy_demand_model_known"),
            models.CheckConstraint(
                name="stocking_policy_service_level",
                condition=~Q(method=PolicyMethod.SERVICE) | Q(service_percent__isnull=False),
                violation_error_message="A policy from a service level says which one.",
            ),
            models.CheckConstraint(
                name="stocking_policy_service_range",
                condition=Q(service_percent=None) | Q(service_percent__gte=50, service_percent__lt=100),
                violation_error_message="A service level is from 50 to 99.99 %.",
            ),
            models.CheckConstraint(
                name="stocking_policy_reviewed",
                condition=Q(review_days__gte=1),
                violation_error_message="Somebody looks again after a day at least.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} at {self.warehouse}"


class OrderingCost(models.Model):
    """What placing and receiving one order with a supplier costs, whatever is on it."""

    supplier = models.OneToOneField(
        Party, models.CASCADE, related_name="ordering_cost", limit_choices_to={"is_supplier": True}
    )
    cost = models.DecimalField(
        max_digits=18,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text="Company currency, an order line: clerk's time, freight that does not grow with it, receiving",
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ("supplier",)
        constraints = (
            models.CheckConstraint(
                name="ordering_cost_positive",
                condition=Q(cost__gt=0),
                violation_error_message="An order costs something.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.supplier} {self.cost}"


class HoldingRate(models.Model):
    """What it costs to keep goods of a category for a year, as a share of their value."""

    category = models.ForeignKey(
        Category,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: of all that have none of their own",
    )
    percent = models.DecimalField(
        "% a year",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text="Capital, space, insurance, and what spoils or goes out of use",
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ("category",)
        constraints = (
            models.UniqueConstraint(
                fields=["category"],
                nulls_distinct=False,
                name="holding_rate_once",
                violation_error_message="There is a rate for these already.",
            ),
            models.CheckConstraint(
                name="holding_rate_positive",
                condition=Q(percent__gt=0),
                violation_error_message="Keeping goods costs something.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.category or 'all others'} {self.percent} %"
