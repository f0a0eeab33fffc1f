"""Rules by which an order finds its site."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from apps.catalog.models import Party
from apps.core.querysets import SharedQuerySet, values_check
from apps.locations.models import Warehouse
from apps.orders.models.order import Channel

PER_CENT = (MinValueValidator(0), MaxValueValidator(100))


class SplitPolicy(models.TextChoices):
    """Whether several sites may serve one order."""

    NEVER = "never", "Never"
    IF_NEEDED = "if_needed", "If no site has all of it"
    IF_CHEAPER = "if_cheaper", "If parts cost less"


class RoutingRule(models.Model):
    """What counts how much when a site is chosen, for a channel, a customer or all; the lowest rank that fits holds."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    rank = models.PositiveSmallIntegerField(default=100, help_text="Lower is asked first")
    channel = models.ForeignKey(
        Channel, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: any"
    )
    customer = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: any")
    sites = models.ManyToManyField(Warehouse, blank=True, related_name="+", help_text="None: every site in use")
    stock = models.PositiveSmallIntegerField(default=60, validators=PER_CENT, help_text="Weight of having all of it")
    distance = models.PositiveSmallIntegerField(default=20, validators=PER_CENT, help_text="Weight of being near")
    cost = models.PositiveSmallIntegerField(default=10, validators=PER_CENT, help_text="Weight of being cheap")
    load = models.PositiveSmallIntegerField(default=10, validators=PER_CENT, help_text="Weight of being idle")
    split = models.CharField(max_length=10, choices=SplitPolicy.choices, default=SplitPolicy.NEVER)
    most_parts = models.PositiveSmallIntegerField(default=2, validators=[MinValueValidator(1), MaxValueValidator(9)])
    parcel_cost = models.DecimalField(
        max_digits=12, decimal_places=2, default=Decimal(0), validators=[MinValueValidator(0)]
    )
    km_cost = models.DecimalField(
        max_digits=12, decimal_places=4, default=Decimal(0), validators=[MinValueValidator(0)], help_text="A kilometre"
    )
    is_active = models.BooleanField(default=True)

    objects: ClassVar[SharedQuerySet[RoutingRule]] = SharedQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("rank", "code")
        verbose_name = "routing rule"
        constraints = (
            values_check("split", SplitPolicy, "routing_rule_split_known"),
            models.CheckConstraint(
                name="routing_rule_figures",
                condition=Q(stock__lte=100, distance__lte=100, cost__lte=100, load__lte=100)
                & Q(parcel_cost__gte=0, km_cost__gte=0, most_parts__gte=1, most_parts__lte=9),
                violation_error_message="Weights are from 0 to 100, parts from 1 to 9, costs not negative.",
            ),
        )

    def __str__(self) -> str:
        return self.code
