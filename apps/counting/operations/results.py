"""What was counted on paper comes as a file: the places that it names are taken down, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.counting.imports import read_results
from apps.counting.models import CycleCount, Inventory
from apps.counting.operations.opening import check_may_decide
from apps.counting.operations.record import record_count
from apps.counting.queries.naming import goods_named
from apps.counting.states import CountState, InventoryState
from apps.journal.actor import Actor


def bring_in_results(*, inventory_id: int, text: str, by: Actor, at: datetime) -> list[CycleCount]:
    """Record the counts of the places in the file, as counted by whoever brings it in; a place without goods is empty.

    Places whose count is not waiting to be counted are refused, as is whatever is malformed (`ImportRefused`); raises
    `NotAllowed`, and as `record_count` does. Then nothing is recorded.
    """
    check_may_decide(by, "bring in what was counted on paper")
    inventory = Inventory.objects.lock_one(inventory_id)
    inventory.must_allow(InventoryState.CLOSED)
    waiting = {
        code: (pk, task)
        for code, pk, task in inventory.counts.filter(state__in=(CountState.OPEN, CountState.RECOUNT)).values_list(
            "location__code", "pk", "task"
        )
    }
    places = read_results(text, known=waiting)
    return [
        _record(waiting[code][1], rows, by, at)
        for code, rows in sorted(places.items(), key=lambda place: waiting[place[0]][0])
    ]


def _record(task_id: int, rows: Sequence[dict[str, object]], by: Actor, at: datetime) -> CycleCount:
    named = goods_named(rows, [], by.user)
    return record_count(task_id=task_id, lines=named.lines, findings=named.findings, by=by, at=at)
