"""What was done on a day besides receiving and shipping: tasks, counts, returns, recalls, reorders, postings."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from apps.counting.models import CountLine, CycleCount
from apps.counting.states import CountState
from apps.insights.day.figures import (
    Amount,
    CameBack,
    Counted,
    Done,
    Filled,
    Inspected,
    Posted,
    Recalled,
    Reorder,
    Returned,
    summed,
)
from apps.insights.day.moved import Bounds, within
from apps.ledger.models import StockMove
from apps.ledger.states import TransactionKind
from apps.locations.models import Warehouse
from apps.planning.models import ReorderProposal
from apps.planning.states import ProposalState
from apps.returns.models import ReturnArrival, ReturnInspection
from apps.returns.states import Disposition
from apps.storage.models import Replenishment
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind, TaskState
from apps.traceability.models import RecallCase

if TYPE_CHECKING:
    from apps.accounts.models import User


def work_of(warehouse: Warehouse, day: Bounds) -> tuple[Done, ...]:
    """Tasks done, by kind and person."""
    rows = (
        WarehouseTask.objects.filter(warehouse=warehouse, state=TaskState.DONE, **within("done_at", day))
        .order_by("kind", "done_by__username")
        .values("kind", "done_by__first_name", "done_by__username")
        .annotate(tasks=Count("pk"))
    )
    return tuple(
        Done(
            kind=TaskKind(row["kind"]).label,
            who=row["done_by__first_name"] or row["done_by__username"] or "",
            tasks=row["tasks"],
        )
        for row in rows
    )


def filled_of(warehouse: Warehouse, day: Bounds) -> tuple[Filled, ...]:
    """Pick faces filled up from the reserve."""
    rows = (
        Replenishment.objects.filter(task__warehouse=warehouse, task__state=TaskState.DONE)
        .filter(**within("task__done_at", day))
        .select_related("task__item__unit", "task__source", "task__target")
        .order_by("pk")
    )
    return tuple(
        Filled(
            task=row.task.number,
            face=row.task.target.code if row.task.target is not None else "",
            reserve=row.task.source.code,
            item=row.task.goods.number,
            unit=row.task.goods.unit.code,
            asked=row.task.quantity,
            brought=row.brought,
            short_reason=row.short_reason,
        )
        for row in rows
    )


def counts_of(warehouse: Warehouse, day: Bounds) -> tuple[Counted, ...]:
    """Bins counted; two queries."""
    counts = CycleCount.objects.filter(warehouse=warehouse, **within("counted_at", day))
    found: dict[int, list[Amount]] = defaultdict(list)
    latest = Q(round=1, count__first_counted_by=None) | Q(round=2, count__first_counted_by__isnull=False)
    lines = CountLine.objects.filter(latest, count__in=counts, count__state=CountState.APPROVED)
    for count, unit, counted, expected in lines.values_list("count", "item__unit__code", "counted", "expected"):
        found[count].append(Amount(unit, counted - expected))
    return tuple(
        Counted(
            number=count.number,
            location=count.location.code,
            state=count.get_state_display(),
            counted_by=_name(count.counted_by),
            approved_by=_name(count.approved_by),
            gained=summed(each for each in found[count.pk] if each.quantity > 0),
            lost=summed(Amount(each.unit, -each.quantity) for each in found[count.pk] if each.quantity < 0),
        )
        for count in counts.select_related("location", "counted_by", "approved_by").order_by("pk")
    )


def returned_of(warehouse: Warehouse, day: Bounds) -> Returned:
    """What customers sent back, and what was decided about it; what was undone is left out. Two queries."""
    arrivals = (
        ReturnArrival.objects.filter(line__customer_return__warehouse=warehouse, transaction__reversed_by=None)
        .filter(**within("received_at", day))
        .select_related("line__customer_return__customer", "line__customer_return__order", "line__item__unit")
        .order_by("pk")
    )
    inspected = (
        ReturnInspection.objects.filter(line__customer_return__warehouse=warehouse, **within("inspected_at", day))
        .order_by("disposition", "line__item__unit__code")
        .values("disposition", unit=F("line__item__unit__code"))
        .annotate(total=Sum("quantity"))
    )
    return Returned(
        arrivals=tuple(
            CameBack(
                number=each.line.customer_return.number,
                order=each.line.customer_return.order.number if each.line.customer_return.order else "",
                customer=each.line.customer_return.customer.name,
                item=each.line.item.number,
                unit=each.line.item.unit.code,
                quantity=each.quantity,
            )
            for each in arrivals
        ),
        inspected=tuple(
            Inspected(disposition=Disposition(row["disposition"]).label, unit=row["unit"], quantity=row["total"])
            for row in inspected
        ),
    )


def recalls_of(warehouse: Warehouse, day: Bounds) -> tuple[Recalled, ...]:
    """Recalls opened on the day of lots that have ever been here."""
    been_here = StockMove.objects.filter(warehouse=warehouse, lot__recalls=OuterRef("pk"))
    rows = RecallCase.objects.filter(Exists(been_here), **within("created_at", day)).order_by("pk")
    return tuple(Recalled(number=case.number, reason=case.reason, state=str(case.get_state_display())) for case in rows)


def reorders_of(warehouse: Warehouse, on: date) -> tuple[Reorder, ...]:
    """Reorders proposed on the day, and those that wait since before."""
    rows = (
        ReorderProposal.objects.filter(warehouse=warehouse, proposed_on__lte=on)
        .filter(Q(proposed_on=on) | Q(state=ProposalState.PROPOSED))
        .select_related("item__unit", "supplier", "order")
        .order_by("pk")
    )
    return tuple(
        Reorder(
            number=row.number,
            state=row.get_state_display(),
            item=row.item.number,
            unit=row.item.unit.code,
            quantity=row.quantity,
            supplier=row.supplier.name if row.supplier else "",
            order=row.order.number if row.order else "",
            waits=row.state == ProposalState.PROPOSED,
        )
        for row in rows
    )


def postings_of(warehouse: Warehouse, day: Bounds) -> tuple[Posted, ...]:
    """What the ledger wrote, by kind in the order in which goods pass."""
    rows = (
        StockMove.objects.filter(warehouse=warehouse, **within("recorded_at", day))
        .order_by()
        .values(kind=F("transaction__kind"))
        .annotate(transactions=Count("transaction", distinct=True), moves=Count("pk"))
    )
    found = {row["kind"]: row for row in rows}
    return tuple(
        Posted(kind=kind.label, transactions=found[kind]["transactions"], moves=found[kind]["moves"])
        for kind in TransactionKind
        if kind in found
    )


def _name(user: User | None) -> str:
    return "" if user is None else user.first_name or user.get_username()
