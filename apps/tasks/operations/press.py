"""What makes a task more urgent as time goes by, and what the site's rules say of the tasks that are waiting."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import Warehouse
from apps.tasks.models import WarehouseTask
from apps.tasks.queries.guidance import told_by_rules, too_calm

MAY_RULE = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)


def press_due(*, warehouse_id: int, by: Actor, at: datetime) -> int:
    """Open tasks that are due soon get the site's points for it, late ones twice; how many became more urgent."""
    del by
    pressed = 0
    for due, points in too_calm(warehouse_id, at=at):
        pressed += WarehouseTask.objects.filter(pk__in=[task.pk for task in due.lock()]).update(pressing=points)
    return pressed


def apply_rules(*, warehouse_id: int, by: Actor, at: datetime) -> int:
    """What waits in the queue is judged by the rules as they are now; how many tasks changed. Raises `NotAllowed`."""
    if not by.user.has_role(*MAY_RULE):
        raise NotAllowed(who=by.user.get_username(), act="say what tasks need")
    tasks = WarehouseTask.objects.open().filter(warehouse=warehouse_id).lock()
    changed = []
    for task, (start, needs) in zip(tasks, told_by_rules(tasks, warehouse_id=warehouse_id), strict=True):
        now = (start, needs.points, needs.skill_id, needs.equipment_id, needs.minutes)
        if now != (task.start, task.points, task.skill_id, task.equipment_id, task.minutes):
            task.start, task.points, task.skill_id, task.equipment_id, task.minutes = now
            task.version += 1
            changed.append(task)
    WarehouseTask.objects.bulk_update(
        changed, ["start", "points", "skill", "equipment", "minutes", "version"], batch_size=500
    )
    warehouse = Warehouse.objects.get(pk=warehouse_id)
    record(
        "apply",
        kind="task rules",
        number=warehouse.code,
        by=by,
        at=at,
        warehouse_code=warehouse.code,
        tasks=len(changed),
    )
    return len(changed)
