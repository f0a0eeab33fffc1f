"""Reorders that follow from stocking policies."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.catalog.models import Item, Party
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.quantities import DIGITS, PLACES
from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.models import Warehouse
from apps.planning.states import (
    PROPOSAL_FLOW,
    ProposalState,
)
from apps.purchasing.models import PurchaseOrder

PROPOSAL_NUMBERS = Series("RP")


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
