"""How far each line of an order is: derived from reservations, picks, cartons and shipments, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from apps.ledger.models import Reservation
from apps.orders.models import PackedPick, Pick, PutBack, SalesOrderLine
from apps.orders.models.fulfilment import Unpacked
from apps.orders.states import SALES_ORDER_FLOW, PickState, SalesOrderState
from apps.shipping.states import ShipmentState

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineProgress:
    """One line of an order, in base units. Picked includes packed, packed includes shipped."""

    line: SalesOrderLine
    ordered: Decimal
    allocated: Decimal
    """Reserved at bins and not picked yet."""
    picked: Decimal
    """Less what is to be put back."""
    packed: Decimal
    shipped: Decimal
    short: Decimal
    """What pickers looked for and did not find; most of it is back-ordered or was picked later."""
    to_put_back: Decimal = ZERO
    """Picked, wanted no more, and not back in a bin."""

    @property
    def open(self) -> Decimal:
        """Neither picked nor reserved at a bin."""
        return self.ordered - self.picked - self.allocated

    @property
    def back_ordered(self) -> Decimal:
        """Owed to the customer and not at a bin for them: from the order's confirmation to its end."""
        binds = self.line.order.state != SalesOrderState.DRAFT and not self._is_over
        return self.open if binds else ZERO

    @property
    def cancelled(self) -> Decimal:
        """Ordered and given up when the order ended."""
        return self.ordered - self.shipped if self._is_over else ZERO

    @property
    def _is_over(self) -> bool:
        state = self.line.order.state
        return state == SalesOrderState.CANCELLING or SALES_ORDER_FLOW.is_final(state)


def progress_of(order_ids: Iterable[int]) -> dict[int, list[LineProgress]]:
    """Each order's lines with how far they are, in five queries whatever the number of orders and lines."""
    wanted = list(order_ids)
    lines = list(SalesOrderLine.objects.filter(order__in=wanted).select_related("order", "item__unit").order_by("pk"))
    numbers = {line.order.number for line in lines}
    allocated = sums(
        Reservation.objects.pending().filter(document__in=numbers),
        Coalesce("allocation__line", "origin__allocation__line"),
        total=Sum("quantity"),
    )
    picks = sums(
        Pick.objects.filter(allocation__line__order__in=wanted),
        F("allocation__line"),
        taken=Sum(F("picked") - F("returned")),
        short=Sum(F("quantity") - F("picked"), filter=Q(state=PickState.SHORT)),
    )
    back = sums(
        PutBack.objects.filter(pick__allocation__line__order__in=wanted),
        F("pick__allocation__line"),
        left=Sum(F("quantity") - F("returned")),
    )
    packings = sums(
        PackedPick.objects.filter(pick__allocation__line__order__in=wanted),
        F("pick__allocation__line"),
        packed=Sum("quantity"),
        shipped=Sum("quantity", filter=Q(carton__shipment__state=ShipmentState.SHIPPED)),
    )
    progress: dict[int, list[LineProgress]] = {order_id: [] for order_id in wanted}
    for line in sorted(lines, key=lambda line: (line.order_id, line.line)):
        progress[line.order_id].append(
            LineProgress(
                line=line,
                ordered=line.quantity,
                allocated=allocated.get(line.pk, {}).get("total") or ZERO,
                picked=(picks.get(line.pk, {}).get("taken") or ZERO) - (back.get(line.pk, {}).get("left") or ZERO),
                short=picks.get(line.pk, {}).get("short") or ZERO,
                packed=packings.get(line.pk, {}).get("packed") or ZERO,
                shipped=packings.get(line.pk, {}).get("shipped") or ZERO,
                to_put_back=back.get(line.pk, {}).get("left") or ZERO,
            )
        )
    return progress


def sums(rows: QuerySet[Any], line: Any, **totals: Any) -> dict[int, dict[str, Decimal | None]]:
    """Totals by order line."""
    grouped = rows.order_by().values(of_line=line).annotate(**totals)
    return {row["of_line"]: {name: row[name] for name in totals} for row in grouped}


def unpacked_picks(order_id: int) -> QuerySet[WithAnnotations[Pick, Unpacked]]:
    """Picks of an order with goods that are wanted and in no carton yet, with `unpacked`."""
    return Pick.objects.filter(allocation__line__order=order_id).unpacked().order_by("pk")
