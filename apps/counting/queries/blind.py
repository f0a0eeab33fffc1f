"""What somebody who counts must not see."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind, TaskState


def places_in_hand(user: User) -> QuerySet[Any]:
    """The places that the person has taken to count and not told yet."""
    tasks = WarehouseTask.objects.filter(kind=TaskKind.COUNT, state=TaskState.ASSIGNED, assigned_to=user.pk)
    return tasks.order_by().values("source")
