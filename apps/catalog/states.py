"""The life of a bill of materials."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class BillState(models.TextChoices):
    """Where a version stands. Whether an active one is in force, its dates say."""

    DRAFT = "draft", "Draft"
    ACTIVE = "active", "Active"
    DISCARDED = "discarded", "Discarded"


BILL_OF_MATERIALS_FLOW = Flow(
    {
        BillState.DRAFT: {BillState.ACTIVE, BillState.DISCARDED},
        BillState.ACTIVE: set(),
        BillState.DISCARDED: set(),
    }
)
