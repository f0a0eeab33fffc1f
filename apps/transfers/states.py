"""The life of a transfer, and what may become of goods that never came as they left."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class TransferState(models.TextChoices):
    """What has been decided about a transfer; where its goods are is derived from orders, shipments and the ledger."""

    DRAFT = "draft", "Draft"
    REQUESTED = "requested", "Requested"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


TRANSFER_FLOW = Flow(
    {
        TransferState.DRAFT: {TransferState.REQUESTED, TransferState.CANCELLED},
        TransferState.REQUESTED: {TransferState.APPROVED, TransferState.REJECTED, TransferState.CANCELLED},
        TransferState.APPROVED: {TransferState.CLOSED, TransferState.CANCELLED},
        TransferState.REJECTED: set(),
        TransferState.CLOSED: set(),
        TransferState.CANCELLED: set(),
    }
)


class TransferStage(models.TextChoices):
    """Where a transfer stands: its state, and of an approved one where its goods are."""

    DRAFT = "draft", "Draft"
    REQUESTED = "requested", "Requested"
    REJECTED = "rejected", "Rejected"
    APPROVED = "approved", "Approved"
    PICKING = "picking", "Being picked and packed"
    IN_TRANSIT = "in_transit", "In transit"
    PART_RECEIVED = "part_received", "Partly received"
    RECEIVED = "received", "Received, more to be sent"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


class TransitOutcome(models.TextChoices):
    """What became of goods that are no longer waited for."""

    LOST = "lost", "Lost on the road"
    DAMAGED = "damaged", "Damaged on the road and scrapped"
    LEFT_BEHIND = "left_behind", "Never left: the sender counts it in"
    FOUND = "found", "Found here after all"
