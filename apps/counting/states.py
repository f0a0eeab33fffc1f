"""The life of a cycle count."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class CountState(models.TextChoices):
    """Where a count stands."""

    OPEN = "open", "Open"
    COUNTED = "counted", "Waits for approval"
    RECOUNT = "recount", "To be counted again"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    CANCELLED = "cancelled", "Cancelled"


UNDER_WAY = (CountState.OPEN, CountState.COUNTED, CountState.RECOUNT)

CYCLE_COUNT_FLOW = Flow(
    {
        CountState.OPEN: {CountState.COUNTED, CountState.CANCELLED},
        CountState.COUNTED: {
            CountState.RECOUNT,
            CountState.APPROVED,
            CountState.REJECTED,
            CountState.CANCELLED,
        },
        CountState.RECOUNT: {CountState.COUNTED, CountState.CANCELLED},
        CountState.APPROVED: set(),
        CountState.REJECTED: set(),
        CountState.CANCELLED: set(),
    }
)
