"""The queue of tasks, and what a site says about who does what first."""

from apps.tasks.models.guidance import EquipmentKind, Skill, TaskPolicy, TaskRule
from apps.tasks.models.task import TASK_NUMBERS, TaskQuerySet, WarehouseTask

__all__ = ["TASK_NUMBERS", "EquipmentKind", "Skill", "TaskPolicy", "TaskQuerySet", "TaskRule", "WarehouseTask"]
