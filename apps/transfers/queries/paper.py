"""A transfer as paper."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from apps.accounts.models import User
from apps.locations.queries import letterhead, printed
from apps.orders.models import PackedPick
from apps.shipping.states import ShipmentState
from apps.transfers.models import Transfer
from apps.transfers.pdf import CartonPaper, GoodsPaper, NoteLine, TransferNotePaper
from apps.transfers.queries.progress import progress_of


def transfer_note_of(transfer: Transfer, *, at: datetime, by: User) -> TransferNotePaper:
    """What was asked for and how far it is, and what is in which carton."""
    return TransferNotePaper(
        company=letterhead(),
        printed=printed(at, by, transfer.origin),
        number=transfer.number,
        dated=transfer.origin.local_date(transfer.created_at),
        origin=transfer.origin.on_paper(f"{transfer.origin.code} {transfer.origin.name}"),
        destination=transfer.destination.on_paper(f"{transfer.destination.code} {transfer.destination.name}"),
        needed_on=transfer.needed_on,
        reason=transfer.reason,
        asked_by=transfer.requested_by.get_full_name() or transfer.requested_by.get_username(),
        approved_by=_name(transfer.decided_by) if transfer.order_id is not None else "",
        order=f"Order {transfer.order.number}" if transfer.order is not None else "",
        lines=tuple(
            NoteLine(
                line=each.line.line,
                item_number=each.line.item.number,
                description=each.line.item.name,
                unit=each.line.item.unit.code,
                asked=each.asked,
                dispatched=each.dispatched,
                received=each.received,
                damaged=each.damaged,
                closed=each.closed,
                in_transit=each.in_transit,
            )
            for each in progress_of([transfer.pk])[transfer.pk]
        ),
        cartons=_cartons(transfer),
    )


def _name(user: User | None) -> str:
    return "" if user is None else user.get_full_name() or user.get_username()


def _cartons(transfer: Transfer) -> tuple[CartonPaper, ...]:
    """By carton what was packed into it, of shipments that are not cancelled."""
    packed = (
        PackedPick.objects.filter(carton__shipment__order_shipment__order=transfer.order_id or 0)
        .exclude(carton__shipment__state=ShipmentState.CANCELLED)
        .select_related(
            "carton__unit",
            "carton__shipment__warehouse",
            "pick__allocation__line__item__unit",
            "pick__allocation__reservation__balance__lot",
            "pick__allocation__reservation__balance__serial",
        )
        .order_by("carton__shipment", "carton__sequence", "pk")
    )
    by_carton: defaultdict[int, list[PackedPick]] = defaultdict(list)
    for each in packed:
        by_carton[each.carton_id].append(each)
    return tuple(
        CartonPaper(
            sscc=rows[0].carton.unit.number,
            shipment=rows[0].carton.shipment.number,
            left_on=rows[0].carton.shipment.warehouse.local_date(left) if left is not None else None,
            goods=tuple(_goods(each) for each in rows),
        )
        for rows in by_carton.values()
        for left in [rows[0].carton.shipment.shipped_at]
    )


def _goods(packed: PackedPick) -> GoodsPaper:
    item, balance = packed.pick.allocation.line.item, packed.pick.allocation.reservation.balance
    return GoodsPaper(
        item_number=item.number,
        lot=balance.lot.number if balance.lot is not None else "",
        expires_on=balance.lot.expires_on if balance.lot is not None else None,
        serial=balance.serial.number if balance.serial is not None else "",
        quantity=packed.quantity,
        unit=item.unit.code,
    )
