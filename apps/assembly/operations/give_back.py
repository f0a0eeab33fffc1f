"""What was issued and is not used: back to a bin, or to scrap."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from apps.assembly.errors import NotIssued
from apps.assembly.models import AssemblyIssue, AssemblyOrder
from apps.assembly.operations.end import settle
from apps.assembly.operations.release import note_reserved
from apps.assembly.operations.trail import check_may_plan, note
from apps.core.decimals import plain
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.locations.choices import PICKABLE, LocationKind
from apps.locations.models import Location
from apps.overrides.operations import Occasion
from apps.storage.operations import check_goes_back
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import cancel_tasks, complete_task, lock_task, raise_task
from apps.tasks.states import TASK_FLOW

TAKE_BACK = (*PICKABLE, LocationKind.QUARANTINE, LocationKind.STAGING)


def return_component(
    *, issue_id: int, quantity: Decimal, by: Actor, at: datetime, location_id: int | None = None
) -> AssemblyOrder:
    """Bring so much of an issue from the bench back to a bin: where it came from, unless another is named.

    Goods that are held go back as well. Raises `NotIssued`, `NotFound`, what `check_goes_back` and the ledger
    raise.
    """
    order, issue = lock_issue(issue_id)
    _give_back(order, issue, quantity, location_id, by, at)
    task = issue.put_back
    if task is not None and not TASK_FLOW.is_final(task.state):
        task = WarehouseTask.objects.lock_one(task.pk)
        if issue.left:
            raise_task(task, quantity=issue.left, priority=task.priority)
        else:
            cancel_tasks([task.pk])
    settle(order, at)
    return order


def confirm_return(
    *, task_id: int, location_id: int, quantity: Decimal, by: Actor, at: datetime, version: int | None = None
) -> WarehouseTask:
    """The goods that a put-back task asks for are in a bin: some, and the task asks for the rest, or all of them.

    Raises `TaskStale`, `TaskTaken`, and what `return_component` raises.
    """
    pk = AssemblyIssue.objects.filter(put_back=task_id).values_list("pk", flat=True).first()
    if pk is None:
        raise NotFound(kind="put-back", number=str(task_id))
    order, issue = lock_issue(pk)
    task = lock_task(task_id=task_id, version=version, by=by, at=at)
    _give_back(order, issue, quantity, location_id, by, at)
    if issue.left:
        raise_task(task, quantity=issue.left, priority=task.priority)
    else:
        complete_task(task, by=by, at=at)
    settle(order, at)
    return task


def scrap_component(*, issue_id: int, quantity: Decimal, reason: str, by: Actor, at: datetime) -> AssemblyOrder:
    """So much of an issue was spoilt at the bench: it is lacking again as long as the order makes more.

    Raises `NotAllowed`, `NotIssued`, and what the ledger raises.
    """
    check_may_plan(by, "scrap components")
    order, issue = lock_issue(issue_id)
    amount = _amount(order, issue, quantity)
    scrap = Location.objects.virtual(order.warehouse, LocationKind.SCRAP)
    _post(order, issue, amount, scrap.pk, TransactionKind.SCRAP, by, at, reason=reason)
    issue.scrapped += amount
    issue.save(update_fields=["scrapped"])
    note("scrap", order, by=by, at=at, item=issue.item.number, quantity=plain(amount), reason=reason)
    settle(order, at)
    note_reserved(order)
    return order


def lock_issue(issue_id: int) -> tuple[AssemblyOrder, AssemblyIssue]:
    """The order and then the issue, locked. Raises `NotFound`."""
    found = AssemblyIssue.objects.filter(pk=issue_id).values_list("line__order", flat=True).first()
    if found is None:
        raise NotFound(kind="issue", number=str(issue_id))
    order = AssemblyOrder.objects.select_related("warehouse").lock_one(found)
    return order, AssemblyIssue.objects.select_related("item", "put_back", "line").lock_one(issue_id)


def _give_back(
    order: AssemblyOrder, issue: AssemblyIssue, quantity: Decimal, location_id: int | None, by: Actor, at: datetime
) -> None:
    amount = _amount(order, issue, quantity)
    place = Location.objects.filter(pk=location_id or issue.source_id, kind__in=TAKE_BACK, is_active=True).first()
    if place is None or place.warehouse_id != order.warehouse_id:
        raise NotFound(kind="bin", number=str(location_id))
    occasion = Occasion(by=by, at=at, document=order.number)
    check_goes_back(place, item=issue.item, quantity=amount, source_id=order.bench_id, occasion=occasion)
    _post(order, issue, amount, place.pk, TransactionKind.MOVE, by, at, reason="not used")
    issue.returned += amount
    issue.save(update_fields=["returned"])
    note_reserved(order)


def _amount(order: AssemblyOrder, issue: AssemblyIssue, quantity: Decimal) -> Decimal:
    amount = parse_quantity(quantity, scale=issue.item.scale)
    if amount > issue.left:
        raise NotIssued(order=order.number, item=issue.item.number, left=issue.left, asked=amount)
    return amount


def _post(
    order: AssemblyOrder,
    issue: AssemblyIssue,
    amount: Decimal,
    to: int,
    kind: TransactionKind,
    by: Actor,
    at: datetime,
    *,
    reason: str,
) -> None:
    post(
        [
            Move(
                item_id=issue.item_id,
                lot_id=issue.lot_id,
                serial_id=issue.serial_id,
                quantity=amount,
                source=Place(location_id=order.bench_id, status=issue.status),
                target=Place(location_id=to, status=issue.status),
            )
        ],
        warehouse_id=order.warehouse_id,
        kind=kind,
        by=by,
        at=at,
        document=order.number,
        reason=reason,
    )
