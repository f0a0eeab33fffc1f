"""What items are worth and what will be asked for, as it was reckoned once a week."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import DecimalField, Exists, OuterRef, Q

from apps.catalog.models import Item
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.choices import Velocity
from apps.locations.models import Warehouse
from apps.planning.states import (
    Steadiness,
)

QUANTITY: DecimalField[Any, Any] = DecimalField(max_digits=DIGITS, decimal_places=PLACES)


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
