"""Recall cases and the lots in them."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from apps.catalog.models import Party
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.querysets import SharedQuerySet, values_check
from apps.ledger.models import Hold, Lot
from apps.traceability.states import (
    RECALL_FLOW,
    EffectivenessLevel,
    LotOrigin,
    RecallClass,
    RecallDepth,
    RecallSource,
    RecallState,
)

RECALL_NUMBERS = Series("RC")


class RecallCaseQuerySet(SharedQuerySet["RecallCase"]):
    """Recall cases: a lot is the same in every warehouse, so the case is too."""

    def open(self) -> RecallCaseQuerySet:
        """Still being worked on."""
        return self.exclude(state=RecallState.CLOSED)


class RecallCase(Document):
    """Somebody said that lots are bad: they are held at once, and traced to every place, order and customer."""

    flow = RECALL_FLOW

    state = models.CharField(max_length=10, choices=RecallState.choices, default=RecallState.OPEN)
    reason = models.CharField(max_length=200)
    reported_by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=10, choices=RecallSource.choices, default=RecallSource.OURS)
    recall_class = models.CharField(max_length=3, choices=RecallClass.choices, blank=True)
    depth = models.CharField(max_length=10, choices=RecallDepth.choices, default=RecallDepth.RETAIL)
    regulator_reference = models.CharField(max_length=60, blank=True)
    strategy = models.TextField(blank=True, max_length=2000, help_text="How it is carried out, for the file")
    instructions = models.TextField(blank=True, max_length=2000, help_text="What consignees are to do, for the letter")
    done_by = models.DateField(null=True, blank=True, help_text="When it is expected to be done")
    query = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text="How its lots were asked for")
    lots = models.ManyToManyField(Lot, related_name="recalls", through="RecalledLot")
    holds = models.ManyToManyField(Hold, related_name="recalls")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    effectiveness_level = models.CharField(max_length=1, choices=EffectivenessLevel.choices, blank=True)
    effectiveness_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    sample_seed = models.CharField(max_length=64, blank=True, help_text="Draws the same sample again")
    sampled_at = models.DateTimeField(null=True)

    closure_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closure_asked_at = models.DateTimeField(null=True)
    closure_note = models.CharField(max_length=200, blank=True)
    frees_stock = models.BooleanField(default=False, help_text="Closing ends its holds; else what is here stays held")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[RecallCaseQuerySet] = RecallCaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            values_check("state", RecallState, "recall_state_known"),
            models.CheckConstraint(
                name="recall_closed_by_another",
                condition=Q(closed_by=None) | ~Q(closed_by=models.F("closure_asked_by")),
                violation_error_message="Another than who asked for the closure approves it.",
            ),
            models.CheckConstraint(
                name="recall_percent_in_range",
                condition=Q(effectiveness_percent=None)
                | Q(effectiveness_percent__gt=Decimal(10), effectiveness_percent__lt=Decimal(100)),
            ),
        )


class RecalledLot(models.Model):
    """A lot in a case, and how it came in: named, or made (perhaps) from one that was."""

    case = models.ForeignKey(RecallCase, models.PROTECT, db_column="recallcase_id", related_name="recalled")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="recalled")
    origin = models.CharField(max_length=8, choices=LotOrigin.choices, default=LotOrigin.NAMED)

    objects = SharedQuerySet.as_manager()

    class Meta:
        db_table = "traceability_recallcase_lots"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["case", "lot"], name="recalled_lot_once"),
            values_check("origin", LotOrigin, "recalled_lot_origin_known"),
        )

    def __str__(self) -> str:
        return f"{self.lot} ({self.get_origin_display()})"
