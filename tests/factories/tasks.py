"""Tasks in the queue."""

from decimal import Decimal

from apps.core import clock
from apps.tasks.operations import NewTask, make_tasks
from apps.tasks.states import TaskKind


def a_task(item, source, quantity=1, *, kind=TaskKind.PUTAWAY, target=None, lot=None, document="GR-000001", **more):
    """One task, ready; without the document that a real one has."""
    new = NewTask(
        kind=kind,
        document=document,
        item_id=item.pk,
        quantity=Decimal(quantity),
        source_id=source.pk,
        target_id=target.pk if target else None,
        lot_id=lot.pk if lot else None,
        **more,
    )
    (task,) = make_tasks([new], warehouse_id=source.warehouse_id, at=clock.now())
    return task
