"""Commands: a POST with an Idempotency-Key runs one operation and renders its result."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from rest_framework import serializers, status
from rest_framework.response import Response

from apps.accounts.models import Device
from apps.journal import edge
from apps.journal.errors import KeyMissing

if TYPE_CHECKING:
    from apps.accounts.models import User

R = TypeVar("R")
KEY_LENGTH = 80


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
        """Run the operation for the caller, once for the request's Idempotency-Key."""
        key = self.request.headers.get("Idempotency-Key", "").strip()
        if not key or len(key) > KEY_LENGTH or not key.isprintable():
            raise KeyMissing
        answer = edge.run(
            operation,
            by=self.user,
            device=self.request.auth if isinstance(self.request.auth, Device) else None,
            key=key,
            render=render,
            **arguments,
        )
        return Response(answer, status=success)

    @property
    def user(self) -> User:
        """Whoever is signed in; the view's permissions have made sure that somebody is."""
        return cast("User", self.request.user)

    def parse(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """The request's body, checked. Raises DRF's `ValidationError`."""
        form = serializer(data=self.request.data, context={"request": self.request})
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)
