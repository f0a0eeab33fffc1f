"""Up to which value who may bind the company."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from apps.accounts.roles import Role

DECIDERS = (Role.BUYER, Role.INVENTORY_MANAGER, Role.SUPERVISOR, Role.ADMIN)
"""Who may bind the company to a supplier, and release it."""


class ApprovalLimit(models.Model):
    """A role approves purchase orders up to a value in the company's currency.

    While there is any limit, a role without one approves nothing; while there is none at all, nobody is limited.
    """

    role = models.CharField(max_length=20, unique=True, choices=[(role.value, role.label) for role in DECIDERS])
    most = models.DecimalField(
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text="In the company's currency; empty: any value",
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ("most", "role")
        constraints = (
            models.CheckConstraint(
                name="approval_limit_of_who_decides", condition=models.Q(role__in=[role.value for role in DECIDERS])
            ),
            models.CheckConstraint(
                name="approval_limit_not_negative", condition=models.Q(most=None) | models.Q(most__gte=0)
            ),
        )

    def __str__(self) -> str:
        return f"approval limit {self.get_role_display().lower()}"

    def covers(self, value: Decimal) -> bool:
        """Whether an order of this value may be approved under it."""
        return self.most is None or value <= self.most
