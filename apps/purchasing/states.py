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
    AMENDED = "amended", "Changed, waiting for approval"
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
            PurchaseOrderState.AMENDED,
            PurchaseOrderState.CLOSED,
            PurchaseOrderState.CANCELLED,
        },
        PurchaseOrderState.RECEIVING: {PurchaseOrderState.AMENDED, PurchaseOrderState.CLOSED},
        PurchaseOrderState.AMENDED: {
            PurchaseOrderState.AMENDED,
            PurchaseOrderState.APPROVED,
            PurchaseOrderState.RECEIVING,
            PurchaseOrderState.CLOSED,
            PurchaseOrderState.CANCELLED,
        },
        PurchaseOrderState.CLOSED: set(),
        PurchaseOrderState.CANCELLED: set(),
    }
)

RECEIVABLE_ORDER = (PurchaseOrderState.APPROVED, PurchaseOrderState.RECEIVING)
"""Goods may come in against these."""
TO_COME = (*RECEIVABLE_ORDER, PurchaseOrderState.AMENDED)
"""Goods of these are expected: after a change as they were approved before, until it is approved."""
TO_APPROVE = (PurchaseOrderState.SUBMITTED, PurchaseOrderState.AMENDED)


class SendMethod(models.TextChoices):
    """How an order goes to its supplier."""

    EMAIL = "email", "E-mail"
    EDI = "edi", "EDI"
    PORTAL = "portal", "Supplier's portal"
    POST = "post", "Post"
    PHONE = "phone", "Telephone"


class NoticeState(models.TextChoices):
    """Where an announced despatch stands."""

    ANNOUNCED = "announced", "Announced"
    ARRIVED = "arrived", "At the dock"
    RECEIVED = "received", "Received"
    CANCELLED = "cancelled", "Cancelled"


NOTICE_FLOW = Flow(
    {
        NoticeState.ANNOUNCED: {NoticeState.ARRIVED, NoticeState.CANCELLED},
        NoticeState.ARRIVED: {NoticeState.RECEIVED, NoticeState.ANNOUNCED},
        NoticeState.RECEIVED: set(),
        NoticeState.CANCELLED: set(),
    }
)


class ReceiptState(models.TextChoices):
    """Where a receipt stands."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


RECEIPT_FLOW = Flow(
    {
        ReceiptState.OPEN: {ReceiptState.CLOSED, ReceiptState.CANCELLED},
        ReceiptState.CLOSED: set(),
        ReceiptState.CANCELLED: set(),
    }
)


class ParkedState(models.TextChoices):
    """What became of goods that nobody could name."""

    PARKED = "parked", "Parked"
    IDENTIFIED = "identified", "Identified"
    RETURNED = "returned", "Given back"


PARKED_FLOW = Flow(
    {
        ParkedState.PARKED: {ParkedState.IDENTIFIED, ParkedState.RETURNED},
        # When what came in as something else is taken back.
        ParkedState.IDENTIFIED: {ParkedState.PARKED},
        ParkedState.RETURNED: set(),
    }
)
