"""Beat's job on the queue. Safe to run twice or late: a task is pressed once for each reason."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from apps.accounts.models import SYSTEM, User
from apps.core import clock
from apps.journal import edge
from apps.locations.models import Warehouse
from apps.tasks import operations
from apps.tasks.queries.guidance import too_calm


@shared_task(name="tasks.press_due")
def press_due(**_: Any) -> int:
    """Make what is due soon, or late, more urgent, in every warehouse; how many tasks became so."""
    system = User.objects.get(username=SYSTEM)
    pressed = 0
    for warehouse in Warehouse.objects.filter(is_active=True):
        if any(tasks.exists() for tasks, _ in too_calm(warehouse.pk, at=clock.now())):
            pressed += edge.run(
                operations.press_due, by=system, job="tasks.press_due", render=int, warehouse_id=warehouse.pk
            )
    return pressed
