"""How far each line of a transfer is: derived from the ledger and from what was taken down, never stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from apps.ledger.models import StockBalance, StockMove
from apps.ledger.states import StockStatus
from apps.orders.models import OrderShipment
from apps.shipping.states import ShipmentState
from apps.transfers.models import Transfer, TransferArrival, TransferLine, TransitClosing
from apps.transfers.queries.road import BY_ORDER, balances_on_the_road

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineProgress:
    """One line of a transfer, in base units. What was dispatched is received, closed or in transit."""

    line: TransferLine
    asked: Decimal
    dispatched: Decimal
    received: Decimal
    """Good and damaged."""
    damaged: Decimal
    closed: Decimal
    """Never came as it left, and somebody said what became of it."""
    in_transit: Decimal


def was_dispatched(transfer: Transfer) -> bool:
    """Whether anything of it has left."""
    if transfer.order_id is None:
        return False
    return OrderShipment.objects.filter(order=transfer.order_id, shipment__state=ShipmentState.SHIPPED).exists()


def is_on_the_road(transfer: Transfer) -> bool:
    """Whether anything of it is in transit."""
    return balances_on_the_road(transfer).exists()


def progress_of(transfer_ids: Iterable[int]) -> dict[int, list[LineProgress]]:
    """Each transfer's lines with how far they are, in five queries whatever the number of transfers and lines."""
    wanted = list(transfer_ids)
    lines = TransferLine.objects.filter(transfer__in=wanted).select_related("transfer", "item__unit").order_by("line")
    left = "transaction__shipment__order_shipment__order__transfer"
    dispatched = _sums(StockMove.objects.filter(**{f"{left}__in": wanted}), left, "item", total=Sum("quantity"))
    road = f"{BY_ORDER}__transfer"
    standing = StockBalance.objects.in_transit().filter(**{f"{road}__in": wanted})
    in_transit = _sums(standing, road, "item", total=Sum("on_hand"))
    received = _sums(
        TransferArrival.objects.filter(line__transfer__in=wanted),
        "line__transfer",
        "line__item",
        total=Sum("quantity"),
        damaged=Sum("quantity", filter=Q(status=StockStatus.DAMAGED)),
    )
    closed = _sums(
        TransitClosing.objects.filter(line__transfer__in=wanted),
        "line__transfer",
        "line__item",
        total=Sum("quantity"),
    )
    progress: dict[int, list[LineProgress]] = {pk: [] for pk in wanted}
    for line in lines:
        key = (line.transfer_id, line.item_id)
        progress[line.transfer_id].append(
            LineProgress(
                line=line,
                asked=line.quantity,
                dispatched=dispatched[key]["total"],
                received=received[key]["total"],
                damaged=received[key]["damaged"],
                closed=closed[key]["total"],
                in_transit=in_transit[key]["total"],
            )
        )
    return progress


def _sums(
    rows: QuerySet[Any], transfer: str, item: str, **totals: Any
) -> defaultdict[tuple[int, int], defaultdict[str, Decimal]]:
    """Totals by transfer and item; nought of what there is none."""
    grouped = rows.order_by().values(of=F(transfer), what=F(item)).annotate(**totals)
    sums: defaultdict[tuple[int, int], defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in grouped:
        sums[row["of"], row["what"]].update({name: row[name] or ZERO for name in totals})
    return sums
