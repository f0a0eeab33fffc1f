"""Who may decide what about a count, and what needs no decision."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from apps.accounts.roles import Role
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, SharedQuerySet, values_check
from apps.locations.choices import Velocity
from apps.locations.models import Warehouse

NOT_NEGATIVE = [MinValueValidator(0)]


class CountToleranceQuerySet(ScopedQuerySet["CountTolerance"]):
    """Tolerances of the warehouses a user works in."""


class CountTolerance(models.Model):
    """A variance of goods of a class is posted by this rule when it is within both limits; beyond, another recounts."""

    warehouse = models.ForeignKey(Warehouse, models.CASCADE, related_name="+")
    abc_class = models.CharField(
        "class", max_length=1, choices=Velocity.choices, blank=True, help_text="Of the item here; empty: any other"
    )
    percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[*NOT_NEGATIVE, MaxValueValidator(100)],
        help_text="Of what the book has; 0: none",
    )
    value = models.DecimalField(
        max_digits=DIGITS,
        decimal_places=PLACES,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
        help_text="At cost, in the company's currency; empty: whatever it is worth",
    )

    objects: ClassVar[CountToleranceQuerySet] = CountToleranceQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse", "abc_class")
        constraints = (
            models.UniqueConstraint(fields=["warehouse", "abc_class"], name="count_tolerance_once_a_class"),
            models.CheckConstraint(
                name="count_tolerance_is_a_share",
                condition=Q(percent__gte=0, percent__lte=100) & (Q(value=None) | Q(value__gte=0)),
            ),
            models.CheckConstraint(
                name="count_tolerance_class_known", condition=Q(abc_class__in=["", *Velocity.values])
            ),
        )

    def __str__(self) -> str:
        return f"{self.warehouse} {self.abc_class or 'any'}"


class ApprovalTier(models.Model):
    """Up to where people of a role may approve counts; where there is no tier at all, whoever may decide may."""

    role = models.CharField(max_length=20, unique=True, choices=Role.choices)
    most_value = models.DecimalField(
        max_digits=DIGITS,
        decimal_places=PLACES,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
        help_text="Of one count, at cost; empty: any",
    )
    most_quantity = models.DecimalField(
        max_digits=DIGITS,
        decimal_places=PLACES,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
        help_text="Of one count; empty: any",
    )
    most_in_30_days = models.DecimalField(
        max_digits=DIGITS,
        decimal_places=PLACES,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
        help_text="Of all that a person approved in 30 days, this one too; empty: any",
    )

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("role",)
        constraints = (values_check("role", Role, "approval_tier_role_known"),)

    def __str__(self) -> str:
        return self.role
