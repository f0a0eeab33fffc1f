"""The life of a purchase order and of a receipt."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class PurchaseOrderState(models.TextChoices):
    """Where a purchase order stands."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for approval"
    APPROVED = "approved", "Approved"
    RECEIVING = "receiving", "Partly received"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


PURCHASE_ORDER_FLOW = Flow(
    {
        PurchaseOrderState.DRAFT: {PurchaseOrderState.SUBMITTED, PurchaseOrderState.CANCELLED},
        PurchaseOrderState.SUBMITTED: {
            PurchaseOrderState.APPROVED,
            PurchaseOrderState.DRAFT,
            PurchaseOrderState.CANCELLED,
        },
        PurchaseOrderState.APPROVED: {
            PurchaseOrderState.RECEIVING,
            PurchaseOrderState.CLOSED,
            PurchaseOrderState.CANCELLED,
        },
        PurchaseOrderState.RECEIVING: {PurchaseOrderState.CLOSED},
        PurchaseOrderState.CLOSED: set(),
        PurchaseOrderState.CANCELLED: set(),
    }
)


class ReceiptState(models.TextChoices):
    """Where a receipt stands."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


RECEIPT_FLOW = Flow({ReceiptState.OPEN: {ReceiptState.CLOSED}, ReceiptState.CLOSED: set()})
