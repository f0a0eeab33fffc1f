"""Runs operations for a manager in the admin: a refusal becomes a message, never an error page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib import messages

from apps.core.api.problems import ReplayedRefusal
from apps.core.errors import DomainError
from apps.journal import edge

if TYPE_CHECKING:
    from django.http import HttpRequest

    from apps.accounts.models import User

R = TypeVar("R")


def act(
    request: HttpRequest,
    operation: Callable[..., R],
    *,
    done: str,
    key: str | None = None,
    render: Callable[[R], Any] = lambda result: str(result),  # noqa: PLW0108 - typed for any result
    **arguments: Any,
) -> Any:
    """Run the operation and say `done` (`%s` stands for its result); None after a refusal, which is shown."""
    try:
        answer = edge.run(operation, by=cast("User", request.user), key=key, render=render, **arguments)
    except (DomainError, ReplayedRefusal) as refusal:
        messages.error(request, str(refusal))
        return None
    messages.success(request, done % answer if "%s" in done else done)
    return answer
