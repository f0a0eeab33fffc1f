"""Landed costs: what was paid besides the price of goods, so that they are here."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.catalog.models import Party
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.ledger.models import StockMove
from apps.locations.models import Warehouse
from apps.valuation.models.said import CENTS, CURRENCY
from apps.valuation.states import LANDED_COST_FLOW, Basis, LandedCostState, LandedKind

LANDED_COST_NUMBERS = Series("LC")


class LandedCostQuerySet(ScopedQuerySet["LandedCost"]):
    """Landed costs of the warehouses a user works in."""


class LandedCost(Document):
    """A supplier's invoice for freight, duty or the like, spread over the goods of some receipts."""

    flow = LANDED_COST_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Party, models.PROTECT, related_name="+", help_text="Who sent the invoice")
    invoice = models.CharField(max_length=40, help_text="The supplier's number")
    invoiced_on = models.DateField()
    kind = models.CharField(max_length=9, choices=LandedKind.choices)
    basis = models.CharField(max_length=8, choices=Basis.choices)
    state = models.CharField(max_length=9, choices=LandedCostState.choices, default=LandedCostState.POSTED)
    currency = models.CharField(max_length=3, validators=[CURRENCY])
    exchange_rate = models.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, help_text="Company currency for one of it"
    )
    invoiced = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS, help_text="In its currency")
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS, help_text="In company currency")
    note = models.CharField(max_length=200, blank=True)
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was cancelled")

    objects: ClassVar[LandedCostQuerySet] = LandedCostQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "landed cost"
        constraints = (
            values_check("kind", LandedKind, "landed_cost_kind_known"),
            values_check("basis", Basis, "landed_cost_basis_known"),
            values_check("state", LandedCostState, "landed_cost_state_known"),
            models.UniqueConstraint(
                fields=["supplier", "invoice", "kind"],
                condition=Q(state=LandedCostState.POSTED),
                name="landed_cost_invoice_once",
            ),
            models.CheckConstraint(
                name="landed_cost_positive", condition=Q(amount__gt=0, invoiced__gt=0, exchange_rate__gt=0)
            ),
        )


class LandedCostLine(models.Model):
    """What falls to the goods of one move."""

    landed_cost = models.ForeignKey(LandedCost, models.CASCADE, related_name="lines")
    move = models.ForeignKey(StockMove, models.PROTECT, related_name="+")
    weight = models.DecimalField(max_digits=24, decimal_places=6, help_text="By the basis")
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["landed_cost", "move"], name="landed_cost_line_once"),)

    def __str__(self) -> str:
        return f"{self.landed_cost} {self.amount}"
