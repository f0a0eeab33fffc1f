"""What every operation may leave behind: a line in the audit trail, an effect to follow, an approval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from apps.journal.actor import Actor
from apps.journal.models import Approval, ApprovalDecision, AuditEntry, OutboxMessage


def record(
    verb: str,
    *,
    kind: str,
    number: str,
    by: Actor,
    at: datetime,
    warehouse_code: str = "",
    **detail: Any,
) -> AuditEntry:
    """Add a line to the audit trail: who did what to which document, with what."""
    [entry] = record_all(verb, kind=kind, numbers=[number], by=by, at=at, warehouse_code=warehouse_code, **detail)
    return entry


def record_all(
    verb: str,
    *,
    kind: str,
    numbers: Iterable[str],
    by: Actor,
    at: datetime,
    warehouse_code: str = "",
    **detail: Any,
) -> list[AuditEntry]:
    """Add a line for each of many documents to which the same was done, in one insert."""
    return AuditEntry.objects.bulk_create(
        AuditEntry(
            at=at,
            user=by.user,
            device=by.device,
            verb=verb,
            kind=kind,
            number=number,
            warehouse_code=warehouse_code,
            detail=detail,
        )
        for number in numbers
    )


def enqueue(job: str, *, at: datetime, **arguments: Any) -> OutboxMessage:
    """Let a job run after this transaction commits, at least once. `job` is a Celery task's name.

    The message is part of the transaction; waking the sender is not, and beat sweeps what was missed.
    """
    return enqueue_all(job, arguments=[arguments], at=at)[0]


def enqueue_all(job: str, *, arguments: Sequence[Mapping[str, Any]], at: datetime) -> list[OutboxMessage]:
    """The same job once for each of these arguments, in one insert."""
    messages = OutboxMessage.objects.bulk_create(
        [OutboxMessage(job=job, arguments=dict(each), created_at=at, due_at=at) for each in arguments]
    )

    # A function and no partial: Django names it when it fails. A broker that is away must not hold the caller up.
    def wake() -> None:
        from apps.journal.jobs import deliver  # noqa: PLC0415 - jobs import operations

        for message in messages:
            deliver.apply_async(kwargs={"message_id": message.pk}, retry=False)

    transaction.on_commit(wake, robust=True)
    return messages


def approve(*, kind: str, number: str, asked_by_id: int, by: Actor, at: datetime, reason: str = "") -> Approval:
    """Record that `by` approved what another asked for; the database refuses that they are the same person."""
    return Approval.objects.create(
        kind=kind,
        number=number,
        asked_by_id=asked_by_id,
        decided_by=by.user,
        decision=ApprovalDecision.APPROVED,
        reason=reason,
        at=at,
    )
