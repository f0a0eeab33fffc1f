"""What was done out of reach of the warehouse, and refused when it was told."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from apps.accounts.models import Device
from apps.core.models import Document
from apps.core.numbering import Series
from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.models import Warehouse
from apps.tasks.models.task import WarehouseTask
from apps.tasks.states import CONFLICT_FLOW, ConflictState

CONFLICT_NUMBERS = Series("CF")


class ConflictQuerySet(ScopedQuerySet["Conflict"]):
    """The inbox."""

    def open(self) -> ConflictQuerySet:
        """Nobody has looked at them yet."""
        return self.filter(state=ConflictState.OPEN)


class Conflict(Document):
    """A worker did something while their device had no answer; told later, the warehouse refused it.

    The goods may stand otherwise than the ledger says, so a person looks: rows are settled, never deleted.
    """

    flow = CONFLICT_FLOW

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ConflictState.choices, default=ConflictState.OPEN)
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Who did it")
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=60, help_text="Whose key it is")
    key = models.CharField(max_length=80, help_text="The command's, made by the device")
    command = models.CharField(max_length=200, help_text="Where it was sent")
    said = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text="What the command said")
    task = models.ForeignKey(WarehouseTask, models.PROTECT, null=True, related_name="conflicts")
    occurred_at = models.DateTimeField(null=True, help_text="When it was done, by the clock of the device")
    received_at = models.DateTimeField(help_text="When it was told, by the clock of the warehouse")
    code = models.CharField(max_length=60, help_text="Why it was refused")
    refusal = models.JSONField(encoder=DjangoJSONEncoder, help_text="The refusal with its facts")
    found = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text="How the task stood then")
    note = models.CharField(max_length=200, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[ConflictQuerySet] = ConflictQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["actor", "key"], name="conflict_once_a_command"),
            values_check("state", ConflictState, "conflict_state_known"),
            models.CheckConstraint(
                name="conflict_settled_by_somebody",
                condition=Q(state=ConflictState.OPEN, settled_by=None, settled_at=None)
                | (~Q(state=ConflictState.OPEN) & Q(settled_by__isnull=False, settled_at__isnull=False)),
            ),
        )
        indexes = (
            models.Index(fields=["warehouse", "-id"], name="conflict_open", condition=Q(state="open")),
            models.Index(fields=["worker", "-id"], name="conflict_worker"),
        )
