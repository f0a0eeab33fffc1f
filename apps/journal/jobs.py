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
SWEEP = 200


@shared_task(name="journal.deliver")
def deliver(*, message_id: int, **_: Any) -> bool:
    """Run one message's job and note that it ran; False when another worker has it or it is done."""
    with transaction.atomic():
        message = OutboxMessage.objects.claim(message_id)
        if message is None:
            return False
        message.attempts += 1
        try:
            with transaction.atomic():
                current_app.tasks[message.job].run(**message.arguments)
        except Exception as error:
            log.exception("outbox message %s (%s) failed", message.pk, message.job)
            message.last_error = f"{type(error).__name__}: {error}"[:2000]
            _put_off(message)
        else:
            message.delivered_at = clock.now()
        message.save()
        return message.delivered_at is not None


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
