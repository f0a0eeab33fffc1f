"""The queue at the desk, and what the site says about it."""

from apps.tasks.admin.conflicts import ConflictAdmin
from apps.tasks.admin.guidance import EquipmentKindAdmin, SkillAdmin, TaskPolicyAdmin, TaskRuleAdmin
from apps.tasks.admin.queue import (
    TASK_TONES,
    WarehouseTaskAdmin,
    amount_of,
    task_badge,
    tasks_done,
    tasks_table,
    what_of,
)

__all__ = [
    "TASK_TONES",
    "ConflictAdmin",
    "EquipmentKindAdmin",
    "SkillAdmin",
    "TaskPolicyAdmin",
    "TaskRuleAdmin",
    "WarehouseTaskAdmin",
    "amount_of",
    "task_badge",
    "tasks_done",
    "tasks_table",
    "what_of",
]
