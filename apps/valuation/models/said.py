"""What people say about costs: the rules by which goods are valued, and events that the book applies in order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Category, Item
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import SharedQuerySet, values_check
from apps.ledger.models import StockMove, StockTransaction
from apps.valuation.states import AccountUse, CostMethod, EventKind

CENTS = 2
"""Decimals of a value: the cent of the company's currency."""
CURRENCY = RegexValidator(r"^[A-Z]{3}$", "A currency is three capital letters.")


class CostRule(models.Model):
    """How items of a category are valued, and what it costs to hold them; without a category, all others.

    An item keeps the method with which its first goods came in until somebody changes it for that item.
    """

    category = models.OneToOneField(
        Category, models.CASCADE, null=True, blank=True, related_name="+", help_text="Empty: all without a rule"
    )
    method = models.CharField(max_length=8, choices=CostMethod.choices, default=CostMethod.FIFO)
    holding_percent = models.DecimalField(
        max_digits=6,
        decimal_places=2,
        default=Decimal(20),
        validators=[MinValueValidator(0), MaxValueValidator(1000)],
        help_text="Of the value a year: capital, space, insurance, loss",
    )

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("category",)
        constraints = (
            values_check("method", CostMethod, "cost_rule_method_known"),
            models.UniqueConstraint(fields=["category"], nulls_distinct=False, name="cost_rule_once_a_category"),
            models.CheckConstraint(
                name="cost_rule_holding_in_range",
                condition=Q(holding_percent__gte=0, holding_percent__lte=1000),
                violation_error_message="Holding costs are from 0 to 1000 percent a year.",
            ),
        )

    def __str__(self) -> str:
        return f"costs of {self.category.code}" if self.category is not None else "costs of all others"


class ExchangeRateQuerySet(SharedQuerySet["ExchangeRate"]):
    """Rates by their day."""

    def on(self, currency: str, day: date) -> ExchangeRate | None:
        """The rate of that day, or the last before it."""
        return self.filter(currency=currency, on__lte=day).order_by("-on").first()


class ExchangeRate(models.Model):
    """What one unit of a foreign currency cost on a day, in the company's currency."""

    currency = models.CharField(max_length=3, validators=[CURRENCY], help_text="ISO 4217")
    on = models.DateField()
    rate = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="Company currency for one of it")

    objects: ClassVar[ExchangeRateQuerySet] = ExchangeRateQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("currency", "-on")
        constraints = (
            models.UniqueConstraint(fields=["currency", "on"], name="exchange_rate_once_a_day"),
            models.CheckConstraint(
                name="exchange_rate_positive",
                condition=Q(rate__gt=0),
                violation_error_message="A rate is more than zero.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.currency} {self.on}"


class Account(models.Model):
    """The accountant's account for what a line of the journal is for."""

    use = models.CharField(max_length=16, choices=AccountUse.choices, unique=True)
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=80)

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("number",)
        constraints = (values_check("use", AccountUse, "account_use_known"),)

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class CostEvent(models.Model):
    """Something was said about costs: it counts after its position in the sealed ledger, or after its own move.

    Events are kept when the book is written anew. That is what makes the new book the same as the old.
    """

    kind = models.CharField(max_length=8, choices=EventKind.choices)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    position = models.BigIntegerField(help_text="What was valued when it was said")
    move = models.ForeignKey(
        StockMove, models.PROTECT, null=True, related_name="+", help_text="The goods that it is about"
    )
    amount = models.DecimalField(
        max_digits=DIGITS, decimal_places=CENTS, null=True, help_text="By which they cost more, or less"
    )
    unit_cost = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    method = models.CharField(max_length=8, choices=CostMethod.choices, blank=True)
    corrects = models.CharField(max_length=12, blank=True, help_text="What kind of entry had no cost")
    document = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Nobody: noted by the book"
    )
    applied = models.BooleanField(default=False, help_text="The book has it")

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            values_check("kind", EventKind, "cost_event_kind_known"),
            models.CheckConstraint(
                name="cost_event_unit_cost_not_negative", condition=Q(unit_cost=None) | Q(unit_cost__gte=0)
            ),
            models.CheckConstraint(
                name="cost_event_about_a_move",
                condition=Q(move=None, amount=None) | Q(move__isnull=False, amount__isnull=False),
            ),
        )
        indexes = (
            models.Index(fields=["position"], name="cost_event_to_come", condition=Q(applied=False)),
            models.Index(fields=["document"], name="cost_event_document"),
            models.Index(fields=["item", "-id"], name="cost_event_item"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.item}"


class SaleOfReturn(models.Model):
    """A return's posting brings back what these postings sold: at the cost with which it left."""

    posting = models.ForeignKey(StockTransaction, models.CASCADE, related_name="+")
    sale = models.ForeignKey(StockTransaction, models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["posting", "sale"], name="sale_of_return_once"),)

    def __str__(self) -> str:
        return f"{self.posting_id} of {self.sale_id}"


class OutputShare(models.Model):
    """Which part of its document's work in progress an output takes; outputs without one share the rest by quantity."""

    move = models.OneToOneField(StockMove, models.CASCADE, related_name="+")
    share = models.DecimalField(max_digits=13, decimal_places=12)

    class Meta:
        constraints = (models.CheckConstraint(name="output_share_is_a_part", condition=Q(share__gte=0, share__lte=1)),)

    def __str__(self) -> str:
        return f"{self.move_id}: {self.share}"
