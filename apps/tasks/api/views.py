"""The queue over HTTP: look, take the next, take a certain one, hand it back."""

from __future__ import annotations

from typing import Any

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.locations.models import Warehouse
from apps.tasks import operations
from apps.tasks.api.filters import TaskFilter
from apps.tasks.api.serializers import NextTaskSerializer, TaskSerializer
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind

OWN = {field.name for field in WarehouseTask._meta.fields if not field.is_relation}
TASKS = WarehouseTask.objects.select_related(
    "warehouse", "item", "lot", "serial", "unit", "source", "target", "assigned_to", "device", "done_by"
).only(
    *(field for field in TaskSerializer.Meta.fields if field in OWN),
    *("warehouse__code", "item__number", "item__name", "lot__number", "lot__expires_on", "serial__number"),
    *("unit__number", "unit__kind", "source__code", "target__code"),
    *("assigned_to__username", "device__number", "done_by__username"),
)
"""With what an answer shows of them, and no more: a task stands between ten tables."""


class TaskViewSet(CommandMixin, ScopedViewSet[WarehouseTask]):
    """What there is to do on the floor."""

    queryset = TASKS
    serializer_class = TaskSerializer
    filterset_class = TaskFilter

    @command_schema(request=NextTaskSerializer, response=TaskSerializer)
    @action(methods=["post"], detail=False)
    def next(self, request: Request) -> Response:
        """The worker's own task again, else the next free one, leased to them."""
        del request
        form = self.parse(NextTaskSerializer)
        return self.command(
            operations.claim_next_task,
            render=_show,
            warehouse_code=Warehouse.objects.by_number(form["warehouse"], self.user).code,
            kinds=[TaskKind(kind) for kind in form["kinds"]] or list(TaskKind),
        )

    @command_schema(response=TaskSerializer)
    @action(methods=["post"], detail=True)
    def claim(self, request: Request, number: str) -> Response:
        """Lease this task to the worker."""
        del request
        return self.command(operations.claim_task, render=_show, task_id=self._pk(number))

    @command_schema(response=TaskSerializer)
    @action(methods=["post"], detail=True, url_path="hand-back")
    def hand_back(self, request: Request, number: str) -> Response:
        """Put the task back into the queue."""
        del request
        return self.command(operations.hand_back_task, render=_show, task_id=self._pk(number))

    def _pk(self, number: str) -> int:
        return WarehouseTask.objects.by_number(number, self.user).pk


def _show(task: WarehouseTask) -> Any:
    return TaskSerializer(TASKS.get(pk=task.pk)).data
