"""Tasks in the queue."""

from decimal import Decimal

from apps.core import clock
from apps.tasks.operations import NewTask, make_tasks
from apps.tasks.states import TaskKind
from tests.factories.catalog import ItemFactory
from tests.factories.locations import LocationFactory


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


def some_tasks(warehouse, count=1, *, sequence=0, priority=50, document="TEST"):
    """That many tasks to put away one of an item, walked in the order of the list."""
    item, source = ItemFactory(), LocationFactory(warehouse=warehouse)
    new = [
        NewTask(
            kind=TaskKind.PUTAWAY,
            document=document,
            item_id=item.pk,
            quantity=Decimal(1),
            source_id=source.pk,
            sequence=sequence + number,
            priority=priority,
        )
        for number in range(count)
    ]
    return make_tasks(new, warehouse_id=warehouse.pk, at=clock.now())
