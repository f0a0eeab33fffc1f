"""What tasks and conflicts can be asked for by."""

from __future__ import annotations

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.tasks.models import Conflict, WarehouseTask
from apps.tasks.states import ConflictState, TaskKind, TaskState


class TaskFilter(filters.FilterSet):
    """By state, kind, document, goods, place and worker."""

    warehouse = filters.CharFilter("warehouse__code")
    kind = filters.ChoiceFilter(choices=TaskKind.choices)
    state = filters.MultipleChoiceFilter(choices=TaskState.choices)
    open = filters.BooleanFilter("state", method="filter_open")
    item = filters.CharFilter("item__number")
    lot = filters.CharFilter("lot__number")
    source = filters.CharFilter("source__code")
    target = filters.CharFilter("target__code")
    assigned_to = filters.CharFilter("assigned_to__username")

    class Meta:
        model = WarehouseTask
        fields = (
            "warehouse",
            "kind",
            "state",
            "open",
            "document",
            "item",
            "lot",
            "source",
            "target",
            "assigned_to",
        )

    def filter_open(self, rows: QuerySet[WarehouseTask], name: str, value: bool) -> QuerySet[WarehouseTask]:  # noqa: FBT001 - django-filter calls it so
        """Whether the task is still to be done."""
        condition = {f"{name}__in": (TaskState.READY, TaskState.ASSIGNED)}
        return rows.filter(**condition) if value else rows.exclude(**condition)


class ConflictFilter(filters.FilterSet):
    """By state, place, worker, device, task and why."""

    warehouse = filters.CharFilter("warehouse__code")
    state = filters.MultipleChoiceFilter(choices=ConflictState.choices)
    open = filters.BooleanFilter("state", method="filter_open")
    worker = filters.CharFilter("worker__username")
    device = filters.CharFilter("device__number")
    task = filters.CharFilter("task__number")

    class Meta:
        model = Conflict
        fields = ("warehouse", "state", "open", "worker", "device", "task", "code")

    def filter_open(self, rows: QuerySet[Conflict], name: str, value: bool) -> QuerySet[Conflict]:  # noqa: FBT001 - django-filter calls it so
        """Whether nobody has looked at it yet."""
        del name
        return rows.filter(state=ConflictState.OPEN) if value else rows.exclude(state=ConflictState.OPEN)
