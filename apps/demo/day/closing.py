"""Ordering what runs low, and the report of the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, Self

from apps.demo.day.context import Day
from apps.ledger.jobs import check_ledger

OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the reports of the day say, put together; what is left, as the last one says."""

    received: Decimal
    short: Decimal
    shipped: Decimal
    owed: Decimal
    cartons: int
    tasks: dict[str, int]
    moves: dict[str, int]
    held: list[str]
    low: list[str]
    broken: int

    @classmethod
    def of(cls, reports: Sequence[dict[str, Any]]) -> Self:
        """The sums."""
        tasks, moves = Counter[str](), Counter[str]()
        for each in reports:
            for row in each["work"]:
                tasks[row["kind"]] += row["tasks"]
            for row in each["postings"]:
                moves[row["kind"]] += row["moves"]
        last = reports[-1]
        return cls(
            received=_sum(row for each in reports for row in each["inbound"]["amounts"]),
            short=_sum(row for each in reports for row in each["inbound"]["short"]),
            shipped=_sum(row for each in reports for row in each["outbound"]["amounts"]),
            owed=_sum(row for each in reports for row in each["outbound"]["back_ordered"]),
            cartons=sum(each["outbound"]["cartons"] for each in reports),
            tasks=dict(tasks),
            moves=dict(moves),
            held=sorted(row["lot"] for row in last["left"]["held"]),
            low=[row["item"] for row in last["left"]["low"]],
            broken=last["ledger"]["broken"],
        )


def _sum(amounts: Iterable[dict[str, str]]) -> Decimal:
    return sum((Decimal(row["quantity"]) for row in amounts), Decimal(0))


def reorder(day: Day) -> None:
    """What is low is proposed with reasons, once; the buyer orders the kettles and lets the oats wait."""
    buyer = day["buyer"]
    proposed = buyer.post("/reorder-proposals/propose", warehouse=day.warehouse)["proposed"]
    again = buyer.post("/reorder-proposals/propose", warehouse=day.warehouse)["proposed"]
    day.facts["proposed"] = {row["item"]: row["quantity"] for row in proposed}
    day.facts["proposed-again"] = again
    numbers = {row["item"]: row["number"] for row in proposed}
    told = ", ".join(f"{row['quantity']} {row['item']} of {row['supplier']}" for row in proposed)
    day.tell(
        f"18:30  {len(proposed)} of 6 items with a minimum run low: {told} are proposed, with reasons; "
        f"run a second time, {len(again)} more."
    )
    for row in proposed:
        day.tell(f"       {row['item']}: {row['reasons'][0]['because']}")
    buyer.post(f"/reorder-proposals/{numbers['OAT-500']}/dismiss", reason="not before the mill has cleared its recall")
    (order,) = buyer.post("/reorder-proposals/order", proposals=[numbers["KETTLE-15"]])["orders"]
    day.facts["draft"] = order["number"]
    day.tell(
        f"18:40  The buyer lets the oats wait for the mill and orders the kettles: {order['number']} is a draft until "
        "it is submitted, and another approves it."
    )


def report(day: Day) -> None:
    """The ledger is checked, once however often it is asked, and the end-of-day report says the figures on page 1.

    A day that was interrupted may have ended after midnight: then there is a report for each day that it took.
    """
    for _ in range(2):  # as beat may: a late call and the next one
        check_ledger()
    reports = day.facts["reports"] = []
    status, on = OVER, day.today
    while status == OVER:
        reports.append(day["supervisor"].get("/end-of-day", warehouse=day.warehouse, on=on.isoformat()))
        name = f"{day.warehouse}-{on}-end-of-day"
        day.print("supervisor", "/end-of-day/pdf", name, warehouse=day.warehouse, on=on.isoformat())
        status, on = reports[-1]["status"], on + timedelta(days=1)
    told = Told.of(reports)
    day.facts["told"] = told
    tasks, moves = sum(told.tasks.values()), sum(told.moves.values())
    day.tell(
        f"19:00  The end-of-day report: {told.received} units received, {told.shipped} shipped in {told.cartons} "
        f"cartons, {told.owed} back-ordered, {tasks} tasks done, {moves} moves posted, {len(told.held)} lots on hold, "
        f"{told.broken} rules of the ledger broken."
    )
