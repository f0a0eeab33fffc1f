"""The life of a warehouse task."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class TaskKind(models.TextChoices):
    """What a worker is asked to do."""

    PUTAWAY = "putaway", "Put away"
    REPLENISH = "replenish", "Replenish"
    PICK = "pick", "Pick"
    COUNT = "count", "Count"
    LOCATE = "locate", "Look for a unit"


class TaskState(models.TextChoices):
    """Where a task stands."""

    READY = "ready", "Ready"
    ASSIGNED = "assigned", "Assigned"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


TASK_FLOW = Flow(
    {
        TaskState.READY: {TaskState.ASSIGNED, TaskState.DONE, TaskState.CANCELLED},
        TaskState.ASSIGNED: {TaskState.READY, TaskState.DONE, TaskState.CANCELLED},
        TaskState.DONE: set(),
        TaskState.CANCELLED: set(),
    }
)
