"""Goods at the dock that an order waits for go to a cross-dock lane instead of a bin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal

from apps.catalog.models import Item
from apps.journal.actor import Actor
from apps.locations.models import Warehouse
from apps.storage.models import Putaway
from apps.storage.operations.confirm import split
from apps.storage.operations.planning import goods_of
from apps.storage.queries import ask_for, bins_among, goods_on, guide_for, in_areas, lanes_of, segregation_for
from apps.storage.rules import Ask, Bin, Goods, Reason, fill, takes
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskState

URGENT = 80
"""The priority of a putaway to a lane: somebody waits for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """So much (base units) of a putaway's goods is waited for, and by whom, in a sentence."""

    task_id: int
    quantity: Decimal
    because: str


def send_to_lanes(
    wanted: Sequence[Wanted],
    *,
    warehouse_id: int,
    by: Actor,  # noqa: ARG001 - every operation is told who asks
    at: datetime,
) -> list[Putaway]:
    """These goods go to the first lane that may hold them; the rest of a task keeps its bin. The putaways changed.

    Left as they are: tasks that somebody has in hand, pallets of which not all is waited for, and what no lane takes;
    a lane that a worker could not use for a task is not proposed to it again.
    """
    lanes = lanes_of(warehouse_id)
    if not lanes or not wanted:
        return []
    tasks = {task.pk: task for task in WarehouseTask.objects.lock({each.task_id for each in wanted})}
    # One plan at a time, as for any putaway.
    Warehouse.objects.lock_one(warehouse_id)
    putaways = {row.task_id: row for row in Putaway.objects.filter(task__in=tasks)}
    ready = [each for each in wanted if _is_ready(tasks[each.task_id], each) and each.task_id in putaways]
    items = Item.objects.select_related("storage_condition").in_bulk({tasks[each.task_id].goods_id for each in ready})
    guide = guide_for(items, warehouse_id=warehouse_id)
    on_units = goods_on({unit for each in ready if (unit := tasks[each.task_id].unit_id) is not None})
    asks = {
        each.task_id: ask_for(_goods(tasks[each.task_id], putaways[each.task_id].status, each, on_units), items).each(
            guide
        )
        for each in ready
    }
    loads = [load for ask in asks.values() for load in ask.loads]
    apart = segregation_for((load.hazards for load in loads), warehouse_id=warehouse_id, at=at)
    bins = {bin_.location_id: bin_ for bin_ in in_areas(bins_among(lanes, segregation=apart), loads, at=at)}
    sent = []
    for each in ready:
        putaway = putaways[each.task_id]
        lane = _first_lane(asks[each.task_id], bins, [lane for lane in lanes if lane not in putaway.unusable])
        if lane is not None:
            sent.append(_redirect(tasks[each.task_id], putaway, bins[lane], each, at))
    return sent


def _is_ready(task: WarehouseTask, wanted: Wanted) -> bool:
    if task.state != TaskState.READY or task.item_id is None:
        return False
    return wanted.quantity == task.quantity if task.carries_unit else wanted.quantity <= task.quantity


def _goods(
    task: WarehouseTask, status: str, wanted: Wanted, on_units: Mapping[int, Sequence[Goods]]
) -> Sequence[Goods]:
    goods = goods_of(task, status, on_units=on_units)
    return goods if task.carries_unit else [replace(goods[0], quantity=wanted.quantity)]


def _first_lane(ask: Ask, bins: dict[int, Bin], lanes: Sequence[int]) -> int | None:
    """The first that takes all of it; it is there from now on."""
    for lane in lanes:
        if takes(ask, bins[lane])[0] == ask.quantity:
            for load in ask.loads:
                fill(bins, lane, load, load.quantity)
            return lane
    return None


def _redirect(task: WarehouseTask, putaway: Putaway, lane: Bin, wanted: Wanted, at: datetime) -> Putaway:
    if wanted.quantity < task.quantity:
        split(task, putaway, task.quantity - wanted.quantity, at)
        task.quantity = wanted.quantity
    task.target_id, task.sequence, task.priority = lane.location_id, lane.walk, URGENT
    task.version += 1
    task.save(update_fields=["target", "sequence", "priority", "quantity", "version"])
    putaway.proposed_id, putaway.parks = lane.location_id, False
    putaway.reasons = [asdict(Reason(rule="cross_dock", points=0, sentence=wanted.because))]
    putaway.save(update_fields=["proposed", "parks", "reasons"])
    return putaway
