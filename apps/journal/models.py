"""The command log, the audit trail, the outbox and approvals."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from apps.core.querysets import LockingQuerySet


class Command(models.Model):
    """A command was received under a key; its answer, or its refusal, is kept so that a repeat gets the same."""

    actor = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    operation = models.CharField(max_length=120)
    request_hash = models.CharField(max_length=64)
    answer = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    refusal = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["actor", "key"], name="command_once_per_actor_and_key"),)
        indexes = (models.Index(fields=["at"]),)

    def __str__(self) -> str:
        return f"{self.operation} {self.key}"


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """The trail of one thing."""

    def of(self, kind: str, number: str) -> AuditQuerySet:
        """What was done to this document or thing, newest first."""
        return self.filter(kind=kind, number=number).order_by("-pk")


class AuditEntry(models.Model):
    """Who did or read what, when, with what; rows are only ever added (the database refuses the rest)."""

    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    device = models.ForeignKey("accounts.Device", models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=80)
    warehouse_code = models.CharField(max_length=20, blank=True)
    detail = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects: ClassVar[AuditQuerySet] = AuditQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = (models.Index(fields=["kind", "number", "-id"]), models.Index(fields=["at"]))

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.number}"


class OutboxQuerySet(LockingQuerySet["OutboxMessage"]):
    """Finds and claims what is still to be sent."""

    def due(self, at: datetime) -> OutboxQuerySet:
        """Neither delivered nor given up, and its time has come."""
        return self.filter(delivered_at=None, dead_at=None, due_at__lte=at)

    def claim(self, pk: int, at: datetime) -> OutboxMessage | None:
        """The message, locked, if it is due and no other worker is claiming it."""
        rows = self.due(at).filter(pk=pk)
        return rows.select_for_update(skip_locked=True, no_key=True).first()


class OutboxMessage(models.Model):
    """An effect that must follow a commit: a job's name and arguments. Safe to run twice or days late."""

    job = models.CharField(max_length=120)
    arguments = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    objects: ClassVar[OutboxQuerySet] = OutboxQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = (
            models.Index(fields=["due_at"], name="outbox_pending", condition=models.Q(delivered_at=None, dead_at=None)),
        )

    def __str__(self) -> str:
        return f"{self.job} {self.pk}"


class ApprovalDecision(models.TextChoices):
    """What the approver said."""

    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"


class Approval(models.Model):
    """One person asked, another decided; the database refuses that they are the same."""

    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=80)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=ApprovalDecision.choices)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["kind", "number"]),)
        constraints = (
            models.CheckConstraint(
                name="approval_by_another_person",
                condition=~models.Q(asked_by=models.F("decided_by")),
                violation_error_message="Whoever asks cannot approve.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number} {self.decision}"
