"""The queue of tasks, what a site says about who does what first, and what was refused when it was told late."""

from apps.tasks.models.conflict import CONFLICT_NUMBERS, Conflict
from apps.tasks.models.guidance import EquipmentKind, Skill, TaskPolicy, TaskRule
from apps.tasks.models.task import TASK_NUMBERS, TaskQuerySet, WarehouseTask

__all__ = [
    "CONFLICT_NUMBERS",
    "TASK_NUMBERS",
    "Conflict",
    "EquipmentKind",
    "Skill",
    "TaskPolicy",
    "TaskQuerySet",
    "TaskRule",
    "WarehouseTask",
]
