"""Goods on their way back from a tote to a bin: the task that asks for them, and the move that brought them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from apps.journal.actor import Actor
from apps.ledger.operations import Place, post
from apps.ledger.states import TransactionKind
from apps.locations.choices import PICKABLE
from apps.locations.models import Location
from apps.orders.models import Pick, PickReturn, PutBack, SalesOrder
from apps.orders.operations.pick import out_of_tote
from apps.overrides.operations import Occasion
from apps.storage.operations import check_goes_back
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import NewTask, make_tasks, relocate_tasks
from apps.tasks.states import TaskKind


def queue_put_backs(order: SalesOrder, asked: Sequence[PutBack], *, at: datetime) -> None:
    """A task for each of these: what is left of it goes from where it stands to the bin that it came from."""
    waiting = [each for each in asked if each.pick.tote_id is not None]
    homes = _homes(waiting)
    tasks = make_tasks(
        [
            NewTask(
                kind=TaskKind.PUT_BACK,
                document=order.number,
                item_id=each.pick.task.item_id,
                lot_id=each.pick.task.lot_id,
                serial_id=each.pick.task.serial_id,
                quantity=each.left,
                source_id=each.pick.tote_id or 0,
                target_id=home.pk if home is not None else None,
                sequence=home.walking_place if home is not None else 0,
            )
            for each, home in zip(waiting, homes, strict=True)
        ],
        warehouse_id=order.warehouse_id,
        at=at,
    )
    for each, task in zip(waiting, tasks, strict=True):
        each.task = task
    PutBack.objects.bulk_update(waiting, ["task"])


def _homes(asked: Sequence[PutBack]) -> list[Location | None]:
    """The bin that each came from and may go back to; None where that is a bin no more: the worker chooses another."""
    bins = Location.objects.filter(kind__in=PICKABLE, is_active=True).select_related("zone")
    found = bins.in_bulk({each.pick.task.source_id for each in asked})
    return [found.get(each.pick.task.source_id) for each in asked]


def follow_totes(pick_ids: Sequence[int], *, place_id: int) -> None:
    """What is to be put back of these picks was brought elsewhere: its tasks begin there."""
    tasks = WarehouseTask.objects.open().filter(put_back__pick__in=pick_ids)
    relocate_tasks(list(tasks.values_list("pk", flat=True)), source_id=place_id)


def return_to_bin(
    pick: Pick, quantity: Decimal, target: Location, *, order: SalesOrder, by: Actor, at: datetime, reason: str
) -> int:
    """Move so much of a pick from its tote to a bin, and count it as returned; the posting that did it.

    Raises what `check_goes_back` and the ledger raise.
    """
    occasion = Occasion(by=by, at=at, document=order.number)
    check_goes_back(target, item=pick.task.goods, quantity=quantity, source_id=pick.tote_id or 0, occasion=occasion)
    transaction_id = post(
        [out_of_tote(pick, quantity, to=Place(location_id=target.pk))],
        warehouse_id=order.warehouse_id,
        kind=TransactionKind.MOVE,
        by=by,
        at=at,
        document=order.number,
        reason=reason,
    )
    pick.returned += quantity
    pick.save(update_fields=["returned"])
    return transaction_id


def note_return(pick: Pick, quantity: Decimal, *, transaction_id: int, put_back: PutBack | None = None) -> None:
    """Which posting brought back so much of a pick, and whether somebody had asked for it."""
    PickReturn.objects.create(pick=pick, put_back=put_back, quantity=quantity, transaction_id=transaction_id)
