"""The life of a customer return, and what inspection may decide about goods."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class CustomerReturnState(models.TextChoices):
    """Where a customer return stands; how far each line is, its quantities say."""

    ANNOUNCED = "announced", "Announced"
    RECEIVED = "received", "Being inspected"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


OPEN = (CustomerReturnState.ANNOUNCED, CustomerReturnState.RECEIVED)
"""Goods may still come in."""

CUSTOMER_RETURN_FLOW = Flow(
    {
        CustomerReturnState.ANNOUNCED: {CustomerReturnState.RECEIVED, CustomerReturnState.CANCELLED},
        # Back to announced when what was taken in by mistake is undone and nothing else is here.
        CustomerReturnState.RECEIVED: {CustomerReturnState.CLOSED, CustomerReturnState.ANNOUNCED},
        CustomerReturnState.CLOSED: set(),
        CustomerReturnState.CANCELLED: set(),
    }
)


class Disposition(models.TextChoices):
    """What becomes of goods that came back."""

    RESTOCK = "restock", "Good: back into stock"
    DAMAGED = "damaged", "Damaged: kept apart"
    QUARANTINE = "quarantine", "Doubtful: quarantine"
    SCRAP = "scrap", "Scrap"
