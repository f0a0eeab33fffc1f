"""Cross-docking: what has come in and an order waits for goes to a lane, and out from there.

It is planned after a truck was unloaded, before its putaways are begun; what a worker has in hand goes where it was
going. Nobody's place in the queue changes: goods in a lane are allocated like any others, first promised first served.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from django.db.models import F, Q, Sum

from apps.core.decimals import plain
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.models import Hold, Lot, StockBalance
from apps.ledger.states import StockStatus
from apps.locations.models import Warehouse
from apps.orders.models import SalesOrder
from apps.orders.operations import allocate_orders
from apps.planning.operations.reorder import check_may_plan
from apps.storage.models import Putaway
from apps.storage.operations import Wanted, send_to_lanes
from apps.storage.queries import goods_on, lanes_of
from apps.supply.models import Promise
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind, TaskState


def cross_dock(*, warehouse_id: int, by: Actor, at: datetime) -> list[Putaway]:
    """Send goods at the dock for which an order is owed to a lane, as much as is owed; the putaways changed.

    The lots that expire first go first; lots on hold, and expired ones, go nowhere. What is on its way to a lane
    counts as served, so a second run changes nothing. Raises `NotAllowed`.
    """
    check_may_plan(by, "plan cross-docking")
    lanes = lanes_of(warehouse_id)
    if not lanes:
        return []
    warehouse = Warehouse.objects.get(pk=warehouse_id)
    waiting = _waiting(warehouse, lanes, at)
    owed = _owed(warehouse_id, {task.goods_id for task in waiting}, lanes, at) if waiting else {}
    sent = send_to_lanes(list(_wanted(waiting, owed)), warehouse_id=warehouse_id, by=by, at=at)
    if sent:
        record(
            "cross-dock",
            kind="warehouse",
            number=warehouse.code,
            by=by,
            at=at,
            warehouse_code=warehouse.code,
            putaways=[putaway.pk for putaway in sent],
        )
    return sent


def serve_lanes(*, warehouse_id: int, by: Actor, at: datetime) -> list[SalesOrder]:
    """Allocate the orders that wait for what stands free in the lanes; those that got something.

    Raises `NotAllowed`.
    """
    check_may_plan(by, "plan cross-docking")
    standing = StockBalance.objects.available(at).filter(warehouse=warehouse_id, location__in=lanes_of(warehouse_id))
    promises = Promise.objects.open().filter(warehouse=warehouse_id, item__in=standing.values("item"))
    orders = SalesOrder.objects.filter(number__in=promises.values("document"))
    return allocate_orders(order_ids=list(orders.values_list("pk", flat=True)), by=by, at=at)


def _waiting(warehouse: Warehouse, lanes: Iterable[int], at: datetime) -> list[WarehouseTask]:
    """Putaways of goods that may be promised and that nobody has begun, the lot that expires first before others."""
    held = Hold.objects.open().values("lot")
    today = warehouse.local_date(at)
    rows = (
        WarehouseTask.objects.filter(
            warehouse=warehouse,
            kind=TaskKind.PUTAWAY,
            state=TaskState.READY,
            item__isnull=False,
            putaway__status=StockStatus.AVAILABLE,
        )
        .exclude(target__in=list(lanes))
        .exclude(lot__in=held)
        .exclude(lot__expires_on__lte=today)
    )
    tasks = list(rows.order_by("item", F("lot__expires_on").asc(nulls_last=True), "pk"))
    # A pallet of several lots names none on its task: one bad lot keeps all of it out.
    mixed = {task.unit_id for task in tasks if task.unit_id is not None and task.lot_id is None}
    lots = {unit: {each.lot_id for each in goods} for unit, goods in goods_on(mixed).items()} if mixed else {}
    there = {lot for each in lots.values() for lot in each if lot is not None}
    bad = set(
        Lot.objects.filter(pk__in=there).filter(Q(pk__in=held) | Q(expires_on__lte=today)).values_list("pk", flat=True)
    )
    return [task for task in tasks if not lots.get(task.unit_id or 0, set()) & bad]


def _owed(
    warehouse_id: int, item_ids: set[int], lanes: Iterable[int], at: datetime
) -> dict[int, list[tuple[str, Decimal]]]:
    """By item, which documents wait for how much that neither stock nor what goes to the lanes covers, first first."""
    coming: dict[int, Decimal] = defaultdict(
        Decimal,
        WarehouseTask.objects.open()
        .filter(warehouse=warehouse_id, kind=TaskKind.PUTAWAY, target__in=list(lanes), item__in=item_ids)
        .order_by()
        .values_list("item")
        .annotate(total=Sum("quantity")),
    )
    owed: dict[int, list[tuple[str, Decimal]]] = defaultdict(list)
    rows = Promise.objects.filter(warehouse=warehouse_id, item__in=item_ids).back_ordered(at)
    for promise in rows.order_by("promised_at", "pk"):
        missing: Decimal = promise.missing  # type: ignore[attr-defined]
        covered = min(missing, coming[promise.item_id])
        coming[promise.item_id] -= covered
        if missing > covered:
            owed[promise.item_id].append((promise.document, missing - covered))
    return owed


def _wanted(waiting: Iterable[WarehouseTask], owed: dict[int, list[tuple[str, Decimal]]]) -> Iterator[Wanted]:
    """How much of each putaway is waited for; of a pallet all or nothing."""
    for task in waiting:
        queue = owed.get(task.goods_id, [])
        needed = sum((quantity for _, quantity in queue), Decimal(0))
        quantity = min(task.quantity, needed)
        if quantity == 0 or (task.carries_unit and quantity < task.quantity):
            continue
        first = document = queue[0][0]
        left = quantity
        while left > 0:
            document, missing = queue.pop(0)
            if missing > left:
                queue.insert(0, (document, missing - left))
            left -= min(missing, left)
        who = f"{first} waits" if first == document else f"{first} and others wait"
        because = f"{who} for {plain(quantity)}: it goes out from here."
        yield Wanted(task_id=task.pk, quantity=quantity, because=because)
