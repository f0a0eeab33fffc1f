"""What a site says of its work, as it reads: rules, policies, and who has learned what and may drive what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db.models import Model, Prefetch, QuerySet
from django_filters import rest_framework as filters
from rest_framework import serializers

from apps.accounts.models import User
from apps.core.api.views import M, ScopedViewSet
from apps.locations.models import Warehouse
from apps.tasks.models import EquipmentKind, Skill, TaskPolicy, TaskRule
from apps.tasks.states import TaskKind

if TYPE_CHECKING:
    from apps.core.querysets import Viewer


class TaskRuleSerializer(serializers.ModelSerializer[TaskRule]):
    """Tasks that are like this, and what they get; what is empty does not matter."""

    warehouse = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    zone = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    category = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    hazard_class = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    skill = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    equipment = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)

    class Meta:
        model = TaskRule
        fields = (
            "id",
            "warehouse",
            "code",
            "name",
            "rank",
            "kind",
            "zone",
            "min_level",
            "category",
            "hazard_class",
            "min_weight_g",
            "points",
            "skill",
            "equipment",
            "minutes",
            "is_active",
        )


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


class TaskRuleViewSet(ScopedViewSet[TaskRule]):
    """How urgent tasks are and what they need, in which warehouse; the lowest rank is read first."""

    queryset = TaskRule.objects.select_related(
        "warehouse", "zone", "category", "hazard_class", "skill", "equipment"
    ).order_by("warehouse__code", "rank", "code")
    serializer_class = TaskRuleSerializer
    filterset_class = TaskRuleFilter
    lookup_field = "pk"
    lookup_value_regex = r"\d{1,18}"


class TaskPolicySerializer(serializers.ModelSerializer[TaskPolicy]):
    """How a warehouse hands out its tasks."""

    warehouse = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)

    class Meta:
        model = TaskPolicy
        fields = ("warehouse", "lease_minutes", "near_within", "due_soon_minutes", "due_points")


class TaskPolicyFilter(filters.FilterSet):
    """By warehouse."""

    warehouse = filters.CharFilter("warehouse__code")

    class Meta:
        model = TaskPolicy
        fields = ("warehouse",)


class TaskPolicyViewSet(ScopedViewSet[TaskPolicy]):
    """How each warehouse hands out its tasks; one without a policy does as is usual."""

    queryset = TaskPolicy.objects.select_related("warehouse").order_by("warehouse__code")
    serializer_class = TaskPolicySerializer
    filterset_class = TaskPolicyFilter
    lookup_field = "pk"
    lookup_value_regex = r"\d{1,18}"


def _workers_told(user: Viewer) -> QuerySet[User]:
    """Those who work where the caller does, by name."""
    here = Warehouse.objects.for_user(user).order_by().values("pk")
    return User.objects.filter(warehouse_access__warehouse__in=here).order_by("username").distinct()


class HeldByWorkersViewSet(ScopedViewSet[M]):
    """What workers have or have not. Of the workers those are named who work where the caller does."""

    lookup_field = "code"

    def get_queryset(self) -> QuerySet[M]:
        """With the workers of the caller's warehouses."""
        workers = _workers_told(cast("Viewer", self.request.user))
        return super().get_queryset().prefetch_related(Prefetch("workers", workers, to_attr="held_by"))


class WorkersSerializer(serializers.ModelSerializer[Model]):
    """Code, name, and who has it."""

    workers = serializers.SerializerMethodField(help_text="User names, of those who work where the caller does")

    def get_workers(self, row: Any) -> list[str]:
        """By name."""
        return [worker.username for worker in row.held_by]


class HeldByFilter(filters.FilterSet):
    """By one of the workers whom the caller is told of."""

    worker = filters.CharFilter(method="filter_worker")

    def filter_worker(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """What this one has."""
        del name
        told = _workers_told(cast("Viewer", self.request.user)).filter(username=value)
        return rows.filter(workers__in=told.order_by().values("pk"))


class SkillSerializer(WorkersSerializer):
    """What must be learned for certain tasks."""

    class Meta:
        model = Skill
        fields = ("code", "name", "workers")


class SkillFilter(HeldByFilter):
    """By worker."""

    class Meta:
        model = Skill
        fields = ("worker",)


class SkillViewSet(HeldByWorkersViewSet[Skill]):
    """What must be learned for certain tasks, and who has."""

    queryset = Skill.objects.order_by("code")
    serializer_class = SkillSerializer
    filterset_class = SkillFilter


class EquipmentKindSerializer(WorkersSerializer):
    """What certain tasks are done with."""

    class Meta:
        model = EquipmentKind
        fields = ("code", "name", "workers")


class EquipmentKindFilter(HeldByFilter):
    """By worker."""

    class Meta:
        model = EquipmentKind
        fields = ("worker",)


class EquipmentKindViewSet(HeldByWorkersViewSet[EquipmentKind]):
    """What certain tasks are done with, and who may use it."""

    queryset = EquipmentKind.objects.order_by("code")
    serializer_class = EquipmentKindSerializer
    filterset_class = EquipmentKindFilter
