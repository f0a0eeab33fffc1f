"""Counting: ask for it, take down what is there, and let another than the counter decide what is posted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from apps.accounts.roles import Role
from apps.catalog.models import Item
from apps.core.errors import NotAllowed, NotFound
from apps.core.quantities import parse_quantity
from apps.counting.errors import CountedBefore, CountUnderWay, GoodsUnclear, NotACount, NotCountable, OwnCount
from apps.counting.models import COUNT_NUMBERS, CountDay, CountLine, CycleCount
from apps.counting.queries import book_at
from apps.counting.rules import CountedLine, Goods, compare
from apps.counting.states import CountState
from apps.journal.actor import Actor
from apps.journal.operations import approve, enqueue, record
from apps.ledger.models import Lot, SerialNumber
from apps.ledger.operations import Move, Place, post
from apps.ledger.queries.naming import why_unclear
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import NewTask, cancel_tasks, complete_task, lock_task, make_tasks
from apps.tasks.states import TaskKind

MAY_DECIDE = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.ADMIN)
ONE_PLACE = Decimal(1)


def open_count(*, location_id: int, by: Actor, at: datetime) -> CycleCount:
    """Ask for a location to be counted: a task for whoever comes by, and a sheet for whoever works from paper.

    Raises `NotAllowed`, `NotCountable`, `CountUnderWay`.
    """
    _check_may_decide(by, "ask for counts")
    location = Location.objects.lock_one(location_id)
    # What is on the road is received or explained by its transfer; nobody stands there to count it.
    if location.is_virtual or location.kind == LocationKind.TRANSIT:
        raise NotCountable(location=location.code)
    for other in CycleCount.objects.under_way().filter(location=location):
        raise CountUnderWay(location=location.code, count=other.number)
    return opened(location, by=by, at=at)


def opened(location: Location, *, by: Actor, at: datetime, day: CountDay | None = None) -> CycleCount:
    """The count of a locked location that is in no other, with its task and its sheet."""
    number = COUNT_NUMBERS.next()
    count = CycleCount.objects.create(
        number=number,
        created_at=at,
        warehouse_id=location.warehouse_id,
        location=location,
        task=_task_to_count(location, number, at),
        asked_by=by.user,
        day=day,
    )
    enqueue("counting.print_count_sheet", at=at, count=number, user_id=by.user.pk)
    return count


def record_count(
    *, task_id: int, lines: Sequence[CountedLine], by: Actor, at: datetime, version: int | None = None
) -> CycleCount:
    """Take down all that stands at the location; what is not named is not there.

    The book is read at this moment, so what is moved before or after is no variance. Without one the count is
    approved by itself and nothing is posted. Raises `NotACount`, `GoodsUnclear`, `CountedBefore`, `TaskStale`,
    `TaskTaken`.
    """
    count = CycleCount.objects.lock_one(_count_of(task_id))
    task = lock_task(task_id=task_id, version=version, by=by, at=at)
    if count.first_counted_by_id == by.user.pk:
        raise CountedBefore(count=count.number, who=by.user.get_username())
    count.must_allow(CountState.COUNTED)
    counted = _checked(lines)
    # Putaways and other counts of the same place wait here, so the book stands still for them.
    Location.objects.lock_one(count.location_id)
    found = compare(book_at(count.location_id, {line.item_id for line in counted}), counted)
    CountLine.objects.bulk_create(
        [
            CountLine(
                count=count,
                round=count.round,
                item_id=each.book.goods[0],
                lot_id=each.book.goods[1],
                serial_id=each.book.goods[2],
                status=each.book.goods[3],
                owner_id=each.book.owner_id,
                unit_id=each.book.unit_id,
                expected=each.book.quantity,
                position_id=each.book.position_id,
                counted=each.counted,
            )
            for each in found
        ]
    )
    count.counted_by, count.counted_at = by.user, at
    count.advance(CountState.COUNTED, "counted_by", "counted_at")
    count.task = complete_task(task, by=by, at=at)
    if any(each.variance for each in found):
        return count
    count.decided_at = at
    return count.advance(CountState.APPROVED, "decided_at")


def approve_count(*, count_id: int, reason: str, by: Actor, at: datetime) -> CycleCount:
    """Post the variance in one transaction, as it was at the count: what was moved since stays moved.

    Raises `NotAllowed`, and `OwnCount` for whoever counted. The ledger refuses a loss of goods that have left since
    or are reserved (`InsufficientStock`): let the picks go short or the orders be released first, or have it counted
    again. Then nothing has changed.
    """
    count = CycleCount.objects.lock_one(count_id)
    _check_may_judge(count, by, "approve")
    count.must_allow(CountState.APPROVED)
    counter_id = count.counted_by_id
    if counter_id is not None:  # a counted one has its counter
        approve(kind="cycle count", number=count.number, asked_by_id=counter_id, by=by, at=at, reason=reason)
    _note("approve", count, by, at, reason)
    count.transaction_id = post(
        _moves(count),
        warehouse_id=count.warehouse_id,
        kind=TransactionKind.ADJUST,
        by=by,
        at=at,
        document=count.number,
        reason=reason,
    )
    count.approved_by, count.decided_at, count.reason = by.user, at, reason
    return count.advance(CountState.APPROVED, "approved_by", "decided_at", "reason", "transaction")


def reject_count(*, count_id: int, reason: str, by: Actor, at: datetime) -> CycleCount:
    """Not believed: another person counts again. Rejected a second time, the count ends and nothing is posted.

    Raises `NotAllowed`, and `OwnCount` for whoever counted.
    """
    count = CycleCount.objects.lock_one(count_id)
    _check_may_judge(count, by, "reject")
    count.must_allow(CountState.REJECTED)
    _note("reject", count, by, at, reason)
    count.reason = reason
    if count.first_counted_by_id is not None:
        count.decided_at = at
        return count.advance(CountState.REJECTED, "reason", "decided_at")
    count.first_counted_by, count.counted_by, count.counted_at = count.counted_by, None, None
    count.task = _task_to_count(count.location, count.number, at, not_for_id=count.first_counted_by_id)
    return count.advance(CountState.RECOUNT, "reason", "first_counted_by", "counted_by", "counted_at", "task")


def cancel_count(*, count_id: int, reason: str, by: Actor, at: datetime) -> CycleCount:
    """Give up a count that is not decided; its task leaves the queue. Raises `NotAllowed`."""
    count = CycleCount.objects.lock_one(count_id)
    _check_may_decide(by, "cancel counts")
    count.must_allow(CountState.CANCELLED)
    cancel_tasks([count.task_id])
    _note("cancel", count, by, at, reason)
    count.reason, count.decided_at = reason, at
    return count.advance(CountState.CANCELLED, "reason", "decided_at")


def _task_to_count(location: Location, number: str, at: datetime, *, not_for_id: int | None = None) -> WarehouseTask:
    new = NewTask(
        kind=TaskKind.COUNT,
        document=number,
        quantity=ONE_PLACE,
        source_id=location.pk,
        sequence=location.walking_place,
        not_for_id=not_for_id,
    )
    (task,) = make_tasks([new], warehouse_id=location.warehouse_id, at=at)
    return task


def _count_of(task_id: int) -> int:
    count_id = CycleCount.objects.filter(task=task_id).values_list("pk", flat=True).first()
    if count_id is None:
        raise NotACount(task=WarehouseTask.objects.lock_one(task_id).number)
    return count_id


def _checked(lines: Sequence[CountedLine]) -> list[CountedLine]:
    """The lines at their items' scale, each of goods that can be told apart and named once."""
    items = Item.objects.in_bulk({line.item_id for line in lines})
    lots = Lot.objects.in_bulk({line.lot_id for line in lines if line.lot_id is not None})
    serials = SerialNumber.objects.in_bulk({line.serial_id for line in lines if line.serial_id is not None})
    seen: set[Goods] = set()
    checked = []
    for line in lines:
        item = items.get(line.item_id)
        if item is None:
            raise NotFound(kind="item", number=str(line.item_id))
        amount = parse_quantity(line.quantity, scale=item.scale, zero=True)
        lot = lots.get(line.lot_id) if line.lot_id is not None else None
        serial = serials.get(line.serial_id) if line.serial_id is not None else None
        problem = _problem(item, lot, serial, amount)
        if line.goods in seen:
            problem = "the same goods are named twice"
        if problem:
            raise GoodsUnclear(item=item.number, problem=problem)
        seen.add(line.goods)
        checked.append(replace(line, quantity=amount))
    return checked


def _problem(item: Item, lot: Lot | None, serial: SerialNumber | None, amount: Decimal) -> str:
    """What the ledger would refuse when the variance is posted, said while the counter still stands there."""
    unclear = why_unclear(item, lot, serial)
    return unclear or ("a serial number is one unit" if serial is not None and amount > 1 else "")


def _moves(count: CycleCount) -> list[Move]:
    """What is missing goes to the adjustment location, what is too much comes from it."""
    adjustment = Location.objects.virtual(count.warehouse, LocationKind.ADJUSTMENT)
    moves = []
    for line in count.latest_lines():
        here = Place(location_id=count.location_id, unit_id=line.unit_id, status=line.status)
        gone = Place(location_id=adjustment.pk, status=line.status)
        lost = line.variance < 0
        if line.variance:
            moves.append(
                Move(
                    item_id=line.item_id,
                    lot_id=line.lot_id,
                    serial_id=line.serial_id,
                    owner_id=line.owner_id,
                    quantity=abs(line.variance),
                    source=here if lost else gone,
                    target=gone if lost else here,
                )
            )
    return moves


def _check_may_decide(by: Actor, act: str) -> None:
    if not by.user.has_role(*MAY_DECIDE):
        raise NotAllowed(who=by.user.get_username(), act=act)


def _check_may_judge(count: CycleCount, by: Actor, act: str) -> None:
    _check_may_decide(by, f"{act} {count}")
    if count.counted_by_id == by.user.pk:
        raise OwnCount(count=count.number, who=by.user.get_username())


def _note(verb: str, count: CycleCount, by: Actor, at: datetime, reason: str) -> None:
    record(
        verb,
        kind="cycle count",
        number=count.number,
        by=by,
        at=at,
        warehouse_code=count.warehouse.code,
        reason=reason,
        location=count.location.code,
    )
