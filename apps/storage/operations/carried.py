"""Units whose goods became of another status, or were taken off them, go where what is on them belongs now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from apps.journal.actor import Actor
from apps.locations.models import Location
from apps.storage.models import Putaway
from apps.storage.operations.planning import named_on_task
from apps.storage.operations.putaway import propose_putaways
from apps.storage.queries import goods_on, outermost_of
from apps.storage.rules import HOMES, Goods, strictest
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import cancel_tasks
from apps.tasks.states import TaskKind

Carried = Mapping[int, WarehouseTask | None]
"""By outermost unit, the open task that puts it away, where there is one."""


def lock_carried(unit_ids: Iterable[int], *, warehouse_id: int) -> Carried:
    """The outermost of these units with their open putaways, locked: before what is on them changes."""
    outermost = set(outermost_of(set(unit_ids)).values())
    return lock_outermost(outermost, warehouse_id=warehouse_id) if outermost else {}


def lock_outermost(units: Collection[int], *, warehouse_id: int) -> Carried:
    """The same of units that are known to stand in no other."""
    waiting = WarehouseTask.objects.open().filter(warehouse=warehouse_id, kind=TaskKind.PUTAWAY, unit__in=units)
    tasks = {task.unit_id: task for task in WarehouseTask.objects.lock(waiting.values_list("pk", flat=True))}
    return {unit: tasks.get(unit) for unit in sorted(units)}


def carry_on(
    carried: Carried, *, warehouse_id: int, document: str, by: Actor, at: datetime, wherever: bool = True
) -> list[Putaway]:
    """What is on these units has changed: each goes where the strictest status on it belongs; the new putaways.

    A putaway of goods of another status is called off and another proposed, one of an empty unit is called off, and
    one that still fits names what is left. A unit that waits for none is put away when it stands where such goods do
    not belong (`wherever`). Statements grow with the tasks that are named anew and the documents, with nothing else.
    """
    if not carried:
        return []
    held = goods_on(carried)
    tasks = {task.pk: task for task in carried.values() if task is not None}
    seen = dict(Putaway.objects.filter(task__in=tasks).values_list("task", "status"))
    kinds = dict(
        Location.objects.filter(pk__in={goods[0].source_id for goods in held.values()}).values_list("pk", "kind")
    )
    called_off: list[int] = []
    again: dict[str, list[Goods]] = defaultdict(list)
    for unit, task in carried.items():
        goods = held.get(unit, ())
        status = strictest(each.status for each in goods) if goods else ""
        if task is not None and status == seen.get(task.pk):
            if (task.item_id, task.lot_id, task.quantity) != named_on_task(goods):
                name_on_task(task, goods)
            continue
        if task is not None:
            called_off.append(task.pk)
        if goods and (task is not None or (wherever and kinds[goods[0].source_id] not in HOMES[status])):
            again[task.document if task is not None else document].append(goods[0])
    cancel_tasks(called_off)
    return [
        putaway
        for name, goods in again.items()
        for putaway in propose_putaways(goods, warehouse_id=warehouse_id, document=name, by=by, at=at)
    ]


def name_on_task(task: WarehouseTask, goods: Sequence[Goods]) -> None:
    """A locked task is to put its unit away with these goods on it."""
    task.item_id, task.lot_id, task.quantity = named_on_task(goods)
    task.version += 1
    task.save(update_fields=["item", "lot", "quantity", "version"])
