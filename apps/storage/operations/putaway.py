"""Putting goods away: bins are proposed for stated reasons, all goods of a call in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.journal.actor import Actor
from apps.locations.models import Warehouse
from apps.storage.models import Putaway
from apps.storage.operations.planning import Bundle, Step, plan_bundles
from apps.storage.queries import goods_on, outermost_of, units_on_their_way
from apps.storage.rules import Goods
from apps.tasks.operations import make_tasks


def propose_putaways(
    goods: Sequence[Goods],
    *,
    warehouse_id: int,
    document: str,
    by: Actor,  # noqa: ARG001 - every operation is told who asks
    at: datetime,
) -> list[Putaway]:
    """Ask for each of the goods to be put away, with a bin and the reasons for it; all are planned in one pass.

    Goods that one bin cannot hold are split over several; what no bin may hold becomes a task without a bin, which
    says why. Goods on a handling unit make one task for the outermost unit with all that is on it: it goes whole to
    one bin, by the strictest status of what is on it. A unit that another task puts away already gets no second one.
    Available goods without a bin wait in staging, where it has a place for them.
    """
    if not goods:
        return []
    # One plan at a time, so that two receipts do not count on the same free bin.
    Warehouse.objects.lock_one(warehouse_id)
    bundles = _bundles(goods, document)
    if not bundles:
        return []
    steps = [step for steps in plan_bundles(bundles, warehouse_id=warehouse_id, at=at) for step in steps]
    return make_putaways(steps, warehouse_id=warehouse_id, at=at)


def make_putaways(steps: Sequence[Step], *, warehouse_id: int, at: datetime) -> list[Putaway]:
    """Put what a plan says in the queue."""
    tasks = make_tasks([step.task for step in steps], warehouse_id=warehouse_id, at=at)
    return Putaway.objects.bulk_create(
        [
            Putaway(
                task=task,
                status=step.status,
                proposed_id=step.place.location_id,
                reasons=step.reasons,
                parks=step.parks,
            )
            for task, step in zip(tasks, steps, strict=True)
        ]
    )


def _bundles(goods: Sequence[Goods], document: str) -> list[Bundle]:
    """Single units of one kind are planned together, and all that is on a handling unit; other goods each by itself."""
    on_units = {each.unit_id for each in goods if each.unit_id is not None}
    outermost = outermost_of(on_units) if on_units else {}
    whole = goods_on(outermost.values()) if on_units else {}
    moving = units_on_their_way(whole) if whole else set()
    bundles: dict[object, list[Goods]] = {}
    for index, each in enumerate(goods):
        if each.unit_id is not None:
            unit = outermost[each.unit_id]
            if unit in whole and unit not in moving:
                bundles["unit", unit] = list(whole[unit])
            continue
        alike = (each.item_id, each.lot_id, each.status, each.source_id)
        bundles.setdefault(alike if each.serial_id is not None else index, []).append(each)
    return [Bundle(goods=each, document=document) for each in bundles.values()]
