"""Putting goods away: a bin is proposed for stated reasons, and a worker confirms it or chooses another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal

from apps.catalog.models import Item
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.locations.models import Location, Warehouse
from apps.storage.errors import MoreThanTask, WrongBin
from apps.storage.models import Putaway
from apps.storage.operations.bins import check_bin, lock_bin
from apps.storage.queries import bins_of_kinds, load_of, segregation_for, shortlist
from apps.storage.rules import HOMES, Goods, Load, Placement, plan, plan_among
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import NewTask, complete_task, lock_task, make_tasks
from apps.tasks.states import TaskKind

SPARE, MORE = 3, 200
"""Empty bins of each build that are looked at beyond one for each load, at first and then: some loads are split."""


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
    says why.
    """
    if not goods:
        return []
    # One plan at a time, so that two receipts do not count on the same free bin.
    Warehouse.objects.lock_one(warehouse_id)
    batches = _batches(goods)
    items = Item.objects.select_related("storage_condition").in_bulk({each.item_id for each in goods})
    loads = [_load(batch, items) for batch in batches]
    planned, walks = _planned(loads, warehouse_id, {each.source_id for each in goods}, at)
    steps = [step for batch, placements in zip(batches, planned, strict=True) for step in _steps(batch, placements)]
    tasks = make_tasks(
        [
            NewTask(
                kind=TaskKind.PUTAWAY,
                document=document,
                item_id=each.item_id,
                lot_id=each.lot_id,
                serial_id=each.serial_id,
                quantity=each.quantity,
                source_id=each.source_id,
                target_id=place.location_id,
                sequence=walks.get(place.location_id or 0, 0),
            )
            for each, place in steps
        ],
        warehouse_id=warehouse_id,
        at=at,
    )
    return Putaway.objects.bulk_create(
        [
            Putaway(
                task=task,
                status=each.status,
                proposed_id=place.location_id,
                reasons=[asdict(reason) for reason in place.reasons],
            )
            for task, (each, place) in zip(tasks, steps, strict=True)
        ]
    )


def confirm_putaway(
    *,
    task_id: int,
    location_id: int,
    quantity: Decimal,
    by: Actor,
    at: datetime,
    version: int | None = None,
    override_reason: str = "",
) -> Putaway:
    """So much of the task now stands in this bin; what is left becomes a task of its own.

    Another bin than the proposed one needs a reason, which is kept; the hard rules bind it all the same. Raises
    `WrongBin`, `MoreThanTask`, `WrongPlace`, `WrongCondition`, `HazardsApart`, `NotMixed`, `BinFull`,
    `TaskStale`, `TaskTaken`.
    """
    task = lock_task(task_id=task_id, version=version, by=by, at=at)
    putaway = Putaway.objects.filter(task=task).first()
    if putaway is None:
        raise NotFound(kind="putaway", number=task.number)
    item = Item.objects.select_related("storage_condition").get(pk=task.goods_id)
    amount = parse_quantity(quantity, scale=item.scale)
    if amount > task.quantity:
        raise MoreThanTask(task=task.number, quantity=task.quantity, asked=amount)
    bin_ = lock_bin(location_id, task)
    reason = override_reason.strip()
    elsewhere = task.target_id is not None and bin_.pk != task.target_id
    if elsewhere and not reason and task.target is not None:
        raise WrongBin(task=task.number, expected=task.target.code, scanned=bin_.code)
    check_bin(bin_, item, load_of(item, lot_id=task.lot_id, status=putaway.status, quantity=amount), task, at)
    putaway.transaction_id = post(
        [
            Move(
                item_id=item.pk,
                lot_id=task.lot_id,
                serial_id=task.serial_id,
                quantity=amount,
                source=Place(location_id=task.source_id, status=putaway.status),
                target=Place(location_id=bin_.pk, status=putaway.status),
            )
        ],
        warehouse_id=task.warehouse_id,
        kind=TransactionKind.PUTAWAY,
        by=by,
        at=at,
        document=task.document,
        reason=reason if elsewhere else "",
    )
    if elsewhere:
        putaway.override_reason = reason
        _note_override(task, putaway, bin_, by, at)
    putaway.save(update_fields=["transaction", "override_reason"])
    if amount < task.quantity:
        _split(task, putaway, task.quantity - amount, at)
        task.quantity = amount
        task.save(update_fields=["quantity"])
    putaway.task = complete_task(task, by=by, at=at)
    return putaway


def _planned(
    loads: Sequence[Load], warehouse_id: int, away_from: set[int], at: datetime
) -> tuple[list[list[Placement]], dict[int, int]]:
    """What goes where, and where each bin stands on the walk: from a few bins where they can tell, else from all."""
    kinds = {kind for load in loads for kind in HOMES[load.status]}
    items = {load.item_id for load in loads}
    apart = segregation_for((load.hazard for load in loads), warehouse_id=warehouse_id, at=at)
    for empties in (len(loads) + SPARE, len(loads) + MORE):
        some = shortlist(
            warehouse_id=warehouse_id,
            kinds=kinds,
            away_from=away_from,
            item_ids=items,
            empties=empties,
            segregation=apart,
        )
        planned = plan_among(loads, some)
        if planned is not None:
            return planned, {each.location_id: each.walk for each in some.bins}
    bins = bins_of_kinds(warehouse_id=warehouse_id, kinds=kinds, away_from=away_from, segregation=apart)
    return plan(loads, bins), {each.location_id: each.walk for each in bins}


def _batches(goods: Sequence[Goods]) -> list[list[Goods]]:
    """Single units of one kind are planned together; any other goods are a load of their own."""
    batches: dict[object, list[Goods]] = {}
    for index, each in enumerate(goods):
        alike = (each.item_id, each.lot_id, each.status, each.source_id)
        batches.setdefault(alike if each.serial_id is not None else index, []).append(each)
    return list(batches.values())


def _load(batch: Sequence[Goods], items: dict[int, Item]) -> Load:
    first = batch[0]
    quantity = sum((each.quantity for each in batch), Decimal(0))
    return load_of(items[first.item_id], lot_id=first.lot_id, status=first.status, quantity=quantity)


def _steps(batch: Sequence[Goods], placements: Sequence[Placement]) -> Iterator[tuple[Goods, Placement]]:
    """What goes where: serial units are dealt out one by one, other goods by the placement's quantity."""
    if batch[0].serial_id is None:
        for place in placements:
            yield replace(batch[0], quantity=place.quantity), place
        return
    units = iter(batch)
    for place in placements:
        for _ in range(int(place.quantity)):
            yield next(units), place


def _note_override(task: WarehouseTask, putaway: Putaway, bin_: Location, by: Actor, at: datetime) -> None:
    record(
        "override",
        kind="putaway",
        number=task.number,
        by=by,
        at=at,
        warehouse_code=task.warehouse.code,
        reason=putaway.override_reason,
        proposed=putaway.proposed.code if putaway.proposed is not None else "",
        chosen=bin_.code,
    )


def _split(task: WarehouseTask, putaway: Putaway, rest: Decimal, at: datetime) -> None:
    """What was not put away stays where it is, as a task with the same proposal."""
    [left] = make_tasks(
        [
            NewTask(
                kind=TaskKind.PUTAWAY,
                document=task.document,
                item_id=task.item_id,
                lot_id=task.lot_id,
                serial_id=task.serial_id,
                quantity=rest,
                source_id=task.source_id,
                target_id=task.target_id,
                sequence=task.sequence,
                priority=task.priority,
            )
        ],
        warehouse_id=task.warehouse_id,
        at=at,
    )
    Putaway.objects.create(task=left, status=putaway.status, proposed_id=putaway.proposed_id, reasons=putaway.reasons)
