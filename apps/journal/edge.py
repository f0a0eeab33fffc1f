"""The only way into an operation for API views, admin actions and jobs."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import random
import time
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, connection, models, transaction

from apps.core import clock
from apps.core.api.problems import ReplayedRefusal, problem_of
from apps.core.errors import Busy, DomainError, NotAllowed
from apps.journal.actor import Actor
from apps.journal.errors import KeyReused
from apps.journal.models import Command
from apps.journal.rules import check_occurred

if TYPE_CHECKING:
    from datetime import datetime

    from apps.accounts.models import Device, User

R = TypeVar("R")

TRIES = 6
RETRYABLE = (
    psycopg.errors.SerializationFailure,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.LockNotAvailable,
)


def run(
    operation: Callable[..., R],
    *,
    by: User,
    render: Callable[[R], Any],
    device: Device | None = None,
    key: str | None = None,
    job: str = "",
    occurred_at: datetime | None = None,
    reads: bool = False,
    **arguments: Any,
) -> Any:
    """Run an operation once under its key, in a transaction of its own; what `render` makes of its result.

    The same key and arguments get the same answer again, refusals too (`ReplayedRefusal`); the same key with others
    raises `KeyReused`. Deadlocks and lock time-outs are tried again from the start; after that `Busy`, and nothing is
    stored. Any other exception is a bug: it rolls back and is raised. Whoever only audits is refused (`NotAllowed`),
    but for what `reads`. `occurred_at` is no part of what is compared: a repeat may say another time or none, and the
    first one stands.
    """
    if by.only_reads and not reads:
        raise NotAllowed(who=by.get_username(), act="change anything: an auditor reads")
    actor = Actor(user=by, device=device, job=job, key=key or str(uuid.uuid4()), occurred_at=occurred_at)
    for attempt in range(TRIES):
        try:
            return _once(operation, actor, render, arguments)
        except OperationalError as error:
            if not isinstance(error.__cause__, RETRYABLE):
                raise
            time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 - jitter, no secret
    raise Busy


def _once(operation: Callable[..., R], actor: Actor, render: Callable[[R], Any], arguments: dict[str, Any]) -> Any:
    at = clock.now()
    name = f"{operation.__module__}.{operation.__qualname__}"
    command = Command(
        actor=actor.name,
        key=str(actor.key),
        operation=name,
        request_hash=_hash(name, arguments),
        user=actor.user,
        at=at,
    )
    try:
        with transaction.atomic(durable=True):
            # Waits for a rival with the same key to commit, then inserts nothing.
            if _insert(command):
                # Only of a new command: a repeat gets its answer however late it comes.
                if actor.occurred_at is not None:
                    check_occurred(actor.occurred_at, received_at=at)
                answer = _as_text(render(operation(by=actor, at=at, **arguments)))
                _keep(command, answer)
                # As it will be read back, so that the first answer and a repeat are the same.
                return json.loads(answer)
    except Busy:
        raise
    except DomainError as refusal:
        # All of it is rolled back, the command too. A repeat may have been carried out since: then that is the answer.
        if _insert(command, refusal=_as_text(problem_of(refusal))):
            raise
    return _replay(Command.objects.get(actor=command.actor, key=command.key), command)


def _insert(command: Command, *, refusal: str | None = None) -> bool:
    """Whether this command is the first under its key: an insert that conflicts inserts nothing."""
    table = Command._meta.db_table
    given = (command.actor, command.key, command.operation, command.request_hash, refusal, command.user_id, command.at)
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {table} (actor, key, operation, request_hash, refusal, user_id, at)"  # noqa: S608 - our own name
            " values (%s, %s, %s, %s, %s::jsonb, %s, %s) on conflict (actor, key) do nothing returning id",
            given,
        )
        row = cursor.fetchone()
    if row is None:
        return False
    command.pk = row[0]
    return True


def _replay(stored: Command, asked: Command) -> Any:
    if stored.request_hash != asked.request_hash:
        raise KeyReused(key=stored.key)
    if stored.refusal is not None:
        raise ReplayedRefusal(stored.refusal)
    return stored.answer


def _hash(name: str, arguments: dict[str, Any]) -> str:
    text = json.dumps([name, arguments], sort_keys=True, cls=_ArgumentEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def _keep(command: Command, answer: str) -> None:
    """Store what came of it, for a repeat."""
    table = Command._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {table} set answer = %s::jsonb where id = %s",  # noqa: S608 - our own name
            [answer, command.pk],
        )


def _as_text(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)


class _ArgumentEncoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        if dataclasses.is_dataclass(o) and not isinstance(o, type):
            return {field.name: getattr(o, field.name) for field in dataclasses.fields(o)}
        if isinstance(o, models.Model):
            return [o._meta.label, o.pk]
        return super().default(o)
