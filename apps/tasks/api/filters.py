"""What tasks and conflicts can be asked for by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.tasks.models import Conflict, EquipmentKind, Skill, TaskPolicy, TaskRule, WarehouseTask
from apps.tasks.queries.guidance import workers_told
from apps.tasks.states import ConflictState, TaskKind, TaskState

if TYPE_CHECKING:
    from apps.core.querysets import Viewer


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


class TaskRuleFilter(filters.FilterSet):
    """By warehouse, kind of task, what it asks for, and whether it is followed."""

    warehouse = filters.CharFilter("warehouse__code")
    kind = filters.ChoiceFilter(choices=TaskKind.choices)
    zone = filters.CharFilter("zone__code")
    skill = filters.CharFilter("skill__code")
    equipment = filters.CharFilter("equipment__code")

    class Meta:
        model = TaskRule
        fields = ("warehouse", "kind", "zone", "skill", "equipment", "is_active")


class TaskPolicyFilter(filters.FilterSet):
    """By warehouse."""

    warehouse = filters.CharFilter("warehouse__code")

    class Meta:
        model = TaskPolicy
        fields = ("warehouse",)


class HeldByFilter(filters.FilterSet):
    """By one of the workers whom the caller is told of."""

    worker = filters.CharFilter(method="filter_worker")

    def filter_worker(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """What this one has."""
        del name
        told = workers_told(cast("Viewer", self.request.user)).filter(username=value)
        return rows.filter(workers__in=told.order_by().values("pk"))


class SkillFilter(HeldByFilter):
    """By worker."""

    class Meta:
        model = Skill
        fields = ("worker",)


class EquipmentKindFilter(HeldByFilter):
    """By worker."""

    class Meta:
        model = EquipmentKind
        fields = ("worker",)
