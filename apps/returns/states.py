"""The lives of returns, what inspection may decide about goods, and on what terms they come back."""

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
    REFURBISH = "refurbish", "To be refurbished"
    SUPPLIER = "supplier", "Back to its supplier"
    DONATE = "donate", "Given away"


class Grade(models.TextChoices):
    """How good goods are that came back, the best first."""

    A = "A", "A: as new"
    B = "B", "B: opened, complete"
    C = "C", "C: used or worn"
    D = "D", "D: defective"


class ReturnCondition(models.TextChoices):
    """In what condition the customer says goods are, the best first."""

    UNOPENED = "unopened", "Unopened"
    OPENED = "opened", "Opened"
    USED = "used", "Used"
    DAMAGED = "damaged", "Damaged"


class Fault(models.TextChoices):
    """Who bears a reason."""

    CUSTOMER = "customer", "Customer"
    OURS = "ours", "Ourselves"
    CARRIER = "carrier", "Carrier"
    SUPPLIER = "supplier", "Supplier"


class ReturnToSupplierState(models.TextChoices):
    """Where a return to a supplier stands."""

    REQUESTED = "requested", "Asked for"
    APPROVED = "approved", "Being picked"
    PICKED = "picked", "Picked"
    SHIPPED = "shipped", "Shipped"
    CREDITED = "credited", "Credited"
    CANCELLED = "cancelled", "Cancelled"


RETURN_TO_SUPPLIER_FLOW = Flow(
    {
        ReturnToSupplierState.REQUESTED: {ReturnToSupplierState.APPROVED, ReturnToSupplierState.CANCELLED},
        ReturnToSupplierState.APPROVED: {ReturnToSupplierState.PICKED, ReturnToSupplierState.CANCELLED},
        ReturnToSupplierState.PICKED: {ReturnToSupplierState.SHIPPED, ReturnToSupplierState.CANCELLED},
        ReturnToSupplierState.SHIPPED: {ReturnToSupplierState.CREDITED},
        ReturnToSupplierState.CREDITED: set(),
        ReturnToSupplierState.CANCELLED: set(),
    }
)


LEFT_FOR_SUPPLIER = (ReturnToSupplierState.SHIPPED, ReturnToSupplierState.CREDITED)
"""The goods are gone."""


class ReturnToSupplierCause(models.TextChoices):
    """Why goods go back to their supplier."""

    REJECTION = "rejection", "Rejected by inspection"
    RECALL = "recall", "Recalled"
    OVERSTOCK = "overstock", "Too much in stock"
    CUSTOMER = "customer", "Sent back by a customer"


class ClaimKind(models.TextChoices):
    """What was wrong with goods that the customer keeps, or never got."""

    ITEM = "item", "Wrong item"
    QUANTITY = "quantity", "Wrong quantity"
    DAMAGE = "damage", "Damaged"
    DOCUMENTS = "documents", "Documents"


class ClaimState(models.TextChoices):
    """Where a claim stands."""

    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"


CUSTOMER_CLAIM_FLOW = Flow(
    {
        ClaimState.OPEN: {ClaimState.ACCEPTED, ClaimState.REJECTED},
        ClaimState.ACCEPTED: set(),
        ClaimState.REJECTED: set(),
    }
)


class RateBy(models.TextChoices):
    """By what return rates are told apart."""

    REASON = "reason", "Reason"
    ITEM = "item", "Item"
    SUPPLIER = "supplier", "Supplier"
