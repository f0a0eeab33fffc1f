"""What a site says of its work, as it reads: rules, policies, and who has learned what and may drive what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from apps.core.api.views import M, ScopedViewSet
from apps.tasks.api.filters import EquipmentKindFilter, SkillFilter, TaskPolicyFilter, TaskRuleFilter
from apps.tasks.models import EquipmentKind, Skill, TaskPolicy, TaskRule
from apps.tasks.queries.guidance import workers_told

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


class TaskPolicyViewSet(ScopedViewSet[TaskPolicy]):
    """How each warehouse hands out its tasks; one without a policy does as is usual."""

    queryset = TaskPolicy.objects.select_related("warehouse").order_by("warehouse__code")
    serializer_class = TaskPolicySerializer
    filterset_class = TaskPolicyFilter
    lookup_field = "pk"
    lookup_value_regex = r"\d{1,18}"


class HeldByWorkersViewSet(ScopedViewSet[M]):
    """What workers have or have not. Of the workers those are named who work where the caller does."""

    lookup_field = "code"

    def get_queryset(self) -> QuerySet[M]:
        """With the workers of the caller's warehouses."""
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        workers = workers_told(cast("Viewer", self.request.user))
        return rows.prefetch_related(Prefetch("workers", workers))


class SkillSerializer(serializers.ModelSerializer[Skill]):
    """What must be learned for certain tasks."""

    workers = serializers.SlugRelatedField[Any](slug_field="username", many=True, read_only=True)

    class Meta:
        model = Skill
        fields = ("code", "name", "workers")


class SkillViewSet(HeldByWorkersViewSet[Skill]):
    """What must be learned for certain tasks, and who has."""

    queryset = Skill.objects.order_by("code")
    serializer_class = SkillSerializer
    filterset_class = SkillFilter


class EquipmentKindSerializer(serializers.ModelSerializer[EquipmentKind]):
    """What certain tasks are done with."""

    workers = serializers.SlugRelatedField[Any](slug_field="username", many=True, read_only=True)

    class Meta:
        model = EquipmentKind
        fields = ("code", "name", "workers")


class EquipmentKindViewSet(HeldByWorkersViewSet[EquipmentKind]):
    """What certain tasks are done with, and who may use it."""

    queryset = EquipmentKind.objects.order_by("code")
    serializer_class = EquipmentKindSerializer
    filterset_class = EquipmentKindFilter
