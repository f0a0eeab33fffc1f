"""What waits for goods at pick faces: picks on the floor that fall short, and what orders are owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db.models import Sum

from apps.ledger.models import StockBalance
from apps.ledger.states import StockStatus
from apps.storage.rules import NOTHING, Demand
from apps.supply.queries import open_promises
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind, TaskState

At = tuple[int, int]
"""An item at a place."""


def picks_short(*, warehouse_id: int) -> dict[At, Decimal]:
    """How much more than stands there is to be picked of an item at a place, by the picks on the floor; two queries."""
    rows = (
        WarehouseTask.objects.open()
        .filter(warehouse=warehouse_id, kind=TaskKind.PICK)
        .order_by()
        .values_list("item", "source")
        .annotate(total=Sum("quantity"))
    )
    asked: dict[At, Decimal] = {(item, place): total for item, place, total in rows if item is not None}
    standing = (
        StockBalance.objects.on_hand()
        .filter(
            item__in={item for item, _ in asked},
            location__in={place for _, place in asked},
            status=StockStatus.AVAILABLE,
        )
        .order_by()
        .values_list("item", "location")
        .annotate(total=Sum("on_hand"))
    )
    there = {(item, place): total for item, place, total in standing}
    missing = {at: total - there.get(at, NOTHING) for at, total in asked.items()}
    return {at: total for at, total in missing.items() if total > 0}


def demand_for(item_ids: Collection[int], *, warehouse_id: int, short: Mapping[At, Decimal]) -> dict[int, Demand]:
    """What waits for each of these items, which nothing is reserved for yet; items that nobody waits for are left out.

    `short` is what `picks_short` says. Owed on a document that is on the floor, or was, counts as released: its pick
    was short.
    """
    owed = {key: total for key, total in open_promises(warehouse_id=warehouse_id, item_ids=item_ids).items() if total}
    on_floor = set(
        WarehouseTask.objects.filter(
            warehouse=warehouse_id, kind=TaskKind.PICK, document__in={document for document, _ in owed}
        )
        .exclude(state=TaskState.CANCELLED)
        .order_by()
        .values_list("document", flat=True)
        .distinct()
    )
    released: dict[int, Decimal] = defaultdict(Decimal)
    promised: dict[int, Decimal] = defaultdict(Decimal)
    for (document, item), total in owed.items():
        (released if document in on_floor else promised)[item] += total
    wanted = set(item_ids)
    missing: dict[int, Decimal] = defaultdict(Decimal)
    for (item, _), total in short.items():
        missing[item] += total
    for item in wanted & missing.keys():
        # What was lost under a pick is owed again as well: it is counted once.
        released[item] = max(released[item], missing[item])
    return {
        item: Demand(released=released[item], promised=promised[item])
        for item in wanted
        if released[item] + promised[item] > 0
    }
