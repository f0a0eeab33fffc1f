"""Goods stand in their bin: the proposed one, or another that the worker chose for a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum

from apps.catalog.models import Item
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.errors import UnitElsewhere
from apps.ledger.models import HandlingUnit, StockMove
from apps.ledger.operations import Move, Place, move_units, post
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.storage.errors import MoreThanTask, NotWhole, UnitChanged, WrongBin
from apps.storage.models import Putaway
from apps.storage.operations.bins import check_bin, lock_bin
from apps.storage.operations.planning import goods_of
from apps.storage.operations.putaway import propose_putaways
from apps.storage.operations.reasons import override_reason as reason_for
from apps.storage.queries import ask_for, goods_on, guide_for, load_of
from apps.storage.rules import Goods, Load
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import NewTask, complete_task, lock_task, make_tasks
from apps.tasks.states import TaskKind


def confirm_putaway(
    *,
    task_id: int,
    location_id: int,
    quantity: Decimal | None,
    by: Actor,
    at: datetime,
    version: int | None = None,
    override_reason: str = "",
    override_code: str = "",
) -> Putaway:
    """So much of the task now stands in this bin; what is left becomes a task of its own.

    A handling unit goes whole, with all that is on it now: no quantity, or the task's. Another bin than the proposed
    one needs a reason, by its code, with a note, or in words, which is kept; the hard rules bind it all the same. What
    was sent to staging is asked for again from there. Raises `NotFound`, also for a reason that is not in use,
    `WrongBin`, `MoreThanTask`, `NotWhole`, `UnitElsewhere`, `UnitChanged`, `WrongPlace`, `WrongCondition`,
    `RuleForbids`, `HazardsApart`, `NotMixed`, `BinFull`, `TaskStale`, `TaskTaken`.
    """
    task = lock_task(task_id=task_id, version=version, by=by, at=at)
    putaway = Putaway.objects.filter(task=task).first()
    if putaway is None:
        raise NotFound(kind="putaway", number=task.number)
    code, reason = reason_for(override_code, override_reason)
    put = _Put(task=task, putaway=putaway, by=by, at=at, code=code, reason=reason)
    if putaway.parks:
        # Its goods will be planned for again: the warehouse is locked after the task and before places and lots.
        Warehouse.objects.lock_one(task.warehouse_id)
    if task.carries_unit:
        _put_unit(put, location_id, quantity)
    else:
        _put_goods(put, location_id, quantity)
    putaway.task = complete_task(task, by=by, at=at)
    if putaway.parks:
        _ask_from_staging(put)
    return putaway


@dataclass(frozen=True, slots=True, kw_only=True)
class _Put:
    """A putaway that is being confirmed."""

    task: WarehouseTask
    putaway: Putaway
    by: Actor
    at: datetime
    code: str
    reason: str

    def parks_at(self, bin_: Location) -> bool:
        """Whether the goods only wait there, as they were sent to."""
        return self.putaway.parks and bin_.kind == LocationKind.STAGING

    def check(self, bin_: Location, loads: Sequence[Load], items: Mapping[int, Item]) -> None:
        """The hard rules, and those of the warehouse, which do not bind what only waits. Raises as `check_bin`."""
        if self.parks_at(bin_):
            told = [replace(load, parks=True) for load in loads]
        else:
            told = list(map(guide_for(items, warehouse_id=self.task.warehouse_id), loads))
        check_bin(bin_, told, self.task, by=self.by, at=self.at)

    def elsewhere(self, bin_: Location) -> bool:
        """Whether the bin is another than the task's. Raises `WrongBin` without a reason."""
        if self.task.target is None or bin_.pk == self.task.target_id:
            return False
        if not self.reason:
            raise WrongBin(task=self.task.number, expected=self.task.target.code, scanned=bin_.code)
        return True

    def done(self, posting: int, bin_: Location, *, elsewhere: bool) -> None:
        """Keep the posting, and why it went elsewhere."""
        self.putaway.transaction_id = posting
        if elsewhere:
            self.putaway.override_code, self.putaway.override_reason = self.code, self.reason
            _note_override(self.task, self.putaway, bin_, self.by, self.at)
        self.putaway.save(update_fields=["transaction", "override_code", "override_reason"])


def _put_goods(put: _Put, location_id: int, quantity: Decimal | None) -> None:
    task, status = put.task, put.putaway.status
    item = Item.objects.select_related("storage_condition").get(pk=task.goods_id)
    amount = task.quantity if quantity is None else parse_quantity(quantity, scale=item.scale)
    if amount > task.quantity:
        raise MoreThanTask(task=task.number, quantity=task.quantity, asked=amount)
    bin_ = lock_bin(location_id, task)
    elsewhere = put.elsewhere(bin_)
    load = load_of(item, lot_id=task.lot_id, status=status, quantity=amount)
    put.check(bin_, [load], {item.pk: item})
    posting = post(
        [
            Move(
                item_id=item.pk,
                lot_id=task.lot_id,
                serial_id=task.serial_id,
                quantity=amount,
                source=Place(location_id=task.source_id, status=status),
                target=Place(location_id=bin_.pk, status=status),
            )
        ],
        warehouse_id=task.warehouse_id,
        kind=TransactionKind.PUTAWAY,
        by=put.by,
        at=put.at,
        document=task.document,
        reason=put.reason if elsewhere else "",
    )
    put.done(posting, bin_, elsewhere=elsewhere)
    if amount < task.quantity:
        split(task, put.putaway, task.quantity - amount, put.at)
        task.quantity = amount
        task.save(update_fields=["quantity"])


def _put_unit(put: _Put, location_id: int, quantity: Decimal | None) -> None:
    task = put.task
    unit = HandlingUnit.objects.select_related("location").get(pk=task.unit_id or 0)
    if quantity is not None and quantity != task.quantity:
        raise NotWhole(task=task.number, unit=unit.number, quantity=task.quantity, asked=quantity)
    bin_ = lock_bin(location_id, task)
    elsewhere = put.elsewhere(bin_)
    before = goods_on([unit.pk]).get(unit.pk, ())
    if unit.location is None or unit.location_id != task.source_id or not before:
        raise UnitElsewhere(unit=unit.number, location=unit.location.code if unit.location is not None else "")
    items = Item.objects.select_related("storage_condition").in_bulk({each.item_id for each in before})
    put.check(bin_, ask_for(before, items).loads, items)
    posting = move_units(
        [unit.pk],
        warehouse_id=task.warehouse_id,
        target_id=bin_.pk,
        kind=TransactionKind.PUTAWAY,
        by=put.by,
        at=put.at,
        document=task.document,
        reason=put.reason if elsewhere else "",
    )
    _check_moved(posting, unit, before)
    put.done(posting, bin_, elsewhere=elsewhere)


def _ask_from_staging(put: _Put) -> None:
    """What waits in staging wants a home still."""
    task, posting = put.task, put.putaway.transaction
    move = posting.moves.select_related("target").first() if posting is not None else None
    if move is None or not put.parks_at(move.target):
        return
    goods = [replace(each, source_id=move.target_id) for each in goods_of(task, put.putaway.status)]
    propose_putaways(goods, warehouse_id=task.warehouse_id, document=task.document, by=put.by, at=put.at)


def _check_moved(posting: int, unit: HandlingUnit, seen: Sequence[Goods]) -> None:
    """The ledger locks a unit only when it moves it: what had come onto it since was not held against the bin."""
    moves = StockMove.objects.filter(transaction=posting).order_by()
    if moves.exclude(source=seen[0].source_id).exists():
        raise UnitElsewhere(unit=unit.number, location="")
    rows = moves.values_list("item", "lot", "serial", "source_status").annotate(total=Sum("quantity"))
    if set(rows) != {(each.item_id, each.lot_id, each.serial_id, each.status, each.quantity) for each in seen}:
        raise UnitChanged(unit=unit.number)


def _note_override(task: WarehouseTask, putaway: Putaway, bin_: Location, by: Actor, at: datetime) -> None:
    record(
        "override",
        kind="putaway",
        number=task.number,
        by=by,
        at=at,
        warehouse_code=task.warehouse.code,
        reason=putaway.override_reason,
        reason_code=putaway.override_code,
        proposed=putaway.proposed.code if putaway.proposed is not None else "",
        chosen=bin_.code,
    )


def split(task: WarehouseTask, putaway: Putaway, rest: Decimal, at: datetime) -> None:
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
    Putaway.objects.create(
        task=left,
        status=putaway.status,
        proposed_id=putaway.proposed_id,
        reasons=putaway.reasons,
        parks=putaway.parks,
        passed_over=putaway.passed_over,
    )
