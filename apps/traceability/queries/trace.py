"""Where a lot came from, where it is, who got it, and whether that adds up. A fixed number of queries a lot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import F

from apps.ledger.models import Hold, Lot, StockBalance, StockMove
from apps.ledger.states import TransactionKind
from apps.locations.choices import VIRTUAL, LocationKind
from apps.orders.models import OrderShipment
from apps.purchasing.models import ReceiptLine
from apps.returns.models import CustomerReturn
from apps.traceability.queries.balances import balances_of
from apps.traceability.queries.traced import CameBack, CameBy, Evidence, LotTrace, OtherWay, StandsAt, WentTo


def trace_lot(lot_id: int) -> LotTrace:
    """Trace a lot over all warehouses: a recall that leaves a site out is none."""
    lot = Lot.objects.select_related("item__unit", "supplier").get(pk=lot_id)
    held = Hold.objects.open().filter(lot=lot).order_by("opened_at").values_list("opened_at", flat=True).first()
    places = _places(lot)
    moves = list(
        StockMove.objects.filter(lot=lot).select_related(
            "transaction__by", "transaction__reverses", "source", "target", "warehouse"
        )
    )
    crossing = [move for move in moves if (move.source.kind in VIRTUAL) or (move.target.kind in VIRTUAL)]
    returns = _returns(crossing)
    return LotTrace(
        lot=lot,
        held_since=held,
        balance=balances_of([lot.pk])[lot.pk],
        receipts=_receipts(lot),
        places=places,
        shipments=_less_returned(_shipments(crossing), returns),
        returns=returns,
        others=_others(crossing),
        evidence=_evidence(moves),
    )


def _places(lot: Lot) -> tuple[StandsAt, ...]:
    rows = (
        StockBalance.objects.on_hand()
        .filter(lot=lot)
        .select_related("warehouse", "location", "unit")
        .order_by("warehouse__code", "location__code", "status", "pk")
    )
    return tuple(
        StandsAt(
            warehouse=row.warehouse.code,
            location=row.location.code,
            kind=row.location.kind,
            status=row.status,
            unit=row.unit.number if row.unit is not None else "",
            quantity=row.on_hand,
        )
        for row in rows
    )


def _receipts(lot: Lot) -> tuple[CameBy, ...]:
    rows = ReceiptLine.objects.counted().filter(lot=lot)
    rows = rows.select_related("receipt__warehouse", "receipt__supplier", "order_line__order")
    return tuple(
        CameBy(
            received_on=row.receipt.warehouse.local_date(row.receipt.arrived_at),
            warehouse=row.receipt.warehouse.code,
            supplier=row.receipt.supplier.number,
            supplier_name=row.receipt.supplier.name,
            purchase_order=row.order_line.order.number if row.order_line is not None else "",
            receipt=row.receipt.number,
            status=row.status,
            quantity=row.quantity,
        )
        for row in rows.order_by("pk")
    )


def _shipments(crossing: Iterable[StockMove]) -> tuple[WentTo, ...]:
    """By shipment: what went to its customer, less what a reversal brought back."""
    by_unit: defaultdict[int | None, Decimal] = defaultdict(Decimal)
    for move in crossing:
        if move.target.kind == LocationKind.CUSTOMER:
            by_unit[move.source_unit_id] += move.quantity
        elif move.source.kind == LocationKind.CUSTOMER and move.transaction.reverses_id is not None:
            by_unit[move.target_unit_id] -= move.quantity
    # A posting may be that of a whole load: the carton says which shipment took what.
    rows: Any = OrderShipment.objects.annotate(unit=F("shipment__cartons__unit")).filter(
        unit__in=[pk for pk in by_unit if pk is not None]
    )
    quantities: defaultdict[int, Decimal] = defaultdict(Decimal)
    links = {}
    for link in rows.select_related("order", "shipment__party", "shipment__warehouse").order_by(
        "shipment__shipped_at", "pk"
    ):
        quantities[link.shipment_id] += by_unit[link.unit]
        links[link.pk] = link
    return tuple(
        WentTo(
            shipped_on=shipment.warehouse.local_date(shipment.shipped_at),
            warehouse=shipment.warehouse.code,
            customer=shipment.party.number,
            customer_name=shipment.party.name,
            contact=" ".join(filter(None, (shipment.party.contact, shipment.party.phone, shipment.party.email))),
            order=link.order.number,
            shipment=shipment.number,
            quantity=quantities[shipment.pk],
        )
        for link in links.values()
        if (shipment := link.shipment).shipped_at is not None and quantities[shipment.pk]
    )


def _returns(crossing: Iterable[StockMove]) -> tuple[CameBack, ...]:
    """By posting: what came back from customers, less what a reversal took back, under the return it belongs to."""
    first: dict[int, StockMove] = {}
    quantities: defaultdict[int, Decimal] = defaultdict(Decimal)
    for move in crossing:
        if move.source.kind == LocationKind.CUSTOMER and move.transaction.reverses_id is None:
            first.setdefault(move.transaction_id, move)
            quantities[move.transaction_id] += move.quantity
        elif move.target.kind == LocationKind.CUSTOMER and move.transaction.reverses_id is not None:
            quantities[move.transaction.reverses_id] -= move.quantity
    if not first:
        return ()
    documents = {
        document.number: document
        for document in CustomerReturn.objects.filter(
            number__in={move.transaction.document for move in first.values()}
        ).select_related("customer", "order")
    }
    return tuple(
        CameBack(
            returned_on=move.warehouse.local_date(move.recorded_at),
            warehouse=move.warehouse.code,
            customer=document.customer.number if document is not None else "",
            customer_name=document.customer.name if document is not None else "",
            order=document.order.number if document is not None and document.order is not None else "",
            document=move.transaction.document,
            reason=document.reason if document is not None else move.transaction.reason,
            quantity=quantities[pk],
        )
        for pk, move in sorted(first.items())
        if quantities[pk]
        for document in [documents.get(move.transaction.document)]
    )


def _less_returned(shipments: Iterable[WentTo], returns: Iterable[CameBack]) -> tuple[WentTo, ...]:
    """The shipments, each with what came back of it."""
    left: defaultdict[str, Decimal] = defaultdict(Decimal)
    for each in returns:
        left[each.order] += each.quantity
    rows = []
    for shipment in shipments:
        back = min(left[shipment.order], shipment.quantity)
        left[shipment.order] -= back
        rows.append(replace(shipment, returned=back))
    return tuple(rows)


def _others(crossing: Iterable[StockMove]) -> tuple[OtherWay, ...]:
    rows = []
    for move in crossing:
        virtual = move.source if move.source.kind in VIRTUAL else move.target
        inside = move.target if virtual is move.source else move.source
        # Receipts, shipments and returns have tables of their own; what goes between our sites stays ours.
        ordinary = {
            LocationKind.SUPPLIER: virtual is move.source,
            LocationKind.CUSTOMER: True,
            LocationKind.SITES: True,
        }
        if ordinary.get(LocationKind(virtual.kind)) and move.transaction.kind != TransactionKind.REVERSAL:
            continue
        rows.append(
            OtherWay(
                on=move.warehouse.local_date(move.recorded_at),
                kind=move.transaction.get_kind_display(),
                document=move.transaction.document,
                place=inside.code,
                reason=move.transaction.reason,
                by=move.transaction.by.get_username(),
                quantity=move.quantity if virtual is move.target else -move.quantity,
            )
        )
    return tuple(rows)


def _evidence(moves: Iterable[StockMove]) -> tuple[Evidence, ...]:
    headers = {move.transaction_id: move.transaction for move in moves}
    return tuple(
        Evidence(
            transaction=pk,
            recorded_at=header.recorded_at,
            kind=header.get_kind_display(),
            document=header.document,
            by=header.by.get_username(),
        )
        for pk, header in sorted(headers.items())
    )
