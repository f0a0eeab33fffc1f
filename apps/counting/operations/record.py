"""What a counter found is taken down; what is within the tolerance is posted by rule, what is not is counted again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from apps.accounts.models import SYSTEM, User
from apps.catalog.models import Item
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.counting.errors import CountedBefore, GoodsUnclear, NotACount, NotIndependent
from apps.counting.models import CountFinding, CountLine, CycleCount
from apps.counting.operations.opening import task_to_count
from apps.counting.operations.posting import post_variance
from apps.counting.queries.book import book_seen
from apps.counting.queries.standing import last_picker, latest_costs, tolerances
from apps.counting.rules import CountedLine, Finding, Goods, compare
from apps.counting.rules.approving import tolerated
from apps.counting.states import CountScope, CountState, FindingKind
from apps.journal.actor import Actor
from apps.journal.operations import approve, record
from apps.ledger.errors import InsufficientStock
from apps.ledger.models import Lot, SerialNumber
from apps.ledger.queries.naming import why_unclear
from apps.locations.models import Location
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import complete_task, lock_task

RULE = "counting.tolerance"
"""The job under whose name the rule posts."""


def record_count(
    *,
    task_id: int,
    lines: Sequence[CountedLine],
    by: Actor,
    at: datetime,
    version: int | None = None,
    findings: Sequence[Finding] = (),
) -> CycleCount:
    """Take down all that stands at the location; what is not named is not there.

    The book is that of the moment when each thing was seen, so what is moved before or after is no variance; a late
    message counts from when the device says that it was done. Without a difference the count is approved by itself and
    nothing is posted; within the site's tolerance it is posted by rule; beyond it another person counts again. Raises
    `NotACount`, `GoodsUnclear`, `CountedBefore`, `NotIndependent`, `TaskStale`, `TaskTaken`.
    """
    count = CycleCount.objects.lock_one(_count_of(task_id))
    task = lock_task(task_id=task_id, version=version, by=by, at=at)
    count.must_allow(CountState.COUNTED)
    told_at = max(count.created_at, min(by.occurred_at or at, at))
    count.last_picked_by_id = last_picker(count.location_id, before=told_at)
    _check_may_count(count, by)
    checked, aside = _apart(count, _checked(lines))
    # Putaways and other counts of the same place wait here, so the book stands still for them.
    Location.objects.lock_one(count.location_id)
    found = _take_down(count, checked, told_at)
    noted = CountFinding.objects.bulk_create(
        CountFinding(
            count=count, round=count.round, kind=each.kind, text=each.text, quantity=each.quantity, note=each.note
        )
        for each in (*findings, *aside)
    )
    count.quantity = sum((abs(line.variance) for line in found), Decimal(0))
    count.value = sum((abs(line.variance_value) for line in found), Decimal(0))
    count.counted_by, count.counted_at = by.user, told_at
    count.advance(CountState.COUNTED, "counted_by", "counted_at", "last_picked_by", "quantity", "value")
    count.task = complete_task(task, by=by, at=at)
    if not noted and not count.quantity:
        count.decided_at = at
        return count.advance(CountState.APPROVED, "decided_at")
    return _judge(count, [] if noted else found, at)


def _judge(count: CycleCount, found: Sequence[CountLine], at: datetime) -> CycleCount:
    """By the site's tolerances; where there are none a person decides. Lines are given when nothing else was found."""
    rules = tolerances(count.warehouse_id, {line.item_id for line in found})
    if not rules.given:
        return count
    within = bool(found) and all(
        tolerated(
            expected=line.expected,
            variance=line.variance,
            value=line.variance_value,
            tolerance=rules.of(line.item_id),
        )
        for line in found
    )
    if within:
        return _post_by_rule(count, at)
    if count.first_counted_by_id is None:
        return count_again(count, at)
    return count


def count_again(count: CycleCount, at: datetime) -> CycleCount:
    """A counted one goes back into the queue, for another than whoever counted it first."""
    count.first_counted_by, count.counted_by, count.counted_at = count.counted_by, None, None
    count.task = task_to_count(count, at, not_for_id=count.first_counted_by_id)
    return count.advance(CountState.RECOUNT, "first_counted_by", "counted_by", "counted_at", "task")


def _post_by_rule(count: CycleCount, at: datetime) -> CycleCount:
    """Posted in the system's name. What the ledger refuses (goods reserved, or gone since) waits for a person."""
    system = User.objects.filter(username=SYSTEM).first()
    if system is None or count.counted_by_id is None:
        return count
    rule = Actor(user=system, job=RULE)
    reason = "within the tolerance"
    try:
        with transaction.atomic():
            count.transaction_id = post_variance(count, reason=reason, by=rule, at=at)
    except InsufficientStock:
        return count
    approve(kind="cycle count", number=count.number, asked_by_id=count.counted_by_id, by=rule, at=at, reason=reason)
    record(
        "approve",
        kind="cycle count",
        number=count.number,
        by=rule,
        at=at,
        warehouse_code=count.warehouse.code,
        reason=reason,
        location=count.location.code,
    )
    count.approved_by, count.decided_at, count.reason, count.by_rule = system, at, reason, True
    return count.advance(CountState.APPROVED, "approved_by", "decided_at", "reason", "by_rule", "transaction")


def _take_down(count: CycleCount, lines: Sequence[CountedLine], told_at: datetime) -> list[CountLine]:
    found = compare(book_seen(count, lines, told_at=told_at), lines, unit_id=count.unit_id)
    moments: dict[Goods, datetime] = {line.goods: told_at - timedelta(seconds=line.seconds_ago) for line in lines}
    costs = latest_costs({each.book.goods[0] for each in found})
    return CountLine.objects.bulk_create(
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
                seen_at=moments.get(each.book.goods, told_at),
                unit_cost=costs.get(each.book.goods[0], Decimal(0)),
            )
            for each in found
        ]
    )


def _count_of(task_id: int) -> int:
    count_id = CycleCount.objects.filter(task=task_id).values_list("pk", flat=True).first()
    if count_id is None:
        raise NotACount(task=WarehouseTask.objects.lock_one(task_id).number)
    return count_id


def _check_may_count(count: CycleCount, by: Actor) -> None:
    who = by.user.get_username()
    if count.first_counted_by_id == by.user.pk:
        raise CountedBefore(count=count.number, who=who)
    # What the plan or an inventory asked for, no person chose.
    if count.asked_by_id == by.user.pk and count.day_id is None and count.inventory_id is None:
        raise NotIndependent(count=count.number, who=who, part="asked for it")
    if count.last_picked_by_id == by.user.pk:
        raise NotIndependent(count=count.number, who=who, part="picked there last")


def _apart(count: CycleCount, lines: Sequence[CountedLine]) -> tuple[list[CountedLine], list[Finding]]:
    """Of a count of one item: its lines, and what else was seen, which another count must judge."""
    if count.scope != CountScope.ITEM:
        return list(lines), []
    own = [line for line in lines if line.item_id == count.item_id]
    others = [line for line in lines if line.item_id != count.item_id]
    numbers = dict(Item.objects.filter(pk__in={line.item_id for line in others}).values_list("pk", "number"))
    return own, [Finding(kind=FindingKind.ASIDE, text=numbers[line.item_id], quantity=line.quantity) for line in others]


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
