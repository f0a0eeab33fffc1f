"""Who has learned what, who drives what, and which work goes first: master data of the floor."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from apps.accounts.access import WORK_RULES
from apps.core.admin import MasterDataAdmin, OwnFilter
from apps.core.admin.access import worker_of
from apps.core.admin.cells import NOTHING
from apps.journal.desk import act
from apps.tasks.models import EquipmentKind, Skill, TaskPolicy, TaskRule
from apps.tasks.operations import apply_rules
from apps.tasks.operations.press import MAY_RULE


class HeldByWorkers(MasterDataAdmin):
    """What workers have or have not; the list says how many have it."""

    access = WORK_RULES
    list_display = ("code", "name", "held_by")
    search_fields = ("code", "name")
    autocomplete_fields = ("workers",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Counted in the same statement."""
        rows: QuerySet[Any] = super().get_queryset(request)
        return cast("QuerySet[Any]", rows.annotate(held=Count("workers")))

    @admin.display(description="workers", ordering="held")
    def held_by(self, row: Any) -> int:
        """How many have it."""
        return int(row.held)


@admin.register(Skill)
class SkillAdmin(HeldByWorkers):
    """What must be learned for certain tasks."""

    first_step = "Name what must be learned for some of the work, such as handling dangerous goods, and who has."


@admin.register(EquipmentKind)
class EquipmentKindAdmin(HeldByWorkers):
    """What certain tasks are done with."""

    first_step = "Name the equipment that some of the work needs, such as a reach truck, and who may drive it."


@admin.register(TaskPolicy)
class TaskPolicyAdmin(MasterDataAdmin):
    """How each warehouse hands out its tasks."""

    access = WORK_RULES
    list_display = ("warehouse", "lease_minutes", "offline_minutes", "near_within", "due_soon_minutes", "due_points")
    list_select_related = ("warehouse",)
    autocomplete_fields = ("warehouse",)
    first_step = "Without one, tasks are leased for 30 minutes and equally urgent ones are taken by nearness."


@admin.register(TaskRule)
class TaskRuleAdmin(MasterDataAdmin):
    """Which work goes first, how long it takes, and what it needs."""

    access = WORK_RULES
    list_display = (
        "code",
        "name",
        "warehouse",
        "rank",
        "kind",
        "zone_code",
        "points",
        "skill",
        "equipment",
        "minutes",
        "is_active",
    )
    list_filter = (("warehouse", OwnFilter), "kind", "is_active")
    search_fields = ("code", "name", "zone__code", "category__code")
    autocomplete_fields = ("warehouse", "zone", "category", "hazard_class", "skill", "equipment")
    first_step = "Say that bins from level 2 on need a reach truck, or that picks go before putaways by 20 points."
    actions = ("apply",)
    fieldsets: ClassVar = (
        (None, {"fields": (("warehouse", "code"), ("name", "is_active"), "rank")}),
        ("Tasks that are", {"fields": (("kind", "zone", "min_level"), ("category", "hazard_class", "min_weight_g"))}),
        ("get", {"fields": (("points", "minutes"), ("skill", "equipment"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """A zone says its warehouse's code in its name."""
        return super().get_queryset(request).select_related("warehouse", "zone", "skill", "equipment")

    def has_rule_permission(self, request: HttpRequest) -> bool:
        """Who may say what tasks need."""
        return worker_of(request).has_role(*MAY_RULE)

    @admin.action(description="Apply its warehouse's rules to what waits", permissions=["rule"])
    def apply(self, request: HttpRequest, rules: QuerySet[TaskRule]) -> None:
        """Rules hold for the tasks that are made from then on; this applies them to those that are open."""
        for warehouse_id in rules.order_by("warehouse").values_list("warehouse", flat=True).distinct():
            act(request, apply_rules, done="%s tasks changed.", warehouse_id=warehouse_id)

    @admin.display(description="zone", ordering="zone__code")
    def zone_code(self, rule: TaskRule) -> str:
        """Where."""
        return rule.zone.code if rule.zone is not None else NOTHING
