"""What tasks can be asked for by."""

from __future__ import annotations

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind, TaskState


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
