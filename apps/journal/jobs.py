"""Delivers the outbox: each message runs its job at least once, and less and less often after failures."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from celery import current_app, shared_task
from django.db import transaction

from apps.core import clock
from apps.journal.models import OutboxMessage

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 12
LEASE = timedelta(minutes=40)
"""Longer than any job may run (`CELERY_TASK_TIME_LIMIT`): after it, the worker that claimed a message is gone."""
SWEEP = 200


@shared_task(name="journal.deliver")
def deliver(*, message_id: int, **_: Any) -> bool:
    """Run one message's job and note that it ran; False when it is not due, another worker has it, or it failed.

    The claim commits first, so that a job which kills its worker has had its attempt, and the job may open
    transactions of its own.
    """
    message = _claim(message_id)
    if message is None:
        return False
    try:
        current_app.tasks[message.job].run(**message.arguments)
    except Exception as error:
        log.exception("outbox message %s (%s) failed", message.pk, message.job)
        message.last_error = f"{type(error).__name__}: {error}"[:2000]
        _put_off(message)
        message.save(update_fields=["last_error", "due_at", "dead_at"])
        return False
    message.delivered_at = clock.now()
    message.save(update_fields=["delivered_at"])
    return True


def _claim(message_id: int) -> OutboxMessage | None:
    """The message, if it is due, with one attempt more; nobody else gets it until the lease is over."""
    at = clock.now()
    with transaction.atomic():
        message = OutboxMessage.objects.claim(message_id, at)
        if message is None:
            return None
        message.attempts += 1
        message.due_at = at + LEASE
        if message.attempts > MOST_ATTEMPTS:
            message.dead_at = at
        message.save(update_fields=["attempts", "due_at", "dead_at"])
    return None if message.dead_at is not None else message


def _put_off(message: OutboxMessage) -> None:
    """Try again after 2, 4, 8 … seconds, up to an hour; give up after the last attempt."""
    at = clock.now()
    if message.attempts >= MOST_ATTEMPTS:
        message.dead_at = at
    else:
        message.due_at = at + timedelta(seconds=min(2**message.attempts, 3600))


@shared_task(name="journal.sweep_outbox")
def sweep_outbox(**_: Any) -> int:
    """Deliver what is due and was not woken, or failed before; how many were delivered."""
    due = OutboxMessage.objects.due(clock.now()).order_by("due_at").values_list("pk", flat=True)[:SWEEP]
    return sum(deliver(message_id=pk) for pk in list(due))
