"""Losses that somebody looks into: what was done, what was found, and who approved it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.querysets import ScopedQuerySet, values_check
from apps.ledger.models import StockTransaction
from apps.locations.models import Warehouse
from apps.losses.states import LOSS_CASE_FLOW, LossCaseState, LossFinding, LossStepKind

LOSS_CASE_NUMBERS = Series("LO")


class LossCaseQuerySet(ScopedQuerySet["LossCase"]):
    """Cases of the warehouses a user works in."""


class LossCase(Document):
    """Some postings that took goods off the book of one site, looked into together; each is in one case at most."""

    flow = LOSS_CASE_FLOW

    state = models.CharField(max_length=8, choices=LossCaseState.choices, default=LossCaseState.OPEN)
    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, help_text="Why it is looked into")
    postings = models.ManyToManyField(StockTransaction, through="LossCaseLine", related_name="loss_cases")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    finding = models.CharField(max_length=9, choices=LossFinding.choices, blank=True)
    finding_note = models.CharField(max_length=400, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[LossCaseQuerySet] = LossCaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            values_check("state", LossCaseState, "loss_case_state_known"),
            models.CheckConstraint(
                name="loss_case_decided_by_another",
                condition=(Q(decided_by=None) & ~Q(state=str(LossCaseState.CLOSED)))
                | (Q(decided_by__isnull=False) & ~Q(finding="") & ~Q(decided_by=F("asked_by"))),
                violation_error_message="Another than who told the finding approves it.",
            ),
        )


class LossCaseLine(models.Model):
    """A posting that a case looks into."""

    case = models.ForeignKey(LossCase, models.PROTECT, related_name="lines")
    posting = models.OneToOneField(StockTransaction, models.PROTECT, related_name="loss_case_line")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.case}: {self.posting}"


class LossStep(models.Model):
    """What was done to find out, as it was told. Never changed."""

    case = models.ForeignKey(LossCase, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=8, choices=LossStepKind.choices)
    said = models.CharField(max_length=400, help_text="What was seen, said or found")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("recorded_at", "id")
        constraints = (values_check("kind", LossStepKind, "loss_step_kind_known"),)

    def __str__(self) -> str:
        return f"{self.case}: {self.get_kind_display()}"
