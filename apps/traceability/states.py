"""The life of a recall case."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class RecallState(models.TextChoices):
    """Where a recall stands."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


RECALL_FLOW = Flow({RecallState.OPEN: {RecallState.CLOSED}, RecallState.CLOSED: set()})
