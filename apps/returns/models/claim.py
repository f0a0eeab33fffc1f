"""What customers complain about without sending anything back."""

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
from apps.locations.models import Warehouse
from apps.orders.models import SalesOrderLine
from apps.returns.states import CUSTOMER_CLAIM_FLOW, ClaimKind, ClaimState
from apps.shipping.models import Carton

CUSTOMER_CLAIM_NUMBERS = Series("CM")


class CustomerClaimQuerySet(ScopedQuerySet["CustomerClaim"]):
    """Claims against the warehouses a user works in."""

    def counting(self) -> CustomerClaimQuerySet:
        """Those that tell against us: not rejected."""
        return self.exclude(state=ClaimState.REJECTED)


class CustomerClaim(Document):
    """A customer says what was wrong with a line that was shipped; who picked and packed it is derived."""

    flow = CUSTOMER_CLAIM_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+", help_text="Which shipped the line")
    order_line = models.ForeignKey(SalesOrderLine, models.PROTECT, related_name="claims")
    customer = models.ForeignKey(Party, models.PROTECT, related_name="customer_claims")
    carton = models.ForeignKey(Carton, models.PROTECT, null=True, related_name="claims", help_text="Where it is known")
    kind = models.CharField(max_length=10, choices=ClaimKind.choices)
    state = models.CharField(max_length=8, choices=ClaimState.choices, default=ClaimState.OPEN)
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, help_text="Base units that are affected")
    note = models.CharField(max_length=200, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    credit = models.DecimalField(max_digits=18, decimal_places=2, null=True, help_text="What the customer gets for it")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=200, blank=True)

    objects: ClassVar[CustomerClaimQuerySet] = CustomerClaimQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        verbose_name = "customer claim"
        constraints = (
            values_check("kind", ClaimKind, "customer_claim_kind_known"),
            values_check("state", ClaimState, "customer_claim_state_known"),
            models.CheckConstraint(name="customer_claim_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="customer_claim_decided_by_somebody",
                condition=Q(state=ClaimState.OPEN, decided_by=None, decided_at=None)
                | ~Q(state=ClaimState.OPEN) & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        )
        indexes = (models.Index(fields=["state"]),)
