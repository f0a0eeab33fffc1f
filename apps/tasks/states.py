"""The life of a warehouse task, and of what was refused when it was told late."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class TaskKind(models.TextChoices):
    """What a worker is asked to do."""

    PUTAWAY = "putaway", "Put away"
    REPLENISH = "replenish", "Replenish"
    PICK = "pick", "Pick"
    COUNT = "count", "Count"
    PUT_BACK = "put_back", "Put back"
    LOCATE = "locate", "Look for a unit"
    ISSUE = "issue", "Issue to assembly"
    SEND_BACK = "send_back", "Send back"


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


class ConflictState(models.TextChoices):
    """What became of a command that was told late and refused."""

    OPEN = "open", "Open"
    SEEN = "seen", "Seen"
    BY_HAND = "by_hand", "Done by hand"


CONFLICT_FLOW = Flow(
    {
        ConflictState.OPEN: {ConflictState.SEEN, ConflictState.BY_HAND},
        ConflictState.SEEN: {ConflictState.BY_HAND},
        ConflictState.BY_HAND: set(),
    }
)
