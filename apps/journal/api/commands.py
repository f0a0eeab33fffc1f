"""Commands: a POST with an Idempotency-Key runs one operation and renders its result."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import Device
from apps.journal import edge
from apps.journal.actor import Actor
from apps.journal.errors import KeyMissing

if TYPE_CHECKING:
    from apps.accounts.models import User

R = TypeVar("R")
KEY_LENGTH = 80
OCCURRED_AT = "Occurred-At"
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-5][0-9])")
"""As RFC 3339 writes it; Python would read more than that, and times without an offset."""


class CommandMixin:
    """For views that write: `return self.command(operation, render=..., ...)`."""

    request: Any  # a `Request`; the stubs of View and of APIView disagree on it

    def command(
        self,
        operation: Callable[..., R],
        *,
        render: Callable[[R], Any],
        success: int = status.HTTP_200_OK,
        **arguments: Any,
    ) -> Response:
        """Run the operation for the caller, once for the request's Idempotency-Key.

        Raises `KeyMissing`, and DRF's `ValidationError` for an Occurred-At that is no instant.
        """
        answer = edge.run(
            operation,
            by=self.user,
            device=self.device,
            key=self.key,
            occurred_at=self._occurred_at(),
            render=render,
            **arguments,
        )
        return Response(answer, status=success)

    def note_read(self, operation: Callable[..., R], *, render: Callable[[R], Any] = str, **arguments: Any) -> Any:
        """Run an operation that writes down who reads what, before it is told; what `render` makes of its result."""
        return edge.run(operation, by=self.user, device=self.device, render=render, reads=True, **arguments)

    @property
    def device(self) -> Device | None:
        """What the caller holds, if it signed on by one."""
        return self.request.auth if isinstance(self.request.auth, Device) else None

    @property
    def key(self) -> str:
        """What the caller names this command by. Raises `KeyMissing`."""
        key: str = self.request.headers.get("Idempotency-Key", "").strip()
        if not key or len(key) > KEY_LENGTH or not key.isprintable():
            raise KeyMissing
        return key

    def _occurred_at(self) -> datetime | None:
        """When the worker did it by the device's clock, if the device says so."""
        text = self.request.headers.get(OCCURRED_AT)
        if text is None:
            return None
        at = instant(text)
        if at is not None:
            return at
        why = "An instant with its offset is needed, as in 2026-03-01T14:05:00+01:00."
        raise serializers.ValidationError({OCCURRED_AT: [why]})

    @property
    def user(self) -> User:
        """Whoever is signed in; the view's permissions have made sure that somebody is."""
        return cast("User", self.request.user)

    def parse(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """The request's body, checked. Raises DRF's `ValidationError`."""
        return dict(_form(serializer).run_validation(self.request.data))


class GuardedReads(CommandMixin):
    """For views whose rows only some may read, whatever their warehouse; `may_read` refuses the others."""

    may_read: ClassVar[Callable[[Actor], None]]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Once it is known who asks. Raises `NotAllowed`."""
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        if request.method in {"GET", "HEAD"}:
            type(self).may_read(Actor(user=self.user))


@cache
def _form(serializer: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """One for all requests: to make one copies all of its fields, and checking a body leaves nothing in it."""
    return serializer()


def instant(text: str) -> datetime | None:
    """The instant that a device wrote, with its offset; None when it is none."""
    text = text.strip().upper()
    try:
        return datetime.fromisoformat(text) if INSTANT.fullmatch(text) else None
    except ValueError:
        return None
