"""Stocking policies, and the reorders that follow from them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, cast

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from simple_history.models import HistoricalRecords

from apps.catalog.models import Item, Party
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.ledger.models import StockBalance
from apps.locations.choices import Velocity
from apps.locations.models import Warehouse
from apps.planning.states import PROPOSAL_FLOW, ProposalState, Steadiness
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine
from apps.purchasing.states import PurchaseOrderState
from apps.supply.models import ExpectedReceipt, Promise

PROPOSAL_NUMBERS = Series("RP")
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
        )

    def __str__(self) -> str:
        return f"{self.item} at {self.warehouse}"


class ReorderProposalQuerySet(ScopedQuerySet["ReorderProposal"]):
    """Reorder proposals of the warehouses a user works in."""

    def open(self) -> ReorderProposalQuerySet:
        """Waiting for a buyer."""
        return self.filter(state=ProposalState.PROPOSED)


class ReorderProposal(Document):
    """An item runs short at a warehouse: so much should be ordered of whom, with the figures that say so.

    The figures are those of the moment when it was proposed. One waits at a time for each item and warehouse.
    """

    flow = PROPOSAL_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="reorder_proposals")
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    available = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    inbound = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="Expected and not received")
    raised = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="On orders not yet approved")
    minimum = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    target = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="Base units to order")
    supplier = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    price = models.DecimalField(
        max_digits=18, decimal_places=6, null=True, help_text="Supplier's currency, a base unit"
    )
    due_on = models.DateField(help_text="When it would come if it were ordered on the day of the proposal")
    reasons = models.JSONField(default=list, help_text="Why so much and from them: each a rule and a sentence")
    proposed_on = models.DateField(help_text="By the calendar of the warehouse")
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was dismissed or withdrawn")
    order = models.ForeignKey(PurchaseOrder, models.PROTECT, null=True, related_name="reorder_proposals")

    objects: ClassVar[ReorderProposalQuerySet] = ReorderProposalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "reorder proposal"
        constraints = (
            values_check("state", ProposalState, "reorder_proposal_state_known"),
            models.UniqueConstraint(
                fields=["warehouse", "item"],
                condition=Q(state=ProposalState.PROPOSED),
                name="reorder_proposal_one_open",
            ),
            models.CheckConstraint(name="reorder_proposal_quantity", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="reorder_proposal_ordered_by_an_order",
                condition=Q(state=ProposalState.ORDERED, order__isnull=False, supplier__isnull=False)
                | (~Q(state=ProposalState.ORDERED) & Q(order=None)),
            ),
            models.CheckConstraint(
                name="reorder_proposal_decided",
                condition=Q(state=ProposalState.PROPOSED, decided_on=None, decided_by=None)
                | (~Q(state=ProposalState.PROPOSED) & Q(decided_on__isnull=False, decided_by__isnull=False)),
            ),
        )


class ItemClassQuerySet(ScopedQuerySet["ItemClass"]):
    """Classes of items in the warehouses a user works in."""


class ItemClass(models.Model):
    """How much an item matters at a site by what customers ordered of it, and how steady that is; rated once a week."""

    warehouse = models.ForeignKey(Warehouse, models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, related_name="classes")
    by_value = models.CharField("by value", max_length=1, choices=Velocity.choices)
    by_lines = models.CharField("by lines", max_length=1, choices=Velocity.choices)
    steadiness = models.CharField(
        max_length=1, choices=Steadiness.choices, blank=True, help_text="Empty: not evaluable, no demand"
    )
    variation = models.DecimalField(
        max_digits=10, decimal_places=4, null=True, help_text="Standard deviation over mean of the demand by week"
    )
    value = models.DecimalField(max_digits=38, decimal_places=2, help_text="Ordered, company currency")
    lines = models.PositiveIntegerField(help_text="Order lines")
    units = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="Ordered, base units")
    weeks = models.PositiveSmallIntegerField(help_text="Whole weeks that were looked at")
    since = models.DateField(help_text="The first day of the first of them")
    rated_at = models.DateTimeField()

    objects: ClassVar[ItemClassQuerySet] = ItemClassQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("warehouse", "-value", "id")
        verbose_name_plural = "item classes"
        constraints = (
            models.UniqueConstraint(fields=["warehouse", "item"], name="item_class_once_a_warehouse"),
            values_check("by_value", Velocity, "item_class_value_known"),
            values_check("by_lines", Velocity, "item_class_lines_known"),
            models.CheckConstraint(
                name="item_class_steady_or_not_evaluable",
                condition=Q(steadiness="", variation=None)
                | Q(steadiness__in=Steadiness.values, variation__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} {self.by_value}{self.steadiness}"


class ItemForecastQuerySet(ScopedQuerySet["ItemForecast"]):
    """Forecasts of the warehouses a user works in."""

    def newest(self) -> ItemForecastQuerySet:
        """Of each item at each site the last that was made."""
        newer = ItemForecast.objects.filter(
            warehouse=OuterRef("warehouse"), item=OuterRef("item"), made_on__gt=OuterRef("made_on")
        )
        return self.filter(~Exists(newer))


class ItemForecast(models.Model):
    """What will probably be asked for of an item at a site, by week; made once a week, and kept to be judged by."""

    warehouse = models.ForeignKey(Warehouse, models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, related_name="forecasts")
    made_on = models.DateField(help_text="The first day of the first week that it tells")
    made_at = models.DateTimeField()
    method = models.CharField(max_length=30, help_text="What the backtest chose")
    expected = ArrayField(QUANTITY, help_text="Base units by week, the first first")
    low = ArrayField(QUANTITY, help_text="Less is asked for in one week of twenty")
    high = ArrayField(QUANTITY, help_text="More is asked for in one week of twenty")
    rmsse = models.DecimalField(max_digits=10, decimal_places=4, null=True, help_text="Of the backtest; empty: n/a")
    bias = models.DecimalField(max_digits=10, decimal_places=4, null=True, help_text="Of the backtest; empty: n/a")
    weeks = models.PositiveSmallIntegerField(help_text="Weeks of demand that it was made from")
    because = models.CharField(max_length=300)

    objects: ClassVar[ItemForecastQuerySet] = ItemForecastQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-made_on", "warehouse", "id")
        constraints = (
            models.UniqueConstraint(fields=["warehouse", "item", "made_on"], name="item_forecast_once_a_week"),
        )

    def __str__(self) -> str:
        return f"{self.item} from {self.made_on}"
