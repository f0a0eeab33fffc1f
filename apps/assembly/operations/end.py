"""An order's end: when all is made and nothing of it stands at the bench, or when it is given up."""

from __future__ import annotations

from datetime import datetime

from apps.assembly.models import AssemblyIssue, AssemblyOrder
from apps.assembly.operations.release import drop_claims, open_claims
from apps.assembly.operations.trail import check_may_plan, note
from apps.assembly.queries import at_bench
from apps.assembly.states import AssemblyState, WorkKind
from apps.core.decimals import plain
from apps.journal.actor import Actor
from apps.supply.operations import end_promises, stop_expecting
from apps.tasks.operations import NewTask, make_tasks
from apps.tasks.states import TaskKind
from apps.valuation.operations import close_work


def cancel_assembly(*, order_id: int, reason: str, by: Actor, at: datetime) -> AssemblyOrder:
    """Make nothing more: reservations end, tasks are called off, what stands at the bench is to be put back.

    Until the last of it is back the order is being cancelled. What was made stays made: such an order is done, short.
    Goods that were to be refurbished stay where they stand, as unavailable as they are.
    Raises `NotAllowed`, `IllegalTransition`.
    """
    check_may_plan(by, "cancel assembly")
    order = AssemblyOrder.objects.select_related("warehouse").lock_one(order_id)
    order.must_allow(_end_of(order))
    order.end_reason = reason
    order.save(update_fields=["end_reason"])
    _let_go(order, at)
    back = at_bench(order)
    _ask_to_put_back(order, back, at)
    stay = {"goods": "stay as they are, not available"} if order.kind == WorkKind.REFURBISH and order.left else {}
    note("cancel", order, by=by, at=at, reason=reason, made=plain(order.made), to_put_back=len(back), **stay)
    if back:
        return order.advance(AssemblyState.CANCELLING)
    return _end(order, at)


def settle(order: AssemblyOrder, at: datetime) -> None:
    """A locked order is over as soon as nothing more is made and nothing of it stands at the bench."""
    over = order.state == AssemblyState.CANCELLING or (
        order.state in {AssemblyState.RELEASED, AssemblyState.IN_WORK} and not order.left
    )
    if not over:
        return
    _let_go(order, at)
    if not at_bench(order):
        _end(order, at)


def _let_go(order: AssemblyOrder, at: datetime) -> None:
    drop_claims(open_claims(order), reason="assembly ended")
    end_promises(document=order.number, at=at)
    stop_expecting(document=order.number, at=at)


def _ask_to_put_back(order: AssemblyOrder, issues: list[AssemblyIssue], at: datetime) -> None:
    tasks = make_tasks(
        [
            NewTask(
                kind=TaskKind.PUT_BACK,
                document=order.number,
                item_id=issue.item_id,
                lot_id=issue.lot_id,
                serial_id=issue.serial_id,
                quantity=issue.left,
                source_id=order.bench_id,
                target_id=issue.source_id,
                priority=order.priority,
            )
            for issue in issues
        ],
        warehouse_id=order.warehouse_id,
        at=at,
    )
    for issue, task in zip(issues, tasks, strict=True):
        issue.put_back = task
    AssemblyIssue.objects.bulk_update(issues, ["put_back"])


def _end(order: AssemblyOrder, at: datetime) -> AssemblyOrder:
    close_work(document=order.number, at=at)
    order.ended_at = at
    return order.advance(_end_of(order), "ended_at")


def _end_of(order: AssemblyOrder) -> AssemblyState:
    return AssemblyState.DONE if order.made else AssemblyState.CANCELLED
