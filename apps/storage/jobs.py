"""Beat's jobs on putaways and pick faces. Safe to run twice or late: what is on its way counts as there."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from apps.accounts.models import SYSTEM, User
from apps.journal import edge
from apps.locations.models import Warehouse
from apps.storage import operations
from apps.storage.models import FacePool, PickFace, Putaway
from apps.storage.queries import faces_to_fill, picks_short


@shared_task(name="storage.replan_putaways")
def replan_putaways(**_: Any) -> int:
    """Look again for bins for what waits without one, in every warehouse; how many putaways got one."""
    system = User.objects.get(username=SYSTEM)
    found = 0
    for warehouse in Warehouse.objects.filter(is_active=True):
        if Putaway.objects.homeless().filter(task__warehouse=warehouse).exists():
            found += edge.run(
                operations.replan_putaways,
                by=system,
                job="storage.replan_putaways",
                render=len,
                warehouse_id=warehouse.pk,
            )
    return found


@shared_task(name="storage.replenish_faces")
def replenish_faces(**_: Any) -> int:
    """Have the pick faces of every warehouse given out and filled up; how many replenishments were asked for."""
    system = User.objects.get(username=SYSTEM)
    asked = 0
    for warehouse in Warehouse.objects.filter(is_active=True):
        if _something_to_do(warehouse.pk):
            asked += edge.run(
                operations.replenish_faces,
                by=system,
                job="storage.replenish_faces",
                render=len,
                warehouse_id=warehouse.pk,
            )
    return asked


def _something_to_do(warehouse_id: int) -> bool:
    """Whether a face wants filling; free ones are given out and taken back wherever there are any."""
    return (
        FacePool.objects.in_use().filter(zone__warehouse=warehouse_id).exists()
        or PickFace.objects.dynamic().filter(location__warehouse=warehouse_id).exists()
        or bool(faces_to_fill(warehouse_id=warehouse_id, short=picks_short(warehouse_id=warehouse_id)))
    )
