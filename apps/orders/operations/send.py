"""To the floor: reserved goods become picks with tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.ledger.models import StockBalance
from apps.orders.models import Allocation, Pick, Wave
from apps.orders.models.fulfilment import PICK_NUMBERS
from apps.tasks.operations import NewTask, make_tasks
from apps.tasks.states import TaskKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSend:
    """What is reserved at a balance for an order, with its place on the walk and how urgent it is."""

    order: str
    allocation: Allocation
    balance: StockBalance
    sequence: int
    priority: int
    due_at: datetime | None


def send(stops: Sequence[ToSend], *, wave: Wave, at: datetime) -> list[Pick]:
    """A pick and a task for each, in the order given."""
    tasks = make_tasks(
        [
            NewTask(
                kind=TaskKind.PICK,
                document=stop.order,
                item_id=stop.balance.item_id,
                quantity=stop.allocation.quantity,
                source_id=stop.balance.location_id,
                lot_id=stop.balance.lot_id,
                serial_id=stop.balance.serial_id,
                unit_id=stop.balance.unit_id,
                sequence=stop.sequence,
                priority=stop.priority,
                due_at=stop.due_at,
            )
            for stop in stops
        ],
        warehouse_id=wave.warehouse_id,
        at=at,
    )
    return Pick.objects.bulk_create(
        [
            Pick(
                number=number,
                created_at=at,
                wave=wave,
                allocation=stop.allocation,
                task=task,
                quantity=stop.allocation.quantity,
            )
            for number, stop, task in zip(PICK_NUMBERS.next_many(len(tasks)), stops, tasks, strict=True)
        ]
    )
