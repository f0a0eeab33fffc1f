"""Recall cases."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from apps.catalog.models import Party
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.querysets import SharedQuerySet, values_check
from apps.ledger.models import Hold, Lot
from apps.traceability.states import RECALL_FLOW, RecallState

RECALL_NUMBERS = Series("RC")


class RecallCaseQuerySet(SharedQuerySet["RecallCase"]):
    """Recall cases: a lot is the same in every warehouse, so the case is too."""

    def open(self) -> RecallCaseQuerySet:
        """Still being worked on."""
        return self.filter(state=RecallState.OPEN)


class RecallCase(Document):
    """Somebody said that lots are bad: they are held at once, and traced to every place, order and customer."""

    flow = RECALL_FLOW

    state = models.CharField(max_length=10, choices=RecallState.choices, default=RecallState.OPEN)
    reason = models.CharField(max_length=200)
    reported_by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    lots = models.ManyToManyField(Lot, related_name="recalls")
    holds = models.ManyToManyField(Hold, related_name="recalls")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[RecallCaseQuerySet] = RecallCaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (values_check("state", RecallState, "recall_state_known"),)
