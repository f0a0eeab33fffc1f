"""Taking tasks back: goods that are not to be put away or brought to a face after all, or that were put wrongly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from apps.catalog.models import Item
from apps.core.errors import NotAllowed, NotFound
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.errors import InsufficientStock
from apps.ledger.models import StockMove
from apps.ledger.operations import reverse
from apps.ledger.operations.decide import MAY_UNDO
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.storage.errors import NotPutAway
from apps.storage.models import Putaway
from apps.storage.operations.carried import lock_outermost, name_on_task
from apps.storage.operations.planning import goods_of
from apps.storage.operations.putaway import propose_putaways
from apps.storage.queries import goods_on, outermost_of
from apps.storage.rules import NOTHING, Goods
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import cancel_tasks
from apps.tasks.states import TaskKind

Kind = tuple[int, int | None, int | None, str, int]
"""What tells goods at one place apart: item, lot, serial number, status, place."""


def withdraw_putaways(goods: Sequence[Goods], *, warehouse_id: int, document: str, by: Actor, at: datetime) -> None:
    """Call off the putaway of so much of a document's goods; what the same tasks held besides is proposed anew.

    A unit that holds other goods besides is put away all the same. Raises `InsufficientStock` when less than that
    still waits: another document's goods are not taken in its stead.
    """
    _withdraw_from_units([each for each in goods if each.unit_id is not None], warehouse_id=warehouse_id)
    goods = [each for each in goods if each.unit_id is None]
    if not goods:
        return
    gone: dict[Kind, Decimal] = defaultdict(Decimal)
    for each in goods:
        gone[_kind_of(each)] += each.quantity
    waiting = Putaway.objects.filter(
        task__in=WarehouseTask.objects.open(),
        task__warehouse=warehouse_id,
        task__document=document,
        task__unit=None,
        task__item__in={each.item_id for each in goods},
    ).select_related("task__item")
    kinds = {each.task_id: kind for each in waiting if (kind := _kind(each.task, each.status)) in gone}
    called_off: dict[Kind, Decimal] = defaultdict(Decimal)
    for task in cancel_tasks(kinds):
        called_off[kinds[task.pk]] += task.quantity
    rests = []
    for kind, quantity in gone.items():
        item, lot, serial, status, place = kind
        if called_off[kind] < quantity:
            raise _not_there(kind, called_off[kind], quantity)
        rest = called_off[kind] - quantity
        if rest:
            rests.append(
                Goods(item_id=item, lot_id=lot, serial_id=serial, status=status, source_id=place, quantity=rest)
            )
    propose_putaways(rests, warehouse_id=warehouse_id, document=document, by=by, at=at)


def replenishments_of_lots(lot_ids: Sequence[int]) -> list[int]:
    """The open tasks that would bring goods of these lots to a pick face, by key."""
    tasks = WarehouseTask.objects.open().filter(kind=TaskKind.REPLENISH, lot__in=lot_ids)
    return list(tasks.order_by("pk").values_list("pk", flat=True))


def call_off_replenishments(lot_ids: Sequence[int]) -> list[WarehouseTask]:
    """Bring nothing of these lots to a pick face, whoever has the task in hand; the tasks that were called off.

    The faces are planned anew by the next run, with other lots. What waits at a dock is put away all the same.
    """
    return cancel_tasks(replenishments_of_lots(lot_ids))


def undo_putaway(*, putaway_id: int, reason: str, by: Actor, at: datetime) -> list[Putaway]:
    """The goods go back to where they were put away from, and a bin is proposed for them again; the new putaways.

    Raises `NotAllowed`, `NotFound`, `NotPutAway`, `NotReversible` for what is undone already, and `InsufficientStock`
    when the goods have left the bin.
    """
    if not by.user.has_role(*MAY_UNDO):
        raise NotAllowed(who=by.user.get_username(), act="undo a putaway")
    putaway = Putaway.objects.for_user(by.user).select_related("task__warehouse").filter(pk=putaway_id).first()
    if putaway is None:
        raise NotFound(kind="putaway", number=str(putaway_id))
    task = WarehouseTask.objects.lock_one(putaway.task_id)
    putaway.refresh_from_db(fields=["transaction"])
    if putaway.transaction_id is None:
        raise NotPutAway(task=task.number, state=task.state)
    # Before the ledger's locks, as whoever calls off putaways takes it.
    Warehouse.objects.lock_one(task.warehouse_id)
    if putaway.parks:
        _no_more_from_staging(putaway, task, by, at)
    reversal_id = reverse(putaway.transaction_id, by=by, at=at, reason=reason)
    again = propose_putaways(
        goods_of(task, putaway.status),
        warehouse_id=task.warehouse_id,
        document=task.document,
        by=by,
        at=at,
    )
    record(
        "undo",
        kind="putaway",
        number=task.number,
        by=by,
        at=at,
        warehouse_code=putaway.task.warehouse.code,
        reason=reason,
        reversal=reversal_id,
        again=[each.task.number for each in again],
    )
    return again


def _no_more_from_staging(putaway: Putaway, task: WarehouseTask, by: Actor, at: datetime) -> None:
    """What was only sent to staging is not put away from there when it goes back."""
    moves = StockMove.objects.filter(transaction=putaway.transaction_id, target__kind=LocationKind.STAGING)
    staging = moves.values_list("target", flat=True).first()
    if staging is not None:
        goods = [replace(each, source_id=staging) for each in goods_of(task, putaway.status)]
        withdraw_putaways(goods, warehouse_id=task.warehouse_id, document=task.document, by=by, at=at)


def _withdraw_from_units(goods: Sequence[Goods], *, warehouse_id: int) -> None:
    """What leaves a unit that waits is no more named by its task; a unit that holds nothing else is not put away."""
    if not goods:
        return
    outermost = outermost_of({each.unit_id for each in goods if each.unit_id is not None})
    gone: dict[int, dict[Kind, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for each in goods:
        gone[outermost[each.unit_id or 0]][_kind_of(each)] += each.quantity
    tasks = lock_outermost(gone, warehouse_id=warehouse_id)
    held = goods_on(gone)
    emptied = []
    for unit, amounts in gone.items():
        task = tasks[unit]
        here = {_kind_of(each): each for each in held.get(unit, ())} if task is not None else {}
        for kind, amount in amounts.items():
            left = here[kind].quantity if kind in here else NOTHING
            if left < amount:
                raise _not_there(kind, left, amount)
            here[kind] = replace(here[kind], quantity=left - amount)
        rest = [each for each in here.values() if each.quantity > 0]
        if task is not None and rest:
            name_on_task(task, rest)
        elif task is not None:
            emptied.append(task.pk)
    cancel_tasks(emptied)


def _not_there(kind: Kind, here: Decimal, asked: Decimal) -> InsufficientStock:
    return InsufficientStock(
        item=Item.objects.get(pk=kind[0]).number,
        location=Location.objects.get(pk=kind[-1]).code,
        available=here,
        requested=asked,
    )


def _kind_of(goods: Goods) -> Kind:
    return goods.item_id, goods.lot_id, goods.serial_id, goods.status, goods.source_id


def _kind(task: WarehouseTask, status: str) -> Kind:
    return task.goods_id, task.lot_id, task.serial_id, status, task.source_id
